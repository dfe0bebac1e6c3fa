"""Every legal move of a contact, what it changes and what it records.

A transition takes the entity as stored and returns it as it will be, with the events of the change; it never
touches a clock. Versions are raised by the store that commits the change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from offhook.domain import events as ev
from offhook.domain.errors import IllegalTransition
from offhook.domain.ids import CallSid, Instant, OfferId, QueueId
from offhook.domain.routing import contact_facts
from offhook.domain.routing.contact import (
    NO_PLACE,
    Assignment,
    Contact,
    ContactState,
    Offer,
    OfferEnd,
    Outcome,
    Place,
    QueueVisit,
    Requirement,
    SurveyRun,
    VisitExit,
    lease_until,
)
from offhook.domain.routing.contact_parts import (
    assignment_of,
    kept_place,
    leg_told,
    legs_after_offer,
    offer_of,
    place_since,
    require,
    ringing_of,
    survey_of,
    talking_of,
    visit_of,
    with_ringing,
    with_work,
    work_of,
)
from offhook.domain.routing.queues import Queue

E = TypeVar("E")

_C = ContactState

CONTACT_MOVES: Mapping[ContactState, frozenset[ContactState]] = {
    _C.DIALLING: frozenset({_C.DIALLING, _C.CONNECTED, _C.ENDED}),
    _C.IN_FLOW: frozenset({_C.IN_FLOW, _C.WAITING, _C.IN_SURVEY, _C.ENDED}),
    _C.WAITING: frozenset({_C.WAITING, _C.OFFERED, _C.IN_FLOW, _C.ENDED}),
    _C.OFFERED: frozenset({_C.OFFERED, _C.WAITING, _C.CONNECTED, _C.IN_FLOW, _C.ENDED}),
    _C.CONNECTED: frozenset({_C.CONNECTED, _C.IN_FLOW, _C.ENDED}),
    _C.IN_SURVEY: frozenset({_C.IN_SURVEY, _C.IN_FLOW, _C.ENDED}),
    _C.ENDED: frozenset({_C.ENDED}),
}


@dataclass(frozen=True, slots=True)
class Change(Generic[E]):
    """An entity as it will be, and what that records."""

    entity: E
    events: tuple[ev.Event, ...] = ()


# --- contacts -------------------------------------------------------------------------------------------------


def queue_entered(
    contact: Contact, queue: QueueId, now: Instant, place: Place = NO_PLACE, requirements: tuple[Requirement, ...] = ()
) -> Change[Contact]:
    """The flow sent the contact to a queue; it waits only from its first wait request on.

    Who left this line a moment ago has the same place.
    """
    require(contact, _C.IN_FLOW)
    number, since = contact.visits + 1, place_since(contact, queue, now)
    visit = QueueVisit(
        queue,
        number,
        since,
        now,
        priority=place.priority,
        requirements=requirements,
        preferred_agent=place.preferred_agent,
        wishes=place.wishes,
    )
    entered = ev.QueueEntered(
        at=now, contact_id=contact.id, queue_id=queue, visit=number, priority=place.priority, enqueued_at=since
    )
    return Change(replace(contact, visit=visit, visits=number), (entered,))


def queue_added(contact: Contact, queue: QueueId, reason: str, now: Instant) -> Change[Contact]:
    """Another queue's agents may take the waiting contact, too. reason: waited or length."""
    from offhook.domain.queue_events import QueueAdded

    require(contact, _C.WAITING)
    visit = visit_of(contact)
    added = QueueAdded(
        at=now,
        contact_id=contact.id,
        queue_id=visit.queue,
        visit=visit.number,
        also_queue_id=queue,
        reason=reason,
    )
    return Change(replace(contact, visit=replace(visit, also=(*visit.also, queue))), (added,))


def wait_began(contact: Contact, now: Instant) -> Change[Contact]:
    """The caller is in the carrier's queue: offers may be made."""
    require(contact, _C.IN_FLOW)
    visit = visit_of(contact)
    waiting = ev.ContactWaiting(
        at=now, contact_id=contact.id, queue_id=visit.queue, visit=visit.number, enqueued_at=visit.enqueued_at
    )
    return Change(replace(contact, state=_C.WAITING, visit=replace(visit, waiting_at=now)), (waiting,))


