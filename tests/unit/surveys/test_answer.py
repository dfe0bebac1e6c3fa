"""A customer answers a survey by keys."""

from dataclasses import replace

import pytest
from offhook.adapters.memory.items import MemoryStore
from offhook.domain import paths
from offhook.domain.customers.customer import Customer
from offhook.domain.documents import Document, Gather, GoTo, HangUp, Say
from offhook.domain.errors import NotFound
from offhook.domain.ids import ContactId, CustomerId, TenantId
from offhook.domain.routing.contact import Contact, ContactState, Outcome
from offhook.domain.routing.transitions import contact_ended
from offhook.domain.storage import CommitConflict
from offhook.domain.surveys.asking import number_of
from offhook.stores.codec import decode_events
from offhook.usecases.deps import Deps
from offhook.usecases.surveys.answer import answer
from offhook.usecases.surveys.start import start

from .worlds import BILLING, CONTACT, SATISFIED, SURVEY, served_contact, world

ONWARD = GoTo(paths.flow_step(CONTACT, 7))
BYE = (Say("Bye.", "en-US"), HangUp())  # what the flow of this tenant says next


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def deps(store: MemoryStore) -> Deps:
    deps = world(store=store)
    deps.contacts.start(served_contact(), ())
    return deps


def press(deps: Deps, question: int, digits: str, attempt: int = 0) -> Document:
    return answer(deps, CONTACT, number_of(question, attempt), digits)


def contact(deps: Deps) -> Contact:
    found = deps.contacts.get(CONTACT)
    assert found is not None
    return found


def asks(document: Document) -> tuple[str, str]:
    """Where the answer goes and the last words of the prompt."""
    (gather,) = document
    assert isinstance(gather, Gather)
    last = gather.prompts[-1]
    assert isinstance(last, Say)
    return gather.action_path, last.text


def facts(store: MemoryStore, kind: str) -> list[dict[str, object]]:
    outboxes = [record.new.events for record in store.stream if record.new and record.new.events]
    return [event for outbox in outboxes for event in decode_events(outbox) if event["type"] == kind]


def begin(deps: Deps) -> Document:
    return answer(deps, CONTACT, 0, "")


def test_the_first_webhook_begins_the_survey_of_the_queue_that_served_the_contact(deps: Deps):
    assert asks(begin(deps)) == (paths.survey_question(CONTACT, 1), SATISFIED.text["en-US"])
    assert contact(deps).state is ContactState.IN_SURVEY


def test_a_repeated_first_webhook_asks_the_first_question_again(deps: Deps):
    assert begin(deps) == begin(deps)


def test_an_introduction_goes_before_the_first_question_only():
    deps = world(replace(SURVEY, intro={"en-US": "Three questions."}))
    deps.contacts.start(served_contact(), ())
    (gather,) = begin(deps)
    assert isinstance(gather, Gather)
    assert gather.prompts[0] == Say("Three questions.", "en-US")
    assert len(asks(press(deps, 0, "1"))) == 2


def test_answers_are_kept_and_recorded_with_score_and_agent(deps: Deps, store: MemoryStore):
    begin(deps)
    for question, digits in enumerate(("1", "2", "7")):
        press(deps, question, digits)
    assert contact(deps).survey is not None
    assert contact(deps).survey.answers == {"satisfied": 1, "resolved": 2, "recommend": 7}
    answered = facts(store, "survey_answered")
    assert [(e["question_id"], e["score"], e.get("satisfied")) for e in answered] == [
        ("satisfied", 100.0, True),
        ("resolved", 0.0, False),
        ("recommend", 77.78, None),
    ]
    assert {(e["agent_id"], e["queue_id"], e["survey_id"]) for e in answered} == {("a_1", BILLING, "su_1")}


def test_after_the_last_question_the_customer_is_thanked_and_the_flow_goes_on(deps: Deps, store: MemoryStore):
    begin(deps)
    press(deps, 0, "1")
    press(deps, 1, "1")
    version = contact(deps).version
    assert press(deps, 2, "9") == (Say("Thank you for your answers.", "en-US"), *BYE)
    assert contact(deps).state is ContactState.IN_FLOW and contact(deps).flow.done
    assert contact(deps).version == version + 1, "the answer and the step of the flow are one commit"
    assert [(e["asked"], e["answered"]) for e in facts(store, "survey_ended")] == [(3, 3)]


@pytest.mark.parametrize(
    "digits", ["", "5", "0", "*", "٣"], ids=["silence", "too high", "too low", "star", "foreign digit"]
)
def test_a_wrong_or_missing_key_asks_once_more_and_then_goes_on(deps: Deps, digits: str):
    begin(deps)
    path, text = asks(press(deps, 0, digits))
    assert (path, text) == (paths.survey_question(CONTACT, 2), SATISFIED.text["en-US"])
    assert asks(press(deps, 0, digits, attempt=1))[0] == paths.survey_question(CONTACT, 3)
    assert contact(deps).survey.answers == {}  # type: ignore[union-attr]  # the survey has begun


def test_an_answer_at_the_second_attempt_counts(deps: Deps):
    begin(deps)
    press(deps, 0, "")
    press(deps, 0, "3", attempt=1)
    assert contact(deps).survey.answers == {"satisfied": 3}  # type: ignore[union-attr]  # the survey has begun


