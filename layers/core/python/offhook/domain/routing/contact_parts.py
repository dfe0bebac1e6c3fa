"""The parts that a contact must have for a move, and the agents' legs that outlast the part they belonged to."""

from collections.abc import Mapping
from dataclasses import replace

from offhook.domain import events as ev
from offhook.domain.errors import IllegalTransition
from offhook.domain.ids import CallSid, Instant, OfferId
from offhook.domain.routing.agent import EndpointKind
from offhook.domain.routing.contact import Assignment, Contact, ContactState, Leg, Offer, QueueVisit, SurveyRun


def require(contact: Contact, *states: ContactState) -> None:
    """Raises IllegalTransition unless the contact is in one of the states."""
    if contact.state not in states:
        raise IllegalTransition(f"The contact is {contact.state}, not {' or '.join(states)}.")


def visit_of(contact: Contact) -> QueueVisit:
    """The queue visit; raises IllegalTransition when there is none."""
    if contact.visit is None:
        raise IllegalTransition("The contact is in no queue.")
    return contact.visit


def offer_of(contact: Contact) -> Offer:
    """The live offer; raises IllegalTransition when there is none."""
    if contact.state is not ContactState.OFFERED or contact.offer is None:
        raise IllegalTransition("The contact has no live offer.")
    return contact.offer


def assignment_of(contact: Contact) -> Assignment:
    """The work of an agent that is not done; raises IllegalTransition when there is none."""
    if contact.assignment is None or contact.assignment.done_at is not None:
        raise IllegalTransition("No agent works on the contact.")
    return contact.assignment


def talking_of(contact: Contact) -> Assignment:
    """The work of the agent in conversation; raises IllegalTransition when it is over."""
    assignment = assignment_of(contact)
    if contact.state is not ContactState.CONNECTED or assignment.talk_ended_at is not None:
        raise IllegalTransition("The conversation is over.")
    return assignment


def survey_of(contact: Contact) -> SurveyRun:
    """The survey under way; raises IllegalTransition when there is none."""
    if contact.survey is None:
        raise IllegalTransition("The contact is in no survey.")
    return contact.survey


KEPT_LEGS = 4  # a contact has one leg at a time; more are of offers that were never answered, which nobody tells of
BILLED_AS: Mapping[EndpointKind, str] = {
    EndpointKind.BROWSER: "client",
    EndpointKind.PHONE: "outbound",
    EndpointKind.SIP: "sip",
}


def legs_after_offer(contact: Contact) -> tuple[Leg, ...]:
    """The legs to be kept when the contact's offer comes to nothing."""
    offer, visit = contact.offer, contact.visit
    if offer is None or offer.claimed_at is None or visit is None:
        return contact.legs
    return (*contact.legs, Leg(offer.id, offer.agent_id, visit.queue, 0, offer.endpoint.kind))[-KEPT_LEGS:]


def legs_after_work(contact: Contact) -> tuple[Leg, ...]:
    """The legs to be kept when the contact forgets who worked on it."""
    work = contact.assignment
    if work is None or work.leg_s is not None:
        return contact.legs
    return (*contact.legs, Leg(work.offer_id, work.agent_id, work.queue, work.visit, work.device))[-KEPT_LEGS:]


def leg_told(
    contact: Contact, offer: OfferId, sid: CallSid, duration_s: float, now: Instant
) -> tuple[Contact, ev.LegEnded] | None:
    """The contact and the fact once the carrier said how long the leg of an offer was; None when that is known."""
    work = contact.assignment
    if work is not None and work.offer_id == offer and work.leg_s is None:
        leg = Leg(offer, work.agent_id, work.queue, work.visit, work.device)
        return replace(contact, assignment=replace(work, leg_s=duration_s)), _fact(contact, leg, sid, duration_s, now)
    for leg in contact.legs:
        if leg.offer_id == offer:
            rest = tuple(one for one in contact.legs if one is not leg)
            return replace(contact, legs=rest), _fact(contact, leg, sid, duration_s, now)
    return None


def _fact(contact: Contact, leg: Leg, sid: CallSid, duration_s: float, now: Instant) -> ev.LegEnded:
    return ev.LegEnded(
        at=now,
        contact_id=contact.id,
        agent_id=leg.agent_id,
        queue_id=leg.queue,
        visit=leg.visit,
        leg_sid=sid,
        endpoint=BILLED_AS[leg.device],
        started_at=now - round(duration_s * 1000),
        duration_s=duration_s,
    )
