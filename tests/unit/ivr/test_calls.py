"""Calls through their webhooks: answer, keys, queue, conversation, survey, end; repeats and faults on the way."""

from dataclasses import replace

import pytest
from offhook.adapters.cached_items import CachedItems, ItemCache
from offhook.adapters.memory.items import MemoryItems
from offhook.domain import paths
from offhook.domain.customers.customer import Customer
from offhook.domain.documents import EnterQueue, Gather, GoTo, HangUp, LeaveQueue, Say
from offhook.domain.errors import StoreUnavailable
from offhook.domain.ids import CallSid, CustomerId
from offhook.domain.ivr.inputs import Keys, Returned
from offhook.domain.routing import transitions
from offhook.domain.routing.contact import ContactState, Outcome
from offhook.domain.routing.queues import Queue
from offhook.domain.storage import Item, Key, Table
from offhook.usecases.ivr.answer_call import IncomingCall, answer_call
from offhook.usecases.ivr.end_call import call_ended, call_over, document_failed, end_reported
from offhook.usecases.ivr.leave_queue import queue_exited, room_ended
from offhook.usecases.ivr.take_step import take_step
from offhook.usecases.ivr.wait_in_queue import wait_in_queue
from offhook.usecases.surveys.answer import answer

from tests.unit.ivr.full_flow import connected, in_queue, signed_in, tenant
from tests.unit.ivr.worlds import CALLED, CALLER, SID, Tenant, menu, queue, said
from tests.unit.surveys.worlds import SURVEY

__all__ = ["tenant"]


def test_a_call_is_answered_with_greeting_notice_and_menu(tenant: Tenant) -> None:
    first = tenant.answer()
    assert said(first).startswith("Hello dear customer.")
    assert "may be recorded" in said(first)
    assert isinstance(first[-1], Gather)
    assert first[-1].action_path == paths.flow_step(tenant.contact_id, 0)
    assert tenant.events()[0] == "contact_started"


def test_a_known_caller_is_greeted_by_name_in_the_first_words(tenant: Tenant) -> None:
    customer = Customer(CustomerId("cu_1"), name="Ms Li", numbers=(CALLER,), tier="gold", tags=("vip",))
    tenant.deps.customers.create(customer)
    assert said(tenant.answer()).startswith("Hello Ms Li.")
    assert (tenant.contact.customer_id, tenant.contact.tier, tenant.contact.tags) == ("cu_1", "gold", ("vip",))


@pytest.mark.parametrize("caller", ["", "anonymous", "+266696687", "unknown", "'; drop", "client:x", "+1", "☎"])
def test_withheld_and_garbage_numbers_are_answered(tenant: Tenant, caller: str) -> None:
    assert said(tenant.answer(caller)).startswith("Hello")
    assert tenant.contact.customer_number == ""


def test_a_repeated_answer_webhook_starts_one_contact(tenant: Tenant) -> None:
    first = tenant.answer()
    assert tenant.answer() == first
    tenant.clock.advance(2)
    late = tenant.answer()
    assert isinstance(late[-1], Gather)
    assert tenant.events().count("contact_started") == 1


def test_a_repeated_answer_after_the_caller_moved_on_gives_the_present_document(tenant: Tenant) -> None:
    tenant.answer()
    enqueued = tenant.press("1")
    assert tenant.answer() == enqueued


def test_a_key_leads_to_the_queue_and_its_repeat_enters_no_second_visit(tenant: Tenant) -> None:
    tenant.answer()
    entered = tenant.press("1", step=0)
    wait = EnterQueue("billing", paths.wait(tenant.contact_id, 1), paths.queue_exit(tenant.contact_id, 1))
    assert entered == (wait,)
    assert tenant.press("1", step=0) == (wait,)
    assert tenant.contact.visits == 1
    assert tenant.events().count("queue_entered") == 1


def test_a_step_of_the_future_or_past_changes_nothing(tenant: Tenant) -> None:
    tenant.answer()
    before = tenant.contact
    for step in (7, 3, 99):
        assert isinstance(tenant.press("1", step=step)[-1], Gather)
    assert tenant.contact == before


def test_after_the_conversation_the_flow_goes_on_past_a_survey_that_asks_nothing_and_ends(tenant: Tenant) -> None:
    connected(tenant)
    tenant.clock.advance(120)
    ended = room_ended(tenant.deps, tenant.contact_id, 1)
    assert room_ended(tenant.deps, tenant.contact_id, 1) == ended
    assert (said(ended), ended[-1]) == ("Bye.", HangUp())
    call_ended(tenant.deps, SID)
    assert tenant.contact.outcome is Outcome.COMPLETED


