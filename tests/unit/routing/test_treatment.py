"""How queues treat customers they know: priority, language, last agent, rating, complaints, overflow."""

from dataclasses import replace

import pytest
from offhook.domain.analytics.changes import ItemChange
from offhook.domain.customers.customer import Customer
from offhook.domain.errors import InvalidInput
from offhook.domain.events import SurveyAnswered
from offhook.domain.ids import SECOND, AgentId, ContactId, CustomerId, ProfileId, QueueId
from offhook.domain.messages import Topic
from offhook.domain.routing.agent import AgentState
from offhook.domain.routing.contact import ContactState, Wishes
from offhook.domain.routing.matching import (
    ReadyAgent,
    Snapshot,
    WaitingContact,
    best_agent_for,
    best_contact_for,
    match,
)
from offhook.domain.routing.queues import AgentConfig, LanguageRule, Overflow, Queue, RoutingProfile, Treatment
from offhook.domain.routing.rules import check_queue
from offhook.domain.routing.treatment import Known, place_for
from offhook.domain.storage import Item, Put
from offhook.stores import keys
from offhook.stores.codec import encode
from offhook.stores.contacts import TimelineEntry
from offhook.usecases.analytics.count import count
from offhook.usecases.routing import desk, presence
from offhook.usecases.routing.match import match_agent_id

from tests.unit.routing.builders import ADA, BEN, BILLERS, BILLING, SALES, Floor, a_contact, endpoint

NOON = 1_800_000_000_000
SPEAKS = "language:es"
PROFILES = {ProfileId("p"): RoutingProfile(ProfileId("p"), "P", (BILLING,))}


def free(name: str, idle_s: int = 10, csat: float | None = None, **skills: int) -> ReadyAgent:
    return ReadyAgent(AgentId(name), ProfileId("p"), skills, NOON - idle_s * SECOND, csat)


def contact(wait_s: float = 5, preferred: str = "", **wishes: object) -> WaitingContact:
    return WaitingContact(
        ContactId("c"), BILLING, 0, NOON - round(wait_s * SECOND), preferred_agent=AgentId(preferred) or None,
        wishes=Wishes(**wishes),  # type: ignore[arg-type]  # as the test wants them
    )  # fmt: skip


def queues(**treatment: object) -> dict[QueueId, Queue]:
    return {BILLING: Queue(BILLING, "Billing", treatment=Treatment(**treatment))}  # type: ignore[arg-type]  # likewise


def chosen(wanting: WaitingContact, settings: dict[QueueId, Queue], *agents: ReadyAgent) -> str | None:
    found = best_agent_for(wanting, agents, settings, PROFILES, NOON)
    return found.agent_id if found else None


def spanish(name: str, idle_s: int) -> ReadyAgent:
    return ReadyAgent(AgentId(name), ProfileId("p"), {SPEAKS: 50}, NOON - idle_s * SECOND)


def test_a_preferred_language_is_chosen_first_and_never_waited_for():
    rule = queues(language=LanguageRule.PREFER)
    wanting = contact(language=SPEAKS)
    assert chosen(wanting, rule, free("old", 90), spanish("eva", 1)) == "eva"
    assert chosen(wanting, rule, free("old", 90)) == "old"


def test_a_required_language_is_insisted_on_until_it_relaxes():
    rule = queues(language=LanguageRule.REQUIRE, language_s=60.0)
    assert chosen(contact(59, language=SPEAKS), rule, free("old")) is None
    assert chosen(contact(60, language=SPEAKS), rule, free("old")) == "old"
    assert chosen(contact(60, language=SPEAKS), rule, free("old", 90), spanish("eva", 1)) == "eva"
    forever = queues(language=LanguageRule.REQUIRE, language_s=0.0)
    assert chosen(contact(3000, language=SPEAKS), forever, free("old")) is None


def test_a_contact_is_kept_for_its_last_agent_until_the_time_out():
    rule = queues(last_agent_s=30.0)
    assert chosen(contact(29, "ben"), rule, free("ada")) is None
    assert chosen(contact(29, "ben"), rule, free("ada", 90), free("ben", 1)) == "ben"
    assert chosen(contact(30, "ben"), rule, free("ada")) == "ada"
    passed = replace(contact(5, "ben"), passed_over=(AgentId("ben"),))
    assert chosen(passed, rule, free("ada")) == "ada", "who declined is not waited for"


