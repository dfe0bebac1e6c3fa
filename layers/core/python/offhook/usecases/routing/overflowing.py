"""A waiting contact that has waited long, or joined a long line, may be taken by another queue's agents, too."""

from offhook.domain.ids import Instant, QueueId
from offhook.domain.messages import Message, Topic
from offhook.domain.routing.contact import Contact, ContactState
from offhook.domain.routing.matching_rules import waited_s, widens_after_s
from offhook.domain.routing.matching_types import waiting_view
from offhook.domain.routing.queues import Queue
from offhook.domain.routing.transitions import queue_added
from offhook.usecases.deps import Deps

SOONEST_S, LATEST_S = 0.1, 900.0


def widened(deps: Deps, contact: Contact, *, began: bool = False) -> Contact:
    """The contact, in one more line when it is time; raises CommitConflict. began: it has just joined its line."""
    queue = deps.config.find(Queue, contact.visit.queue) if contact.visit else None
    if queue is None or contact.state is not ContactState.WAITING:
        return contact
    reason = _reason(deps, contact, queue, began)
    if not reason:
        return contact
    change = queue_added(contact, QueueId(queue.overflow.queue), reason, deps.clock.now())
    return deps.contacts.save(contact, change.entity, change.events)


def look_when_it_widens(deps: Deps, contact: Contact) -> None:
    """Have agents looked for at each wait from which more of them may take the contact."""
    queue = deps.config.find(Queue, contact.visit.queue) if contact.visit else None
    if queue is None or contact.state is not ContactState.WAITING:
        return
    view, now = waiting_view(contact), deps.clock.now()
    for after_s in widens_after_s(view, queue):
        left = after_s - waited_s(view, now)
        if SOONEST_S <= left <= LATEST_S:
            deps.outgoing.send(Message(deps.tenant.id, Topic.MATCH_CONTACT, contact.id), delay_s=_ceiled(left))


def _reason(deps: Deps, contact: Contact, queue: Queue, began: bool) -> str:
    to, now = queue.overflow, deps.clock.now()
    if not to.queue or contact.visit is None or contact.visit.also or deps.config.find(Queue, to.queue) is None:
        return ""
    if to.after_s and _waited(contact, now) >= to.after_s:
        return "waited"
    if began and to.length and deps.contacts.queue_length(queue.id, to.length + 1) > to.length:
        return "length"
    return ""


def _waited(contact: Contact, now: Instant) -> float:
    return waited_s(waiting_view(contact), now)


def _ceiled(seconds: float) -> float:
    """Not a moment early: a timer that finds nothing to do is lost."""
    return float(-(-seconds // 1))