def offer_made(contact: Contact, offer: Offer) -> Change[Contact]:
    """The contact is reserved for one agent."""
    require(contact, _C.WAITING)
    visit = visit_of(contact)
    made = ev.OfferMade(
        at=offer.made_at,
        contact_id=contact.id,
        agent_id=offer.agent_id,
        queue_id=visit.queue,
        visit=visit.number,
        offer_id=offer.id,
        reason=offer.reason,
        waited_s=(offer.made_at - visit.entered_at) / 1000,
    )
    return Change(replace(contact, state=_C.OFFERED, offer=offer), (made,))


def ring_claimed(contact: Contact, now: Instant, rung: OfferId | None = None) -> Change[Contact]:
    """A worker sets out to ring; others leave it alone meanwhile. rung: which party, None = the agent of the offer."""
    return Change(with_ringing(contact, replace(ringing_of(contact, rung), claimed_at=now)))


def ring_started(contact: Contact, call_sid: CallSid, rung: OfferId | None = None) -> Change[Contact]:
    """The leg exists at the carrier."""
    return Change(with_ringing(contact, replace(ringing_of(contact, rung), call_sid=call_sid)))


def ring_delayed(contact: Contact, now: Instant, *, began: bool, rung: OfferId | None = None) -> Change[Contact]:
    """The carrier took the leg, or began to ring, later than it was asked: whoever is rung gets the full time."""
    ring = ringing_of(contact, rung)
    until = lease_until(now, ring.ring_s)
    return Change(with_ringing(contact, replace(ring, expires_at=until, began_at=now if began else ring.began_at)))


def offer_ended(contact: Contact, end: OfferEnd, now: Instant) -> Change[Contact]:
    """The offer came to nothing: back to waiting, at the same place. Declined and unanswered agents are passed over."""
    offer, visit = offer_of(contact), visit_of(contact)
    passed = visit.passed_over
    if end not in (OfferEnd.CALLER_GONE, OfferEnd.ACCEPTED) and offer.agent_id not in passed:
        passed = (*passed, offer.agent_id)
    kept = legs_after_offer(contact)
    back = replace(contact, state=_C.WAITING, offer=None, legs=kept, visit=replace(visit, passed_over=passed))
    return Change(back, (contact_facts.offer_ended(contact, offer, end, now),))


def offer_accepted(contact: Contact, call_sid: CallSid, now: Instant, queue: Queue) -> Change[Contact]:
    """The agent claimed the contact: its queue visit is answered and the assignment begins."""
    offer, visit = offer_of(contact), visit_of(contact)
    _move(contact, _C.CONNECTED)
    assignment = Assignment(
        offer.agent_id, offer.id, visit.queue, visit.number, call_sid, offer.endpoint.kind, accepted_at=now
    )
    connected = replace(
        contact,
        state=_C.CONNECTED,
        offer=None,
        assignment=assignment,
        others=contact.assignments,
        visit=replace(visit, answered_at=now),
    )
    ended = contact_facts.visit_ended(contact, visit, VisitExit.ANSWERED, "", now, queue, agent=offer.agent_id)
    return Change(connected, (contact_facts.offer_ended(contact, offer, OfferEnd.ACCEPTED, now), ended))


def talk_started(contact: Contact, now: Instant) -> Change[Contact]:
    """Agent and customer are together in the room; a repeated report changes nothing."""
    assignment = assignment_of(contact)
    if assignment.talk_at is not None:
        return Change(contact)
    started = ev.TalkStarted(
        at=now,
        contact_id=contact.id,
        agent_id=assignment.agent_id,
        queue_id=assignment.queue,
        offer_id=assignment.offer_id,
    )
    return Change(replace(contact, assignment=replace(assignment, talk_at=now)), (started,))


def held(contact: Contact, now: Instant) -> Change[Contact]:
    """The customer is on hold."""
    assignment = talking_of(contact)
    if assignment.held_at is not None:
        return Change(contact)
    fact = ev.CallHeld(at=now, contact_id=contact.id, agent_id=assignment.agent_id)
    return Change(replace(contact, assignment=replace(assignment, held_at=now)), (fact,))