def test_a_caller_whose_agent_was_lost_waits_again_at_the_old_place(tenant: Tenant) -> None:
    connected(tenant)
    deps, contact = tenant.deps, tenant.contact
    lost = transitions.agent_lost(contact, tenant.clock.now())
    deps.contacts.save(contact, lost.entity, lost.events)
    back = room_ended(deps, tenant.contact_id, 1)
    assert isinstance(back[0], Say)
    assert back[-1] == EnterQueue("billing", paths.wait(contact.id, 2), paths.queue_exit(contact.id, 2))
    assert contact.visit is not None
    assert tenant.contact.visit is not None
    assert tenant.contact.visit.enqueued_at == contact.visit.enqueued_at


def test_a_flow_that_hangs_up_by_itself_is_self_served(tenant: Tenant) -> None:
    tenant.answer()
    for _ in range(3):
        tenant.press("")
    assert tenant.contact.flow.done
    call_ended(tenant.deps, SID)
    assert tenant.contact.outcome is Outcome.SELF_SERVED


def test_hanging_up_at_the_menu_is_left_in_flow(tenant: Tenant) -> None:
    tenant.answer()
    call_ended(tenant.deps, SID)
    assert tenant.contact.outcome is Outcome.LEFT_IN_FLOW
    assert tenant.press("1") == (HangUp(),)


def test_a_transfer_that_was_answered_is_transferred_out(tenant: Tenant) -> None:
    tenant.answer()
    tenant.press("2")
    assert call_over(tenant.deps, tenant.contact_id, "answered") == (HangUp(),)
    assert tenant.contact.outcome is Outcome.TRANSFERRED_OUT


def test_a_busy_transfer_comes_back_to_the_flow(tenant: Tenant) -> None:
    tenant.answer()
    tenant.press("2")
    assert "For billing" in said(tenant.give(Returned("busy")))


@pytest.mark.parametrize("called", ["+15005550099", "", "garbage"])
def test_a_number_without_a_flow_ends_in_spoken_words_and_a_recorded_outcome(tenant: Tenant, called: str) -> None:
    heard = tenant.answer(called=called)
    assert "We are sorry" in said(heard)
    assert heard[-1] == HangUp()
    call_ended(tenant.deps, SID)
    assert tenant.contact.outcome is Outcome.FAILED
    assert "flow_failed" in tenant.events()


def test_a_missing_queue_ends_in_spoken_words() -> None:
    tenant = Tenant()
    tenant.publish({"start": menu(choices={"1": "queue"}), "queue": queue("gone")})
    tenant.answer()
    heard = tenant.press("1")
    assert "We are sorry" in said(heard)
    assert heard[-1] == HangUp()
    assert "key_pressed" in tenant.events()


def test_a_missing_queue_leads_to_the_fallback_queue() -> None:
    tenant = Tenant()
    tenant.publish({"start": queue("gone")}, fallback_queue="billing")
    heard = tenant.answer()
    assert "connect you with a person" in said(heard)
    assert isinstance(heard[-1], EnterQueue)
    assert tenant.contact.visits == 1


def test_a_flow_and_a_fallback_queue_that_are_both_gone_still_speak() -> None:
    tenant = Tenant()
    tenant.publish({"start": queue("gone")}, fallback_queue="gone too")
    assert said(tenant.answer()).startswith("We are sorry")


def test_a_call_keeps_the_version_it_began_on(tenant: Tenant) -> None:
    tenant.answer()
    tenant.publish({"start": menu("Changed.")})
    assert isinstance(tenant.press("1")[-1], EnterQueue)
    assert tenant.contact.flow.version == 1


def test_a_document_that_the_carrier_could_not_use_is_followed_by_the_fallback(tenant: Tenant) -> None:
    call = IncomingCall(SID, CALLER, CALLED)
    assert "For billing" in said(document_failed(tenant.deps, call, "11200"))
    heard = document_failed(tenant.deps, call, "12100")
    assert said(heard).startswith("We are sorry")
    assert "flow_failed" in tenant.events()


def test_a_failing_wait_document_takes_the_caller_out_of_the_queue(tenant: Tenant) -> None:
    in_queue(tenant)
    wait_in_queue(tenant.deps, tenant.contact_id, 1)
    heard = document_failed(tenant.deps, IncomingCall(SID, CALLER, CALLED), "11205")
    assert heard[-1] == HangUp()
    assert tenant.contact.visit is None


