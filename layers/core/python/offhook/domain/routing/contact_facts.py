"""What the moves of a contact record: the events, built from the entity and the moment."""

from dataclasses import replace

from offhook.domain import events as ev
from offhook.domain.ids import AgentId, Instant
from offhook.domain.routing.contact import (
    Assignment,
    Contact,
    Offer,
    OfferEnd,
    Outcome,
    QueueVisit,
    SurveyRun,
    VisitExit,
)
from offhook.domain.routing.contact_parts import visit_of
from offhook.domain.routing.queues import Queue

NOT_CALLED_BACK = frozenset({Outcome.UNREACHED, Outcome.CANCELLED})


def started(contact: Contact) -> ev.ContactStarted:
    """It began: somebody called, or is called."""
    return ev.ContactStarted(
        at=contact.started_at,
        contact_id=contact.id,
        customer_number=contact.customer_number,
        called_number=contact.called_number,
        call_sid=contact.call_sid,
        customer_id=contact.customer_id or "",
        flow_id=contact.flow.flow_id,
        flow_version=contact.flow.version,
        language=contact.language,
        direction=contact.direction,
    )


def exit_of(outcome: Outcome, visit: QueueVisit, now: Instant, queue: Queue, reason: str) -> tuple[VisitExit, str]:
    """How the visit of a caller who left ended, and why."""
    if outcome is Outcome.FAILED:
        return VisitExit.FAILED, reason
    if outcome in NOT_CALLED_BACK:
        return VisitExit.CALLBACK, reason
    short = now - visit.entered_at < queue.short_abandon_s * 1000
    return (VisitExit.SHORT_ABANDONED if short else VisitExit.ABANDONED), reason


def end_talk(contact: Contact, assignment: Assignment, ended_by: str, now: Instant) -> tuple[Assignment, ev.TalkEnded]:
    """The assignment when the conversation is over, and the record of it."""
    hold_s = assignment.hold_s + ((now - assignment.held_at) / 1000 if assignment.held_at is not None else 0.0)
    after = replace(assignment, talk_ended_at=now, held_at=None, hold_s=hold_s)
    fact = ev.TalkEnded(
        at=now,
        contact_id=contact.id,
        agent_id=assignment.agent_id,
        queue_id=assignment.queue,
        ended_by=ended_by,
        talk_s=talk_s(after),
        hold_s=hold_s,
    )
    return after, fact


def talk_s(assignment: Assignment) -> float:
    """Conversation without hold; an agent who waited in an empty room has talked for 0 s."""
    if assignment.talk_at is None or assignment.talk_ended_at is None:
        return 0.0
    return max(0.0, (assignment.talk_ended_at - assignment.talk_at) / 1000 - assignment.hold_s)


def handling_ended(contact: Contact, assignment: Assignment, now: Instant) -> ev.HandlingEnded:
    """The agent's work on the contact is over."""
    ended_at = assignment.talk_ended_at if assignment.talk_ended_at is not None else now
    return ev.HandlingEnded(
        at=now,
        contact_id=contact.id,
        agent_id=assignment.agent_id,
        queue_id=assignment.queue,
        visit=assignment.visit,
        accepted_at=assignment.accepted_at,
        talk_at=assignment.talk_at,
        talk_ended_at=ended_at,
        talk_s=talk_s(assignment),
        hold_s=assignment.hold_s,
        wrap_up_s=(now - ended_at) / 1000,
        disposition=assignment.disposition or "",
        resolved=assignment.resolved,
    )


def visit_ended(
    contact: Contact,
    visit: QueueVisit,
    exit_: VisitExit,
    reason: str,
    now: Instant,
    queue: Queue,
    agent: AgentId | None = None,
) -> ev.QueueVisitEnded:
    """The stay in the queue is over."""
    waited_s = max(0, now - visit.entered_at) / 1000
    return ev.QueueVisitEnded(
        at=now,
        contact_id=contact.id,
        agent_id=agent or "",
        queue_id=visit.queue,
        visit=visit.number,
        enqueued_at=visit.enqueued_at,
        exit=exit_,
        exit_reason=reason,
        waited_s=waited_s,
        target_s=queue.target_s,
        within_target=exit_ is VisitExit.ANSWERED and waited_s <= queue.target_s,
    )


def offer_ended(contact: Contact, offer: Offer, end: OfferEnd, now: Instant) -> ev.OfferEnded:
    """The offer is over."""
    visit = visit_of(contact)
    return ev.OfferEnded(
        at=now,
        contact_id=contact.id,
        agent_id=offer.agent_id,
        queue_id=visit.queue,
        visit=visit.number,
        offer_id=offer.id,
        end=end,
        rang_s=(now - offer.made_at) / 1000,
    )


def survey_ended(contact: Contact, run: SurveyRun, asked: int, now: Instant) -> ev.SurveyEnded:
    """The survey is over; asked: how many questions were put."""
    return ev.SurveyEnded(
        at=now,
        contact_id=contact.id,
        agent_id=run.agent_id or "",
        survey_id=run.survey_id,
        asked=asked,
        answered=len(run.answers),
    )


def contact_ended(contact: Contact, outcome: Outcome, reason: str, now: Instant) -> ev.ContactEnded:
    """The customer has left; of a callback, only the time on the line counts."""
    began = contact.started_at if contact.callback is None else contact.callback.reached_at or now
    return ev.ContactEnded(
        at=now,
        contact_id=contact.id,
        outcome=outcome,
        outcome_reason=reason,
        started_at=began,
        duration_s=(now - began) / 1000,
        customer_id=contact.customer_id or "",
        language=contact.language,
        direction=contact.direction,
    )