def resumed(contact: Contact, now: Instant) -> Change[Contact]:
    """The customer is off hold."""
    assignment = talking_of(contact)
    if assignment.held_at is None:
        return Change(contact)
    lasted = (now - assignment.held_at) / 1000
    fact = ev.CallResumed(at=now, contact_id=contact.id, agent_id=assignment.agent_id, held_s=lasted)
    after = replace(assignment, held_at=None, hold_s=assignment.hold_s + lasted)
    return Change(replace(contact, assignment=after), (fact,))


def muted(contact: Contact, on: bool) -> Change[Contact]:
    """The agent's microphone; a detail of the desk, not of the history."""
    return Change(replace(contact, assignment=replace(talking_of(contact), muted=on)))


def talk_ended(contact: Contact, ended_by: str, now: Instant, wrap_up_s: float) -> Change[Contact]:
    """The conversation is over; the agent wraps up. Repeated: nothing."""
    assignment = assignment_of(contact)
    if assignment.talk_ended_at is not None:
        return Change(contact)
    after, fact = contact_facts.end_talk(contact, assignment, ended_by, now)
    until = now + round(wrap_up_s * 1000) if wrap_up_s > 0 else None
    return Change(replace(contact, assignment=replace(after, wrap_up_until=until)), (fact,))


def agent_lost(contact: Contact, now: Instant) -> Change[Contact]:
    """The agent's leg broke: the conversation is over for that agent, the customer gets the old place back."""
    require(contact, _C.CONNECTED)
    assignment, number = assignment_of(contact), contact.visits + 1
    visit = contact.visit or QueueVisit(assignment.queue, number, now, now)
    after, talk = contact_facts.end_talk(contact, assignment, "agent_lost", now)
    done = contact_facts.handling_ended(contact, after, now)
    again = QueueVisit(
        visit.queue,
        number,
        visit.enqueued_at,
        now,
        priority=999,
        requirements=visit.requirements,
        passed_over=(assignment.agent_id,),
        wishes=visit.wishes,
    )
    lost = ev.AgentLost(
        at=now,
        contact_id=contact.id,
        agent_id=assignment.agent_id,
        queue_id=visit.queue,
        offer_id=assignment.offer_id,
    )
    entered = ev.QueueEntered(
        at=now, contact_id=contact.id, queue_id=visit.queue, visit=number, priority=999, enqueued_at=visit.enqueued_at
    )
    lost_work = replace(after, done_at=now)
    back = replace(
        contact, state=_C.IN_FLOW, assignment=None, others=(*contact.others, lost_work), visit=again, visits=number
    )
    return Change(back, (talk, done, lost, entered))


def handling_ended(contact: Contact, now: Instant, offer_id: OfferId | None = None) -> Change[Contact]:
    """An agent's work on the contact is done; closes it when all have ended. Repeated: nothing. None: the leader's."""
    assignment = contact.assignment if offer_id is None else work_of(contact, offer_id)
    if assignment is None or assignment.done_at is not None:
        return Change(contact)
    facts: tuple[ev.Event, ...] = ()
    if assignment.talk_ended_at is None:
        assignment, talk = contact_facts.end_talk(contact, assignment, "agent", now)
        facts = (talk,)
    done = replace(assignment, done_at=now)
    after = with_work(contact, done)
    return _closed_if_over(Change(after, (*facts, contact_facts.handling_ended(contact, done, now))), now)


def leg_ended(contact: Contact, offer: OfferId, sid: CallSid, duration_s: float, now: Instant) -> Change[Contact]:
    """The carrier said how long an agent's leg was: what it will bill. Repeated, or of no offer of ours: nothing."""
    found = leg_told(contact, offer, sid, duration_s, now)
    return Change(contact) if found is None else Change(found[0], (found[1],))


def wrap_up_noted(
    contact: Contact,
    disposition: str | None,
    resolved: bool | None,
    notes: str | None,
    assignment: Assignment | None = None,
) -> Change[Contact]:
    """What an agent wrote down about the contact; assignment: whose work it is, None = the leader's."""
    assignment = assignment or assignment_of(contact)
    after = replace(
        assignment,
        disposition=disposition if disposition is not None else assignment.disposition,
        resolved=resolved if resolved is not None else assignment.resolved,
        notes=notes if notes is not None else assignment.notes,
    )
    return Change(with_work(contact, after))