def test_webhooks_for_a_contact_of_another_tenant_are_those_of_a_stranger(tenant: Tenant) -> None:
    tenant.answer()
    other = Tenant("t_two", store=tenant.store)
    for heard in (
        wait_in_queue(other.deps, tenant.contact_id, 1),
        queue_exited(other.deps, tenant.contact_id, 1, "leave"),
        room_ended(other.deps, tenant.contact_id, 1),
    ):
        assert said(heard).startswith("We are sorry")
    assert tenant.contact.flow.step == 0


class RecordsDown(MemoryItems):
    """A store that answers for everything but records."""

    __slots__ = ()

    def get(self, key: Key) -> Item | None:
        if key.table is Table.RECORDS:
            raise StoreUnavailable()
        return MemoryItems.get(self, key)


def test_a_lookup_that_fails_greets_a_stranger(tenant: Tenant) -> None:
    tenant.deps.customers.create(Customer(CustomerId("cu_1"), name="Ms Li", numbers=(CALLER,)))
    tenant.deps = replace(tenant.deps, items=RecordsDown(tenant.store, tenant.deps.tenant.id))
    assert said(tenant.answer()).startswith("Hello dear customer.")


def test_a_warm_webhook_needs_at_most_four_round_trips(tenant: Tenant) -> None:
    cached = CachedItems(
        MemoryItems(tenant.store, tenant.deps.tenant.id), tenant.deps.tenant.id, ItemCache(tenant.clock)
    )
    tenant.deps = replace(tenant.deps, items=cached)
    signed_in(tenant)
    answer_call(tenant.deps, IncomingCall(CallSid("CA-earlier"), CALLER, CALLED))
    contact = tenant.contact_id
    for webhook in (
        lambda: tenant.answer(),
        lambda: take_step(tenant.deps, contact, 0, Keys("9")),
        lambda: take_step(tenant.deps, contact, 1, Keys("1")),
        lambda: queue_exited(tenant.deps, contact, 1, "error"),
        lambda: call_ended(tenant.deps, SID),
    ):
        before = sum(tenant.store.round_trips.values())
        webhook()
        assert sum(tenant.store.round_trips.values()) - before <= 4


def test_a_call_of_which_only_the_end_reaches_us_is_recorded_as_failed() -> None:
    tenant = Tenant()
    call = IncomingCall(SID, CALLER, CALLED)
    end_reported(tenant.deps, call)
    assert (tenant.contact.outcome, tenant.contact.outcome_reason) == (Outcome.FAILED, "never_answered")
    before = tenant.contact
    end_reported(tenant.deps, call)
    assert tenant.contact == before


def test_a_caller_whose_visit_a_repeated_fallback_ended_is_let_out_of_the_carriers_queue() -> None:
    tenant = Tenant()
    tenant.publish({"start": queue()}, fallback_queue="billing")
    tenant.answer()
    document_failed(tenant.deps, IncomingCall(SID, CALLER, CALLED), "11200")
    waiting = tenant.contact.visits
    wait_in_queue(tenant.deps, tenant.contact_id, waiting)
    document_failed(tenant.deps, IncomingCall(SID, CALLER, CALLED), "11200")
    assert wait_in_queue(tenant.deps, tenant.contact_id, waiting) == (LeaveQueue(),)
    assert HangUp() in queue_exited(tenant.deps, tenant.contact_id, waiting, "leave")


def test_the_first_question_of_the_survey_goes_with_the_end_of_the_conversation_in_one_commit(tenant: Tenant) -> None:
    tenant.deps.config.put(SURVEY)
    tenant.deps.config.put(replace(tenant.deps.config.get(Queue, "billing"), survey_id=SURVEY.id))
    connected(tenant)
    version = tenant.contact.version
    (asked,) = room_ended(tenant.deps, tenant.contact_id, 1)
    assert isinstance(asked, Gather) and asked.action_path == paths.survey_question(tenant.contact_id, 1)
    assert (tenant.contact.state, tenant.contact.version) == (ContactState.IN_SURVEY, version + 1)
    assert room_ended(tenant.deps, tenant.contact_id, 1) == (GoTo(paths.survey_question(tenant.contact_id, 0)),)
    assert answer(tenant.deps, tenant.contact_id, 0, "") == (asked,)


def test_a_flow_of_surveys_that_ask_nothing_comes_to_its_end(tenant: Tenant) -> None:
    tenant.publish({"start": {"type": "survey", "next": "again"}, "again": {"type": "survey", "next": "start"}})
    document = tenant.answer()
    for _ in range(300):
        if not isinstance(document[-1], GoTo):
            break
        document = answer(tenant.deps, tenant.contact_id, 0, "")
        document = tenant.press("") if isinstance(document[-1], GoTo) else document
    assert document[-1] == HangUp()
