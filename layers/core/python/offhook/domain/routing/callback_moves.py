"""The moves of a contact that is to be called back, from the request to the moment when somebody answers.

They keep the visit, and with it the place in the line: whatever an attempt comes to, the visit ends once.
"""

from dataclasses import dataclass, replace
from hashlib import sha256

from offhook.domain import callback_events as told
from offhook.domain import events as ev
from offhook.domain.ids import AgentId, CallSid, ContactId, FlowId, Instant, QueueId, TenantId
from offhook.domain.recordings.recording import EXPECTED
from offhook.domain.routing import contact_facts, transitions
from offhook.domain.routing.callbacks import BY_DEFAULT, Callback, CallbackPolicy, Result
from offhook.domain.routing.contact import (
    Contact,
    ContactState,
    FlowPosition,
    OfferEnd,
    Outcome,
    QueueVisit,
    Requirement,
    VisitExit,
)
from offhook.domain.routing.contact_parts import require, visit_of
from offhook.domain.routing.queues import Queue
from offhook.domain.routing.transitions import Change

_C = ContactState
LEGS_TOLD = 12  # remembered; more than a callback has attempts
NOTHING = FlowPosition(FlowId(""), 0, "")  # a callback without a call before it follows no flow


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. id: of the callback's contact; enqueued_at: its place in the line; due_at: not rung before."""

    id: ContactId
    number: str
    queue: Queue
    enqueued_at: Instant
    due_at: Instant
    asked_by: str = "caller"
    priority: int = 0
    requirements: tuple[Requirement, ...] = ()
    owner: AgentId | None = None
    remind_at: Instant | None = None


def callback_id(tenant: TenantId, asked_in: str) -> ContactId:
    """The callback that is asked for in one place: a repeated request names the same one."""
    return ContactId(f"c_{sha256(f'{tenant}/callback/{asked_in}'.encode()).hexdigest()[:20]}")


def from_queue(origin: Contact, number: str, now: Instant, queue: Queue) -> Request:
    """What a waiting caller asks for: the same place in the line."""
    visit = visit_of(origin)
    asked_in = f"{origin.id}/{visit.number}"
    return Request(
        callback_id(origin.tenant_id, asked_in), number, queue, visit.enqueued_at, now,
        priority=visit.priority, requirements=visit.requirements,
    )  # fmt: skip


def requested(base: Contact, ask: Request, now: Instant) -> Change[Contact]:
    """The callback's contact as it begins. base: who the customer is, and where the flow goes on afterwards."""
    policy = ask.queue.callbacks
    until = ask.due_at + round(policy.keep_s * 1000)
    began = max(now, ask.due_at)  # the wait for a time that was agreed is no wait
    visit = QueueVisit(
        ask.queue.id, 1, ask.enqueued_at, began, priority=ask.priority, requirements=ask.requirements,
        preferred_agent=ask.owner,
    )  # fmt: skip
    asked = Callback(
        policy.first, now, ask.due_at, until, ask.asked_by, owner=ask.owner,
        remind_at=ask.remind_at if ask.remind_at is not None and now < ask.remind_at < ask.due_at else None,
    )  # fmt: skip
    made = replace(
        base, id=ask.id, version=0, state=_C.IN_FLOW, started_at=now, call_sid=CallSid(""), customer_number=ask.number,
        visits=1, visit=visit, callback=asked,
    )  # fmt: skip
    return Change(made, (_started(made), _asked(made, ask, now), _entered(made, visit, now)))


def reminded(contact: Contact, now: Instant) -> Change[Contact]:
    """The owner is told that the time is near; once."""
    callback = callback_of(contact)
    fact = told.CallbackReminded(
        at=now, contact_id=contact.id, agent_id=callback.owner or "", queue_id=visit_of(contact).queue,
        due_at=callback.due_at, customer_number=contact.customer_number,
    )  # fmt: skip
    return Change(replace(contact, callback=replace(callback, remind_at=None)), (fact,))


