"""The caller is out of the carrier's queue, or out of the conversation: on through the queue node's exit."""

from collections.abc import Callable

from offhook.domain.documents import Document, HangUp, Say
from offhook.domain.errors import NotFound
from offhook.domain.ids import ContactId
from offhook.domain.ivr.inputs import Returned
from offhook.domain.ivr.nodes.queue import CONNECTED, FAILED
from offhook.domain.ivr.phrases import phrase
from offhook.domain.routing.contact import Contact, ContactState, Direction, OverflowReason
from offhook.domain.storage import CommitConflict
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.advance import advance, present_document
from offhook.usecases.ivr.situation import flow_of
from offhook.usecases.ivr.strangers import unknown_contact
from offhook.usecases.ivr.wait_in_queue import noted_reason
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing import leaving, waiting
from offhook.usecases.unsaved import Unsaved, as_stored

# Results that tell of a call that is already on its way elsewhere: they settle nothing.
ELSEWHERE = frozenset({"redirected", "redirected-from-bridged", "bridged", "bridging-in-process"})


def queue_exited(deps: Deps, contact_id: ContactId, visit: int, result: str) -> Document:
    """The carrier's queue ended the wait. result: leave, queue-full, error, system-error, hangup, redirected ..."""
    if result == "hangup":
        leaving.customer_left(deps, contact_id, "hangup")
        return (HangUp(),)
    if result in ELSEWHERE:
        return ()
    return _known(deps, lambda: _left(deps, contact_id, visit, result))


def room_ended(deps: Deps, contact_id: ContactId, visit: int) -> Document:
    """The customer's conversation is over: on in the flow, or to the front of the queue if the agent was lost."""
    return _known(deps, lambda: again_on_conflict(lambda: _room_left(deps, contact_id, visit)))


def _known(deps: Deps, lead_on: Callable[[], Document]) -> Document:
    try:
        return lead_on()
    except NotFound:
        return unknown_contact(deps)


def _room_left(deps: Deps, contact_id: ContactId, visit: int) -> Document:
    at, agents = leaving.leave_room(deps, contact_id, visit)
    document = _go_on(deps, at, visit, CONNECTED)
    for agent in agents:
        leaving.agent_moved(deps, agent)
    return document


def _left(deps: Deps, contact_id: ContactId, visit: int, result: str) -> Document:
    """Out of the queue, then through the exit that the result means."""
    contact = waiting.left_queue(deps, contact_id, visit, result, None)
    exit_ = _exit(contact, visit, result)
    try:
        return _go_on(deps, as_stored(contact), visit, exit_)
    except CommitConflict:
        return again_on_conflict(
            lambda: _go_on(deps, as_stored(deps.contacts.get(contact_id) or contact), visit, exit_)
        )


def _exit(contact: Contact, visit: int, result: str) -> str:
    if result == "queue-full":
        return OverflowReason.QUEUE_FULL
    return (noted_reason(contact, visit) if result == "leave" else None) or FAILED


def _go_on(deps: Deps, at: Unsaved, visit: int, exit_: str) -> Document:
    contact = at.contact
    if contact.state is ContactState.ENDED:
        return (HangUp(),)
    if contact.callback is not None and not contact.flow.flow_id:  # no flow to go on in
        at.commit(deps)
        words = "goodbye" if exit_ == CONNECTED else "unavailable"
        return Say(phrase(words, contact.language), contact.language), HangUp()
    if contact.visits > visit and contact.state is not ContactState.IN_SURVEY:
        return _returned(deps, at.commit(deps))
    if contact.direction is Direction.OUTBOUND and contact.state is ContactState.IN_FLOW:
        at.commit(deps)
        return (HangUp(),)
    at_queue = flow_of(deps, contact).queue_at(contact.flow.node) is not None
    if contact.state is ContactState.IN_FLOW and at_queue and contact.visits == visit:
        return advance(deps, at, Returned(exit_))
    return present_document(deps, at.commit(deps))


def _returned(deps: Deps, contact: Contact) -> Document:
    """Present document of a call that is in a later visit; after a lost agent with a word of apology."""
    document = present_document(deps, contact)
    if contact.visit is None or contact.visit.waiting_at is not None or not contact.visit.passed_over:
        return document
    return (Say(phrase("returned", contact.language), contact.language), *document)
