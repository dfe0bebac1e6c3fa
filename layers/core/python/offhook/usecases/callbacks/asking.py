"""Asks for a callback: by a caller who waits, by the flow, or by a person or program. A repeated request is one."""

from dataclasses import dataclass, replace

from offhook.domain.errors import Conflict, InvalidInput, NotFound
from offhook.domain.events import Event
from offhook.domain.ids import DAY, MINUTE, SECOND, AgentId, CallSid, ContactId, Instant, QueueId
from offhook.domain.routing import callback_moves as moves
from offhook.domain.routing import transitions
from offhook.domain.routing.callback_moves import Request
from offhook.domain.routing.contact import Contact, ContactState, VisitExit
from offhook.domain.routing.queues import AgentConfig, Queue
from offhook.domain.storage import CommitConflict
from offhook.stores.callbacks import Callbacks
from offhook.usecases.callbacks.hours import first_time
from offhook.usecases.callbacks.settling import remind
from offhook.usecases.deps import Deps
from offhook.usecases.numbers.calling import may_call
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing.match import match_contact

FURTHEST = 60 * DAY
PAST = 5 * MINUTE
REMINDED_S = 24 * 3600
NOTED_EXIT = "queue_left"  # as in wait_in_queue


class CallbackPending(Conflict):
    """This number is to be called back by this queue already."""

    code = "callback_pending"


def from_queue(deps: Deps, contact_id: ContactId, visit: int, number: str) -> bool:
    """A waiting caller leaves to be called back at the same place, in one commit; False when an agent was faster."""
    asked = again_on_conflict(lambda: _from_queue(deps, contact_id, visit, number))
    if asked is not None and asked.state is ContactState.WAITING:
        match_contact(deps, asked)
    elif asked is not None:
        remind(deps, asked)
    return asked is not None


@dataclass(frozen=True, slots=True)
class Wish:
    """A callback that is asked for otherwise. at: when, None = as soon as an agent is free; key: names a request.

    owner: the agent who is asked first, "" = nobody in particular; remind_s: so long before, the owner is reminded.
    """

    number: str
    queue_id: QueueId
    asked_by: str
    key: str
    at: Instant | None = None
    origin: Contact | None = None
    owner: str = ""
    remind_s: float = 0.0


def ask(deps: Deps, wish: Wish) -> Contact:
    """The callback as it will be rung; raises InvalidInput, CountryNotAllowed, NotFound or CallbackPending."""
    may_call(deps, wish.number)
    queue, now = deps.config.get(Queue, wish.queue_id), deps.clock.now()
    if wish.at is not None and not now - PAST <= wish.at <= now + FURTHEST:
        raise InvalidInput("callback_time", field="$.at", most=60)
    due_at = first_time(deps, wish.number, queue, max(now, wish.at or now))
    request = Request(
        moves.callback_id(deps.tenant.id, wish.key), wish.number, queue, due_at, due_at, wish.asked_by,
        owner=_owner(deps, wish), remind_at=due_at - round(wish.remind_s * SECOND) if wish.remind_s else None,
    )  # fmt: skip
    change = _begun(moves.requested(_base(deps, wish), request, now), now)
    try:
        deps.items.commit(*deps.contacts.first_writes(change.entity, change.events))
    except CommitConflict:
        known = deps.contacts.get(request.id)
        if known is None:
            raise CallbackPending(field="$.number") from None
        return known
    made = replace(change.entity, version=1)
    remind(deps, made)
    return match_contact(deps, made)