def became_due(contact: Contact, now: Instant) -> Change[Contact]:
    """It waits for an agent, at its place; before it only counted the time."""
    return transitions.wait_began(contact, now)


def put_off(contact: Contact, until: Instant, reason: str, now: Instant) -> Change[Contact]:
    """It waits no more, until then; nobody is at it."""
    require(contact, _C.IN_FLOW, _C.WAITING)
    visit, callback = replace(visit_of(contact), waiting_at=None), callback_of(contact)
    late = max(0, until - callback.due_at)
    after = replace(callback, due_at=until, until=callback.until + late)
    fact = told.CallbackPutOff(at=now, contact_id=contact.id, queue_id=visit.queue, due_at=until, reason=reason)
    return Change(replace(contact, state=_C.IN_FLOW, visit=visit, callback=after), (fact,))


def dial_claimed(contact: Contact, now: Instant) -> Change[Contact]:
    """A worker sets out to place the leg of the attempt under way, or of a new one."""
    callback = callback_of(contact)
    if callback.dialled_at is not None:
        return Change(replace(contact, callback=replace(callback, tried_at=now)))
    attempts = callback.attempts + 1
    after = replace(callback, attempts=attempts, dialled_at=now, tried_at=now, leg=None)
    fact = told.CallbackDialled(at=now, contact_id=contact.id, queue_id=visit_of(contact).queue, attempt=attempts)
    return Change(replace(contact, callback=after), (fact,))


def leg_placed(contact: Contact, sid: CallSid) -> Change[Contact]:
    """The customer's leg exists at the carrier."""
    return Change(replace(contact, callback=replace(callback_of(contact), leg=sid)))


def reached(contact: Contact, sid: CallSid, now: Instant, queue: Queue) -> Change[Contact]:
    """A person answered: from now on this is a call. An agent who was there first has thereby answered the visit."""
    callback, visit = callback_of(contact), visit_of(contact)
    after = replace(callback, leg=sid, reached_at=now, dialled_at=None, last_result=Result.REACHED)
    on_line = replace(contact, call_sid=sid, callback=after)
    fact = _attempted(contact, Result.REACHED, now)
    if contact.state is not _C.CONNECTED:
        return Change(on_line, (fact,))
    work = contact.assignment
    agent = work.agent_id if work else None
    ended = contact_facts.visit_ended(contact, visit, VisitExit.ANSWERED, "", now, queue, agent)
    return Change(replace(on_line, visit=replace(visit, answered_at=now)), (fact, ended))


def agent_took(contact: Contact, sid: CallSid, now: Instant, queue: Queue) -> Change[Contact]:
    """The agent is there and the customer is not: the visit is answered when the customer has answered, too."""
    accepted = transitions.offer_accepted(contact, sid, now, queue)
    visit = replace(visit_of(accepted.entity), answered_at=None)
    events = tuple(e for e in accepted.events if not isinstance(e, ev.QueueVisitEnded))
    return Change(replace(accepted.entity, visit=visit), events)


def attempt_failed(contact: Contact, result: Result, now: Instant, queue: Queue) -> Change[Contact]:
    """Nobody was reached: another attempt later at the same place, or the end when there have been enough.

    An offer or an assignment ends with it; the agent is the caller's business.
    """
    callback = callback_of(contact)
    fact = _attempted(contact, result, now)
    alone, facts = _without_agent(contact, now)
    over = replace(callback, dialled_at=None, tried_at=None, leg=None, last_result=result)
    rest = replace(alone, callback=over)
    again = now + round(queue.callbacks.spacing_s * 1000)
    if result is Result.MESSAGE_LEFT or over.attempts >= queue.callbacks.attempts or again > over.until:
        ended = transitions.contact_ended(rest, Outcome.UNREACHED, result, now, queue)
        return Change(ended.entity, (fact, *facts, *ended.events))
    visit = replace(visit_of(rest), waiting_at=None)
    return Change(replace(rest, state=_C.IN_FLOW, visit=visit, callback=replace(over, due_at=again)), (fact, *facts))