def test_an_agent_who_becomes_free_leaves_what_is_kept_for_another():
    rule = queues(last_agent_s=30.0)
    kept, other = contact(29, "ben"), replace(contact(3), id=ContactId("other"))
    found = best_contact_for(free("ada"), [kept, other], rule, PROFILES, NOON)
    assert found is not None and found.contact_id == "other"
    assert [m.contact_id for m in match(Snapshot(NOON, [free("ada")], [kept], rule, PROFILES))] == []


def test_a_dissatisfied_customer_gets_the_best_rated_of_the_free():
    wanting = contact(best_rated=True, notes=("dissatisfied, last score 10",))
    agents = (free("old", 90), free("good", 5, 91.0), free("fair", 60, 70.0))
    found = best_agent_for(wanting, agents, queues(), PROFILES, NOON)
    assert found is not None and found.agent_id == "good"
    assert "dissatisfied, last score 10" in found.reason and "best rated of the free, 91 of 100" in found.reason
    assert chosen(wanting, queues(), free("new", 1), free("old", 90)) == "old", "nobody is rated yet"


def test_what_is_known_of_a_customer_becomes_priority_and_notes():
    treatment = Treatment({"gold": 100}, promoter_at=90, promoter_priority=50, complaints=("complaint",))
    promoter = place_for(treatment, Known("en-US", "gold", 95.0), 10)
    assert promoter.priority == 160
    assert promoter.wishes.notes == ("tier gold +100", "promoter, last score 95.0 +50")
    complainer = place_for(treatment, Known(latest=("complaint", "solved", "complaint")), 10)
    assert complainer.priority == 10
    assert complainer.wishes.notes == ("frequent complainer: 2 of the last 3 contacts",)
    assert place_for(treatment, Known(latest=("complaint", "solved")), 0).wishes.notes == ()
    assert place_for(Treatment({"gold": 900}), Known(tier="gold"), 500).priority == 900


def test_scores_are_not_looked_at_unless_the_queue_says_so():
    assert place_for(Treatment(), Known("es-MX", "gold", 0.0), 5).wishes == Wishes()


@pytest.mark.parametrize(
    "settings, field",
    [
        ({"treatment": Treatment({"gold": 901})}, "$.treatment.tier_priority.gold"),
        ({"treatment": Treatment(last_agent_s=601)}, "$.treatment.last_agent_s"),
        ({"treatment": Treatment(dissatisfied_at=101)}, "$.treatment.dissatisfied_at"),
        ({"treatment": Treatment(language_s=-1)}, "$.treatment.language_s"),
        ({"away_after_missed": -1}, "$.away_after_missed"),
        ({"away_after_missed": 11}, "$.away_after_missed"),
        ({"overflow": Overflow(str(SALES))}, "$.overflow.after_s"),
        ({"overflow": Overflow(str(BILLING), 10)}, "$.overflow.queue"),
        ({"overflow": Overflow(str(SALES), 4000)}, "$.overflow.after_s"),
    ],
)
def test_what_a_queue_cannot_be_set_to_is_refused_by_its_field(settings: dict[str, object], field: str):
    with pytest.raises(InvalidInput) as refused:
        check_queue(replace(Queue(BILLING, "Billing"), **settings))
    assert refused.value.field == field


# --- through the use cases ----------------------------------------------------------------------------------------


def overflowing_floor() -> Floor:
    """Billing and sales have agents of their own; billing overflows into sales after a minute."""
    floor = Floor()
    floor.deps.config.put(RoutingProfile(ProfileId("billers"), "Billers", (BILLING,)))
    floor.deps.config.put(RoutingProfile(ProfileId("sellers"), "Sellers", (SALES,)))
    floor.queue(overflow=Overflow(str(SALES), after_s=60.0))
    return floor


def seller(floor: Floor, name: str) -> None:
    person = AgentConfig(AgentId(name), name, f"{name}@x.example", ProfileId("sellers"), endpoint(name))
    floor.deps.config.put(person)
    presence.sign_in(floor.deps, person.id)