def _owner(deps: Deps, wish: Wish) -> AgentId | None:
    """Raises InvalidInput for a reminder of nobody, or for somebody who is no agent."""
    if not 0 <= wish.remind_s <= REMINDED_S:
        raise InvalidInput("reminder_time", field="$.remind_s", most=REMINDED_S // 3600)
    if wish.remind_s and not wish.owner:
        raise InvalidInput("reminder_owner", field="$.owner")
    if wish.owner and deps.config.find(AgentConfig, wish.owner) is None:
        raise InvalidInput("agent_unknown", field="$.owner")
    return AgentId(wish.owner) if wish.owner else None


def pending(deps: Deps, number: str, queue_id: QueueId) -> Contact | None:
    """The callback that the number has in the queue, as long as its customer is still to be reached."""
    found = Callbacks(deps.items, deps.tenant.id).of(number, queue_id)
    contact = deps.contacts.get(found) if found else None
    return contact if contact is not None and contact.awaits_customer else None


def _from_queue(deps: Deps, contact_id: ContactId, visit: int, number: str) -> Contact | None:
    origin = deps.contacts.get(contact_id)
    if origin is None:
        raise NotFound("There is no such contact.")
    if origin.state is not ContactState.WAITING or origin.visit is None or origin.visit.number != visit:
        return None
    now, queue = deps.clock.now(), deps.config.get(Queue, origin.visit.queue)
    left = transitions.left_queue(origin, VisitExit.CALLBACK, "requested", now, queue)
    known = pending(deps, number, queue.id)
    if known is not None:
        gone = _left(left.entity, visit, known.id)
        deps.contacts.save(origin, gone, left.events)
        return known
    due_at = first_time(deps, number, queue, now)
    request = replace(moves.from_queue(origin, number, now, queue), due_at=due_at)
    asked = _begun(moves.requested(_of_origin(origin), request, now), now)
    gone = _left(left.entity, visit, request.id)
    deps.items.commit(
        *deps.contacts.writes(origin, gone, left.events), *deps.contacts.first_writes(asked.entity, asked.events)
    )
    return replace(asked.entity, version=1)


def _begun(change: transitions.Change[Contact], now: Instant) -> transitions.Change[Contact]:
    """What is due at once waits from the beginning, so that the line has no gap where the caller stood."""
    if moves.callback_of(change.entity).due_at > now:
        return change
    due = moves.became_due(change.entity, now)
    events: tuple[Event, ...] = (*change.events, *due.events)
    return transitions.Change(due.entity, events)


def _left(origin: Contact, visit: int, callback: ContactId) -> Contact:
    """The caller's contact out of the line, with the note that the queue's exit reads."""
    noted = {NOTED_EXIT: f"{visit} callback", **{k: v for k, v in origin.flow.attributes.items() if k != NOTED_EXIT}}
    return replace(origin, called_back_as=callback, flow=replace(origin.flow, attributes=noted))


def _of_origin(origin: Contact) -> Contact:
    """Who the customer is and where the flow goes on after the conversation; every greeting gives the notice."""
    attributes = {k: v for k, v in origin.flow.attributes.items() if k != NOTED_EXIT}
    flow = replace(origin.flow, attributes=attributes, notice_given=True, done=False)
    return replace(
        origin, flow=flow, origin_contact_id=origin.id, called_back_as=None, offer=None, assignment=None, survey=None,
        recordings=(), outcome=None, outcome_reason="", ended_at=None, closed_at=None,
    )  # fmt: skip


def _base(deps: Deps, wish: Wish) -> Contact:
    """The customer of a callback that no waiting caller asked for."""
    if wish.origin is not None:
        return replace(_of_origin(wish.origin), flow=replace(moves.NOTHING, notice_given=True))
    customer = deps.customers.by_number(wish.number)
    return Contact(
        ContactId(""), deps.tenant.id, 0, ContactState.IN_FLOW, deps.clock.now(), CallSid(""), wish.number,
        deps.tenant.caller_id, (customer.language if customer else "") or deps.tenant.language,
        replace(moves.NOTHING, notice_given=True),
        customer_id=customer.id if customer else None, customer_name=customer.name if customer else "",
        tier=customer.tier if customer else "", tags=customer.tags if customer else (),
    )  # fmt: skip