def test_every_webhook_repeated_changes_nothing(deps: Deps, store: MemoryStore):
    begin(deps)
    for question, digits in enumerate(("1", "2", "9")):
        first = press(deps, question, digits)
        version = contact(deps).version
        assert press(deps, question, digits) == first
        assert contact(deps).version == version
    assert len(facts(store, "survey_answered")) == 3
    assert len(facts(store, "survey_ended")) == 1


def test_a_late_first_webhook_after_the_end_goes_on_with_the_flow(deps: Deps):
    begin(deps)
    for question in range(3):
        press(deps, question, "1")
    assert begin(deps)[-2:] == BYE


def test_an_answer_of_before_is_not_replaced_by_a_late_webhook(deps: Deps):
    begin(deps)
    press(deps, 0, "1")
    press(deps, 0, "4")
    assert contact(deps).survey.answers == {"satisfied": 1}  # type: ignore[union-attr]  # the survey has begun


def test_hanging_up_in_the_middle_keeps_the_answers_given(deps: Deps, store: MemoryStore):
    begin(deps)
    press(deps, 0, "1")
    before = contact(deps)
    change = contact_ended(before, Outcome.COMPLETED, "", deps.clock.now(), None)
    deps.contacts.save(before, change.entity, change.events)
    assert press(deps, 1, "1") == (HangUp(),)
    assert contact(deps).survey.answers == {"satisfied": 1}  # type: ignore[union-attr]  # the survey has begun
    assert [e["answered"] for e in facts(store, "survey_ended")] == [1]


def test_the_customer_s_last_score_is_the_mean_of_the_answers_so_far(store: MemoryStore):
    deps = world(store=store)
    ann = deps.customers.create(Customer(CustomerId("cu_ann")))
    deps.contacts.start(served_contact(customer_id=ann.id), ())
    begin(deps)
    press(deps, 0, "1")
    assert deps.customers.get(ann.id).last_score == 100.0
    press(deps, 1, "2")
    assert deps.customers.get(ann.id).last_score == 50.0


def test_an_answer_survives_a_customer_who_is_edited_at_the_same_moment(deps: Deps, store: MemoryStore):
    ann = deps.customers.create(Customer(CustomerId("cu_ann")))
    before = contact(deps)
    deps.contacts.save(before, replace(before, customer_id=ann.id), ())
    begin(deps)

    def edit(_writes: object) -> None:
        store.before_commit = None
        deps.customers.change(replace(ann, name="Ann"))

    store.before_commit = edit
    press(deps, 0, "1")
    assert (deps.customers.get(ann.id).name, deps.customers.get(ann.id).last_score) == ("Ann", 100.0)
    assert len(facts(store, "survey_answered")) == 1


def test_a_crash_after_the_commit_is_healed_by_the_repeated_webhook(deps: Deps, store: MemoryStore):
    begin(deps)

    def lost(_writes: object) -> None:
        store.after_commit = None
        raise CommitConflict(())

    store.after_commit = lost
    assert asks(press(deps, 0, "1"))[0] == paths.survey_question(CONTACT, 3)
    assert len(facts(store, "survey_answered")) == 1


def test_the_caller_s_language_is_spoken_where_the_survey_has_it(store: MemoryStore):
    deps = world(store=store)
    deps.contacts.start(served_contact(language="zh-CN"), ())
    assert asks(begin(deps))[1] == SATISFIED.text["zh-CN"]
    assert asks(press(deps, 0, "1"))[1] == SURVEY.questions[1].text["en-US"]
    press(deps, 1, "1")
    assert press(deps, 2, "1")[0] == Say("感谢您的评价。", "zh-CN")


def test_without_a_survey_the_flow_goes_on():
    deps = world()
    deps.contacts.start(served_contact(assignment=None), ())
    assert begin(deps) == (ONWARD,)


def test_a_survey_named_by_the_flow_goes_before_that_of_the_queue():
    deps = world()
    other = replace(SURVEY, id="su_2", questions=SURVEY.questions[1:])
    deps.config.put(other)
    caller = deps.contacts.start(served_contact(), ())
    assert asks(start(deps, caller, "su_2"))[1] == SURVEY.questions[1].text["en-US"]


def test_a_survey_deleted_meanwhile_ends_with_the_answers_given(deps: Deps, store: MemoryStore):
    begin(deps)
    press(deps, 0, "1")
    deps.config.delete(type(SURVEY), SURVEY.id)
    assert press(deps, 1, "1") == BYE
    assert [e["answered"] for e in facts(store, "survey_ended")] == [1]


def test_another_tenant_s_contact_is_unknown(deps: Deps, store: MemoryStore):
    begin(deps)
    with pytest.raises(NotFound):
        answer(world(store=store, tenant=TenantId("t_b")), CONTACT, 1, "1")
    assert contact(deps).survey.answers == {}  # type: ignore[union-attr]  # the survey has begun


def test_an_unknown_contact_is_not_found():
    with pytest.raises(NotFound):
        answer(world(), ContactId("c_none"), 0, "")