def leg_ended(contact: Contact, sid: CallSid, duration_s: float, now: Instant) -> Change[Contact]:
    """The carrier said how long a leg to the customer was: the call itself, or one that reached nobody.

    Repeated: nothing.
    """
    callback = callback_of(contact)
    if sid in callback.told:
        return Change(contact)
    fact = ev.LegEnded(
        at=now, contact_id=contact.id, queue_id=contact.visit.queue if contact.visit else "", visit=0, leg_sid=sid,
        endpoint="outbound", started_at=now - round(duration_s * 1000), duration_s=duration_s,
        party_id="" if sid == contact.call_sid else sid,
    )  # fmt: skip
    return Change(replace(contact, callback=replace(callback, told=(*callback.told, sid)[-LEGS_TOLD:])), (fact,))


def agent_gone(contact: Contact, now: Instant) -> Change[Contact]:
    """The agent left before anybody answered: back to waiting at the same place; a leg that rings goes on ringing."""
    alone, facts = _without_agent(contact, now)
    visit = visit_of(alone)
    gone = contact.assignment.agent_id if contact.assignment else None
    passed = (*visit.passed_over, gone) if gone and gone not in visit.passed_over else visit.passed_over
    back = replace(alone, state=_C.IN_FLOW, visit=replace(visit, passed_over=passed))
    waiting = transitions.wait_began(back, now)
    return Change(waiting.entity, (*facts, *waiting.events))


def callback_of(contact: Contact) -> Callback:
    """The callback; a contact without one has no such moves."""
    assert contact.callback is not None, "only contacts that are to be called back come here"
    return contact.callback


def policy_of(queue: Queue | None) -> CallbackPolicy:
    """The queue's, or the product's own for a queue that is gone."""
    return queue.callbacks if queue is not None else BY_DEFAULT


def _without_agent(contact: Contact, now: Instant) -> tuple[Contact, tuple[ev.Event, ...]]:
    """The offer or the assignment over; nothing was recorded of a room that the customer never entered."""
    made = tuple(r for r in contact.recordings if (r.status, r.source) != (EXPECTED, contact.room))
    contact = replace(contact, recordings=made)
    if contact.offer is not None:
        fact = contact_facts.offer_ended(contact, contact.offer, OfferEnd.CALLER_GONE, now)
        return replace(contact, offer=None), (fact,)
    done = transitions.handling_ended(contact, now)
    return done.entity, done.events


def _attempted(contact: Contact, result: Result, now: Instant) -> told.CallbackAttempted:
    queue, attempt = visit_of(contact).queue, callback_of(contact).attempts
    return told.CallbackAttempted(at=now, contact_id=contact.id, queue_id=queue, attempt=attempt, result=result)


def _started(contact: Contact) -> ev.ContactStarted:
    return ev.ContactStarted(
        at=contact.started_at, contact_id=contact.id, customer_number=contact.customer_number,
        called_number=contact.called_number, call_sid="", customer_id=contact.customer_id or "",
        flow_id=contact.flow.flow_id, flow_version=contact.flow.version, language=contact.language,
        origin_contact_id=contact.origin_contact_id or "",
    )  # fmt: skip


def _asked(contact: Contact, ask: Request, now: Instant) -> told.CallbackRequested:
    return told.CallbackRequested(
        at=now, contact_id=contact.id, queue_id=ask.queue.id, origin_contact_id=contact.origin_contact_id or "",
        requested_by=ask.asked_by, customer_number=ask.number, first=callback_of(contact).first,
        enqueued_at=ask.enqueued_at, due_at=ask.due_at,
    )  # fmt: skip


def _entered(contact: Contact, visit: QueueVisit, now: Instant) -> ev.QueueEntered:
    return ev.QueueEntered(
        at=now, contact_id=contact.id, queue_id=QueueId(visit.queue), visit=1, priority=visit.priority,
        enqueued_at=visit.enqueued_at,
    )  # fmt: skip