def test_a_long_wait_is_also_taken_by_the_other_queues_agents_without_another_request():
    floor = overflowing_floor()
    floor.agent("zoe")
    busy = floor.caller("first")
    caller = floor.caller("carol")
    seller(floor, "sam")
    assert floor.contact(busy).state is ContactState.OFFERED
    floor.clock.advance(59)
    floor.deliver(Topic.MATCH_CONTACT)
    assert floor.contact(caller).state is ContactState.WAITING
    floor.clock.advance(1)
    floor.deliver(Topic.MATCH_CONTACT)
    after = floor.contact(caller)
    assert after.state is ContactState.OFFERED and after.offer.agent_id == "sam"
    assert "overflow from Billing" in after.offer.reason
    assert (after.visit.queue, after.visit.also, after.visit.number) == (BILLING, (SALES,), 1)
    assert floor.events("queue_added")[0]["reason"] == "waited"


def test_a_seller_who_becomes_free_takes_an_overflowed_contact_by_its_first_enqueue_time():
    floor = overflowing_floor()
    floor.agent("zoe", state=AgentState.AWAY)
    caller = floor.caller("carol")
    floor.clock.advance(61)
    floor.deliver(Topic.MATCH_CONTACT)
    later = floor.caller("sally", queue=SALES)
    floor.clock.advance(1)
    assert floor.contact(caller).visit.also == (SALES,)
    rows = [row.id for _, row in floor.deps.contacts.waiting(SALES)]
    assert rows == [caller, later], "the overflowed came first"
    floor.customer_hangs_up(caller)
    assert [row.id for _, row in floor.deps.contacts.waiting(SALES)] == [later]
    assert floor.deps.contacts.waiting(BILLING) == []


def test_a_known_caller_waits_for_the_last_agent_and_then_for_anybody():
    floor = Floor()
    floor.queue(treatment=Treatment(last_agent_s=30.0))
    floor.agent("ben")
    held = floor.caller("first")
    assert floor.contact(held).offer.agent_id == BEN
    customer = floor.deps.customers.create(Customer(CustomerId("cu_1"), numbers=("+14155550123",)))
    floor.deps.items.commit(*served_by(floor, customer.id, BEN))
    caller = floor.caller("carol", customer_id=customer.id)
    floor.agent("ada")
    assert floor.contact(caller).state is ContactState.WAITING, "kept for ben"
    assert "Kept for the agent who served the customer last, ben" in desk.explain(floor.deps, caller)
    floor.clock.advance(30)
    floor.deliver(Topic.MATCH_CONTACT)
    assert floor.contact(caller).offer.agent_id == ADA


def served_by(floor: Floor, customer: CustomerId, agent: AgentId) -> list[object]:
    """A row of the customer's timeline."""
    entry = TimelineEntry(ContactId("c_old"), NOON, NOON, "completed", agent_id=agent)
    return [Put(Item(keys.timeline_row(floor.deps.tenant.id, customer, NOON, entry.contact_id), body=encode(entry)))]


def test_an_agents_rating_is_in_the_ready_row_and_each_answer_counts_once():
    floor = Floor()
    floor.agent("ada")
    told = SurveyAnswered(
        at=NOON, contact_id=ContactId("c_1"), agent_id=ADA, survey_id="s", question_id="q", kind="csat", answer=4,
        score=75.0,
    )  # fmt: skip
    floor.deps.contacts.start(a_contact(), [told, replace(told, question_id="r", score=100.0)])
    changes = [ItemChange(r.old, r.new, str(n)) for n, r in enumerate(floor.store.stream)]
    for _ in "twice":
        count(floor.deps, changes)
    ((_, row),) = floor.deps.agents.ready(BILLERS)
    assert (row.csat, row.rated) == (87.5, 2)
    assert row == floor.deps.agents.get(ADA)


def test_a_profile_changed_on_the_live_item_is_what_the_next_assignment_goes_by():
    floor = overflowing_floor()
    floor.queue(overflow=Overflow())
    moved = floor.agent("ada")
    caller = floor.caller("sally", queue=SALES)
    assert floor.contact(caller).state is ContactState.WAITING
    floor.deps.agents.save(moved, replace(moved, profile_id=ProfileId("sellers")), ())
    match_agent_id(floor.deps, ADA)
    assert floor.contact(caller).offer.agent_id == ADA
