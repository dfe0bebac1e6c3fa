"""A contact in a queue: entering, waiting with a true position, leaving without an agent."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offhook.domain.errors import NotFound
from offhook.domain.ids import ContactId, QueueId
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import transitions
from offhook.domain.routing.contact import (
    Contact,
    ContactState,
    OfferEnd,
    OverflowReason,
    QueueVisit,
    Requirement,
    VisitExit,
)
from offhook.domain.routing.queues import Queue, RoutingProfile
from offhook.domain.storage import CommitConflict
from offhook.lazily import lazily
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing import overflowing
from offhook.usecases.routing.match import match_agent, match_contact, routing_config
from offhook.usecases.routing.offers import release_writes
from offhook.usecases.routing.places import place_of
from offhook.usecases.unsaved import Unsaved

if TYPE_CHECKING:
    from offhook.domain.routing.estimate import Paces
    from offhook.usecases.callbacks import merging
else:
    (merging,) = lazily("offhook.usecases.callbacks", "merging")

STAFF_LIMIT = 100


@dataclass(frozen=True, slots=True)
class WaitView:
    """What a waiting caller can be told. position: 1 = next, None = beyond 50 or not in the line any more.

    estimated_wait_s: None = nobody can say, and nothing is said.
    """

    contact: Contact
    position: int | None
    estimated_wait_s: float | None
    overflow: OverflowReason | None
    offered: bool


def join_queue(
    deps: Deps,
    at: Unsaved,
    queue_id: QueueId,
    *,
    priority: int = 0,
    requirements: tuple[Requirement, ...] = (),
) -> Contact:
    """Send the contact, with its new flow position, to a queue, in one commit; raises NotFound without the queue."""
    queue = deps.config.get(Queue, queue_id)
    place = place_of(deps, at.contact, queue, min(priority, 900))
    change = transitions.queue_entered(at.contact, queue.id, deps.clock.now(), place, requirements)
    return at.then(change.entity, change.events).commit(deps)


def wait_requested(deps: Deps, contact_id: ContactId, visit: int) -> WaitView:
    """The carrier asks what to play: the first time the contact begins to wait, and looks for an agent.

    From then on whoever becomes free looks for the contact; it looks itself only for agents who come to suit with time.
    """
    contact, began, paces = again_on_conflict(lambda: _begin(deps, contact_id, visit))
    if contact.visit is None or contact.visit.number != visit or contact.state is ContactState.ENDED:
        return WaitView(contact, None, None, None, offered=False)
    contact = _matched(deps, contact, began)
    if contact.state is not ContactState.WAITING:
        return WaitView(contact, None, None, None, offered=True)
    queue = deps.config.get(Queue, contact.visit.queue if contact.visit else QueueId(""))
    position = deps.contacts.position(contact)
    staffing = _staffing(deps, queue)
    return WaitView(
        contact,
        position,
        _estimate(deps, queue, position, paces),
        _overflow(deps, contact, queue, staffing, began),
        offered=False,
    )


def _matched(deps: Deps, contact: Contact, began: bool) -> Contact:
    """The contact after a look for agents, if one may help; in another queue's line as well when that is due."""
    try:
        wider = overflowing.widened(deps, contact, began=began)
    except CommitConflict:
        return contact  # whoever was faster has it; the timer and the next request look again
    if began or wider is not contact or _may_find(deps, contact):
        wider = match_contact(deps, wider)
    if began:
        overflowing.look_when_it_widens(deps, wider)
    return wider


def _may_find(deps: Deps, contact: Contact) -> bool:
    """An agent who could not have the contact, or would not, may suit by now: levels relax, and nobody else came."""
    visit = contact.visit
    queue = deps.config.find(Queue, visit.queue) if visit else None
    return bool(visit and visit.passed_over) or bool(queue and queue.relaxations)


def left_queue(deps: Deps, contact_id: ContactId, visit: int, result: str, reason: OverflowReason | None) -> Contact:
    """The caller left the carrier's queue alive: leave, queue-full, error or system-error; goes on in the flow."""
    return again_on_conflict(lambda: _leave(deps, contact_id, visit, result, reason))


