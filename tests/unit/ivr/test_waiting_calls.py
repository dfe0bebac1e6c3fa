"""Waiting in a queue: what the caller hears, and every way out of it."""

from dataclasses import replace

import pytest
from offhook.domain import paths
from offhook.domain.documents import Gather, HangUp, LeaveQueue, Play
from offhook.domain.ivr.calendar import Calendar, Override
from offhook.domain.routing.contact import ContactState, Outcome
from offhook.domain.routing.queues import Queue
from offhook.usecases.ivr.end_call import call_ended
from offhook.usecases.ivr.leave_queue import queue_exited
from offhook.usecases.ivr.wait_in_queue import wait_in_queue

from tests.unit.ivr.full_flow import in_queue, signed_in, tenant
from tests.unit.ivr.worlds import SID, Tenant, queue, said

__all__ = ["tenant"]


def test_a_waiting_caller_hears_position_comfort_and_music(tenant: Tenant) -> None:
    in_queue(tenant)
    states = [tenant.contact.state]
    heard = wait_in_queue(tenant.deps, tenant.contact_id, 1)
    assert [*states, tenant.contact.state] == [ContactState.IN_FLOW, ContactState.WAITING]
    assert "You are next in line." in said(heard)
    assert "Thank you for waiting" in said(heard)
    assert heard[-1] == Play("/music.mp3")


def test_a_queue_without_anybody_signed_in_is_left_by_that_exit(tenant: Tenant) -> None:
    tenant.answer()
    tenant.press("1")
    assert wait_in_queue(tenant.deps, tenant.contact_id, 1) == (LeaveQueue(),)
    assert "Bye." in said(queue_exited(tenant.deps, tenant.contact_id, 1, "leave"))
    assert tenant.contact.flow.attributes["queue_exit"] == "nobody_signed_in"
    assert tenant.contact.visit is None


def test_the_wait_ends_after_its_maximum_by_its_own_exit(tenant: Tenant) -> None:
    billing = tenant.deps.config.get(Queue, "billing")
    tenant.deps.config.put(replace(billing, max_wait_s=60))
    in_queue(tenant)
    assert isinstance(wait_in_queue(tenant.deps, tenant.contact_id, 1)[-1], Play)
    tenant.clock.advance(61)
    assert wait_in_queue(tenant.deps, tenant.contact_id, 1) == (LeaveQueue(),)
    assert wait_in_queue(tenant.deps, tenant.contact_id, 1) == (LeaveQueue(),)
    left = queue_exited(tenant.deps, tenant.contact_id, 1, "leave")
    assert "It took too long." in said(left)
    assert queue_exited(tenant.deps, tenant.contact_id, 1, "leave")[-1] == HangUp()
    assert tenant.events().count("queue_visit_ended") == 1


def test_a_queue_that_closes_meanwhile_is_left_by_closed(tenant: Tenant) -> None:
    billing = tenant.deps.config.get(Queue, "billing")
    tenant.deps.config.put(Calendar("cal", "Office", "UTC", override=Override.CLOSED))
    tenant.deps.config.put(replace(billing, hours="cal"))
    in_queue(tenant)
    assert wait_in_queue(tenant.deps, tenant.contact_id, 1) == (LeaveQueue(),)
    queue_exited(tenant.deps, tenant.contact_id, 1, "leave")
    assert tenant.contact.flow.attributes["queue_exit"] == "closed"


def test_a_key_lets_the_caller_out_of_the_queue() -> None:
    tenant = Tenant()
    out = {"type": "say", "text": {"en-US": "Out."}, "next": "bye"}
    tenant.publish({"start": queue(leave_key="9", exits={"key_pressed": "out"}), "out": out})
    signed_in(tenant)
    tenant.answer()
    heard = wait_in_queue(tenant.deps, tenant.contact_id, 1)
    assert isinstance(heard[0], Gather)
    assert heard[0].action_path == paths.wait(tenant.contact_id, 1)
    assert wait_in_queue(tenant.deps, tenant.contact_id, 1, "9") == (LeaveQueue(),)
    assert "Out." in said(queue_exited(tenant.deps, tenant.contact_id, 1, "leave"))


@pytest.mark.parametrize(
    ("result", "exit_"), [("queue-full", "queue_full"), ("error", "failed"), ("system-error", "failed")]
)
def test_the_carriers_queue_results_lead_to_their_exits(tenant: Tenant, result: str, exit_: str) -> None:
    in_queue(tenant)
    assert "Bye." in said(queue_exited(tenant.deps, tenant.contact_id, 1, result))
    assert tenant.contact.flow.attributes["queue_exit"] == exit_


@pytest.mark.parametrize("result", ["redirected", "bridged", "bridging-in-process", "redirected-from-bridged"])
def test_a_call_that_is_on_its_way_elsewhere_settles_nothing(tenant: Tenant, result: str) -> None:
    in_queue(tenant)
    wait_in_queue(tenant.deps, tenant.contact_id, 1)
    before = tenant.contact
    assert queue_exited(tenant.deps, tenant.contact_id, 1, result) == ()
    assert tenant.contact == before


def test_hanging_up_in_the_queue_is_an_abandoned_contact(tenant: Tenant) -> None:
    in_queue(tenant)
    wait_in_queue(tenant.deps, tenant.contact_id, 1)
    tenant.clock.advance(30)
    assert queue_exited(tenant.deps, tenant.contact_id, 1, "hangup") == (HangUp(),)
    assert tenant.contact.outcome is Outcome.ABANDONED
    call_ended(tenant.deps, SID)
    assert tenant.events().count("contact_ended") == 1