def left_queue(contact: Contact, exit_: VisitExit, reason: str, now: Instant, queue: Queue) -> Change[Contact]:
    """The contact leaves its queue without an agent and goes on in its flow."""
    require(contact, _C.IN_FLOW, _C.WAITING, _C.OFFERED)
    visit = visit_of(contact)
    facts: tuple[ev.Event, ...] = (contact_facts.visit_ended(contact, visit, exit_, reason, now, queue),)
    if contact.offer is not None:
        facts = (contact_facts.offer_ended(contact, contact.offer, OfferEnd.CALLER_GONE, now), *facts)
    legs, kept = legs_after_offer(contact), kept_place(visit, now, queue.keep_place_s)
    return Change(replace(contact, state=_C.IN_FLOW, visit=None, offer=None, legs=legs, kept=kept), facts)


def back_in_flow(contact: Contact) -> Change[Contact]:
    """The conversation is over for the customer, who goes on in the flow (survey, goodbye)."""
    require(contact, _C.IN_FLOW, _C.CONNECTED, _C.IN_SURVEY)
    return Change(replace(contact, state=_C.IN_FLOW))


def survey_started(contact: Contact, survey_id: str, version: int, now: Instant) -> Change[Contact]:
    """The first question is asked."""
    _move(contact, _C.IN_SURVEY)
    agent = contact.assignment.agent_id if contact.assignment else None
    run = SurveyRun(survey_id, version, agent, now)
    return Change(replace(contact, state=_C.IN_SURVEY, survey=run))


def survey_answered(contact: Contact, answer: ev.SurveyAnswered) -> Change[Contact]:
    """One question is answered."""
    run = survey_of(contact)
    answers = {**run.answers, answer.question_id: answer.answer}
    return Change(replace(contact, survey=replace(run, answers=answers)), (answer,))


def survey_ended(contact: Contact, asked: int, now: Instant) -> Change[Contact]:
    """The survey is over and the contact goes on in its flow. Repeated: nothing."""
    run = survey_of(contact)
    if run.ended_at is not None:
        return Change(contact)
    fact = contact_facts.survey_ended(contact, run, asked, now)
    return Change(replace(contact, state=_C.IN_FLOW, survey=replace(run, ended_at=now)), (fact,))


def contact_ended(
    contact: Contact, outcome: Outcome, reason: str, now: Instant, queue: Queue | None
) -> Change[Contact]:
    """The customer's side is over; every open part of the contact ends with it. Repeated: nothing.

    queue: the queue of the open visit, if there is one.
    """
    if contact.state is _C.ENDED:
        return Change(contact)
    facts: list[ev.Event] = []
    if contact.offer is not None:
        facts.append(contact_facts.offer_ended(contact, contact.offer, OfferEnd.CALLER_GONE, now))
    visit = contact.visit
    if visit is not None and visit.answered_at is None and queue is not None:
        exit_, why = contact_facts.exit_of(outcome, visit, now, queue, reason)
        facts.append(contact_facts.visit_ended(contact, visit, exit_, why, now, queue))
    survey = contact.survey
    if survey is not None and survey.ended_at is None:
        facts.append(contact_facts.survey_ended(contact, survey, len(survey.answers), now))
        survey = replace(survey, ended_at=now)
    facts.append(contact_facts.contact_ended(contact, outcome, reason, now))
    ended = replace(
        contact,
        state=_C.ENDED,
        offer=None,
        legs=legs_after_offer(contact),
        survey=survey,
        outcome=outcome,
        outcome_reason=reason,
        ended_at=now,
    )
    return _closed_if_over(Change(ended, tuple(facts)), now)


def _closed_if_over(change: Change[Contact], now: Instant) -> Change[Contact]:
    contact = change.entity
    working = any(work.done_at is None for work in contact.assignments)
    if contact.state is not _C.ENDED or working or contact.closed_at is not None:
        return change
    closed = ev.ContactClosed(at=now, contact_id=contact.id)
    return Change(replace(contact, closed_at=now), (*change.events, closed))


def _move(contact: Contact, to: ContactState) -> None:
    if to not in CONTACT_MOVES[contact.state]:
        raise IllegalTransition("contact_cannot_become", state=contact.state, next=to)