def _estimate(deps: Deps, queue: Queue, position: int | None, paces: "Paces | None") -> float | None:
    from offhook.domain.routing.estimate import estimated_wait_s

    queues, profiles = routing_config(deps)
    return estimated_wait_s(position, queue, paces, queues, profiles) if paces else None


def _begin(deps: Deps, contact_id: ContactId, visit: int) -> "tuple[Contact, bool, Paces | None]":
    """The contact, whether it began to wait just now, and what its wait is estimated from."""
    contact, paces = deps.contacts.get_with_paces(contact_id)
    if contact is None:
        raise NotFound("There is no such contact.")
    current = contact.visit
    if contact.state is not ContactState.IN_FLOW or current is None or current.number != visit:
        return contact, False, paces
    if current.answered_at is not None:
        return contact, False, paces
    if contact.customer_number and contact.callback is None:
        merged = merging.wait_in_place_of(deps, contact, deps.clock.now())
        if merged is not None:
            return merged, True, paces
    change = transitions.wait_began(contact, deps.clock.now())
    return deps.contacts.save(contact, change.entity, change.events), True, paces


def _leave(deps: Deps, contact_id: ContactId, visit: int, result: str, reason: OverflowReason | None) -> Contact:
    contact = deps.contacts.get(contact_id)
    if contact is None:
        raise NotFound("There is no such contact.")
    current = contact.visit
    if current is None or current.number != visit or not _in_line(contact, current):
        return contact
    queue = deps.config.get(Queue, current.queue)
    exit_, why = _exit(result, reason)
    change = transitions.left_queue(contact, exit_, why, deps.clock.now(), queue)
    release, agent = release_writes(deps, contact, OfferEnd.CALLER_GONE)
    leg = contact.offer.call_sid if contact.offer else None
    deps.items.commit(*deps.contacts.writes(contact, change.entity, change.events), *release)
    if leg is not None:
        deps.outgoing.send(Message(deps.tenant.id, Topic.CANCEL_RING, contact_id, leg))
    if agent is not None:
        match_agent(deps, agent)
    return deps.contacts.next_version(contact, change.entity)


def _in_line(contact: Contact, visit: QueueVisit) -> bool:
    if contact.state in (ContactState.WAITING, ContactState.OFFERED):
        return True
    return contact.state is ContactState.IN_FLOW and visit.answered_at is None


def _exit(result: str, reason: OverflowReason | None) -> tuple[VisitExit, str]:
    if result == "queue-full":
        return VisitExit.OVERFLOWED, OverflowReason.QUEUE_FULL
    if result == "voicemail":
        return VisitExit.VOICEMAIL, "key_pressed"
    if result == "leave" or reason is not None:
        return VisitExit.OVERFLOWED, reason or "left"
    return VisitExit.FAILED, result


def _staffing(deps: Deps, queue: Queue) -> int:
    """How many signed-in agents serve the queue, up to about STAFF_LIMIT (the list may lag; see _overflow)."""
    serving = [p.id for p in deps.config.list(RoutingProfile) if queue.id in p.queues]
    return deps.agents.count_signed_in(serving, STAFF_LIMIT)


def _overflow(deps: Deps, contact: Contact, queue: Queue, staffing: int, began: bool) -> OverflowReason | None:
    """Why the flow may let the contact go on.

    The length is looked at once, when the contact joins the line. The staffing list may lag by a moment; ready
    agents were looked for consistently just before, so no free agent is missed.
    """
    visit = contact.visit
    assert visit is not None
    if began and queue.max_length and deps.contacts.queue_length(queue.id, queue.max_length + 1) > queue.max_length:
        return OverflowReason.MAX_LENGTH
    if queue.max_wait_s and deps.clock.now() - visit.entered_at >= queue.max_wait_s * 1000:
        return OverflowReason.MAX_WAIT
    return OverflowReason.NOBODY_SIGNED_IN if not staffing else None
