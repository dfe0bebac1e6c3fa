"""Any webhooks in any order, repeated and out of place: always a document, and every contact and visit ends once."""

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from offhook.adapters.carrier.twilio.twiml import render
from offhook.domain.documents import Document
from offhook.domain.ivr.inputs import Keys, Returned
from offhook.domain.routing.contact import ContactState
from offhook.usecases.ivr.answer_call import IncomingCall
from offhook.usecases.ivr.end_call import call_ended, call_over, document_failed
from offhook.usecases.ivr.leave_queue import queue_exited, room_ended
from offhook.usecases.ivr.take_step import take_step
from offhook.usecases.ivr.wait_in_queue import wait_in_queue

from tests.unit.ivr.worlds import CALLED, CALLER, SID, Tenant, menu, queue, transfer

FLOW: dict[str, dict[str, Any]] = {
    "start": {"type": "recording_notice", "next": "menu"},
    "menu": menu(choices={"1": "queue", "2": "out", "3": "survey", "4": "gone", "5": "lost"}),
    "queue": queue(exits={"connected": "survey", "overflow": "menu"}, leave_key="9"),
    "out": transfer(busy="menu"),
    "survey": {"type": "survey", "next": "menu"},
    "lost": queue("no such queue"),
}
RESULTS = ["leave", "queue-full", "error", "system-error", "redirected", "bridged", "hangup", "nonsense"]
SMALL = st.integers(0, 5)
EVENT = (
    st.tuples(st.just("answer"))
    | st.tuples(st.just("step"), SMALL, st.sampled_from(["1", "2", "3", "4", "5", "", "9"]))
    | st.tuples(st.just("press"), st.sampled_from(["1", "2", "3", "4", "5", ""]))
    | st.tuples(st.just("return"), SMALL, st.sampled_from(["answered", "busy", "failed"]))
    | st.tuples(st.just("wait"), SMALL, st.sampled_from(["", "9"]))
    | st.tuples(st.just("exit"), SMALL, st.sampled_from(RESULTS))
    | st.tuples(st.just("room"), SMALL)
    | st.tuples(st.just("fallback"))
    | st.tuples(st.just("over"), st.sampled_from([None, "answered", "failed"]))
    | st.tuples(st.just("ended"))
)


def happen(tenant: Tenant, event: tuple[Any, ...]) -> Document:
    deps, contact = tenant.deps, tenant.contact_id
    match event:
        case ("answer",):
            return tenant.answer()
        case ("step", number, digits):
            return take_step(deps, contact, number, Keys(digits))
        case ("press", digits):
            return tenant.press(digits) if deps.contacts.get(contact) else ()
        case ("return", number, result):
            return take_step(deps, contact, number, Returned(result))
        case ("wait", visit, keys):
            return wait_in_queue(deps, contact, visit, keys)
        case ("exit", visit, result):
            return queue_exited(deps, contact, visit, result)
        case ("room", visit):
            return room_ended(deps, contact, visit)
        case ("fallback",):
            return document_failed(deps, IncomingCall(SID, CALLER, CALLED), "11200")
        case ("over", transfer_result):
            return call_over(deps, contact, transfer_result)
    call_ended(deps, SID)
    return ()


@given(st.lists(EVENT, max_size=14), st.sampled_from(["", "billing"]))
@settings(max_examples=200, deadline=None)
def test_any_webhooks_are_answered_and_every_end_is_recorded_once(events: list[Any], fallback: str) -> None:
    tenant = Tenant()
    tenant.publish(FLOW, fallback_queue=fallback)
    tenant.answer()
    for event in events:
        tenant.clock.advance(3)
        assert render(happen(tenant, event), "https://api.example.com").startswith("<?xml")
    call_ended(tenant.deps, SID)
    facts = Counter(tenant.events())
    assert tenant.contact.state is ContactState.ENDED
    assert (facts["contact_started"], facts["contact_ended"], facts["contact_closed"]) == (1, 1, 1)
    assert facts["queue_entered"] == facts["queue_visit_ended"]
