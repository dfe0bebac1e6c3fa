"""The parts that a contact must have for a move, and the agents' legs that outlast the part they belonged to."""

from collections.abc import Mapping
from dataclasses import replace

from offhook.domain import events as ev
from offhook.domain.errors import IllegalTransition
from offhook.domain.ids import AgentId, CallSid, Instant, OfferId, QueueId
from offhook.domain.routing.agent import EndpointKind
from offhook.domain.routing.contact import (
    Assignment,
    Contact,
    ContactState,
    KeptPlace,
    Leg,
    Offer,
    QueueVisit,
    SurveyRun,
)
from offhook.domain.routing.party import Party, PartyKind


def require(contact: Contact, *states: ContactState) -> None:
    """Raises IllegalTransition unless the contact is in one of the states."""
    if contact.state not in states:
        raise IllegalTransition("contact_is", state=contact.state, states=[*states])


def visit_of(contact: Contact) -> QueueVisit:
    """The queue visit; raises IllegalTransition when there is none."""
    if contact.visit is None:
        raise IllegalTransition("contact_no_queue")
    return contact.visit


def kept_place(visit: QueueVisit, now: Instant, keep_s: float) -> KeptPlace:
    """The place that somebody has again who leaves the line now and comes back within keep_s, 0 = never."""
    return KeptPlace(visit.queue, visit.enqueued_at, now + round(keep_s * 1000) if keep_s > 0 else 0)


def place_since(contact: Contact, queue: QueueId, now: Instant) -> Instant:
    """The enqueue time of somebody who joins the line now: their former one while that is kept."""
    kept = contact.kept
    return kept.enqueued_at if kept is not None and kept.queue == queue and now <= kept.until else now


def offer_of(contact: Contact) -> Offer:
    """The live offer; raises IllegalTransition when there is none."""
    if contact.state is not ContactState.OFFERED or contact.offer is None:
        raise IllegalTransition("contact_no_offer")
    return contact.offer


def work_of(contact: Contact, offer_id: OfferId | None) -> Assignment | None:
    """The agent's work that began with that offer, or with that party; None when there is none."""
    return next((work for work in contact.assignments if work.offer_id == offer_id), None)


def latest_work_of(contact: Contact, agent_id: AgentId, since: Instant) -> Assignment | None:
    """The agent's work on the contact that is not done, else what was done last, if that was not before since."""
    own = [w for w in contact.assignments if w.agent_id == agent_id and (w.done_at is None or w.done_at >= since)]
    return min(own, key=lambda w: (w.done_at is not None, -(w.done_at or 0)), default=None)


def with_work(contact: Contact, work: Assignment) -> Contact:
    """The contact with that work in place of the same work as it was."""
    if contact.assignment is not None and contact.assignment.offer_id == work.offer_id:
        return replace(contact, assignment=work)
    others = tuple(work if w.offer_id == work.offer_id else w for w in contact.others)
    return replace(contact, others=others)


def party_of(contact: Contact, party_id: OfferId) -> Party | None:
    """The party of that id, live or not."""
    return next((party for party in contact.parties if party.id == party_id), None)


def agents_party(contact: Contact, agent_id: AgentId) -> Party | None:
    """The live party that this agent is."""
    return next((party for party in contact.live_parties if party.agent_id == agent_id), None)


def with_party(contact: Contact, party: Party) -> Contact:
    """The contact with that party, in place of the same as it was or as one more."""
    if party_of(contact, party.id) is None:
        return replace(contact, parties=(*contact.parties, party))
    return replace(contact, parties=tuple(party if p.id == party.id else p for p in contact.parties))


def ringing_of(contact: Contact, rung: OfferId | None = None) -> Offer | Party:
    """Who is being rung: the party of that id, or (None, or the offer's own id) the agent of the live offer.

    Raises IllegalTransition when it rings no longer.
    """
    party = party_of(contact, rung) if rung is not None else None
    if party is None:
        return offer_of(contact)
    if not party.is_ringing:
        raise IllegalTransition("party_not_ringing")
    return party


def with_ringing(contact: Contact, ring: Offer | Party) -> Contact:
    """The contact with that offer or party as it is now."""
    return with_party(contact, ring) if isinstance(ring, Party) else replace(contact, offer=ring)


def assignment_of(contact: Contact) -> Assignment:
    """The work of the leading agent that is not done; raises IllegalTransition when there is none."""
    if contact.assignment is None or contact.assignment.done_at is not None:
        raise IllegalTransition("agents_none_at_work")
    return contact.assignment


def talking_of(contact: Contact) -> Assignment:
    """The work of the agent in conversation; raises IllegalTransition when it is over."""
    assignment = assignment_of(contact)
    if contact.state is not ContactState.CONNECTED or assignment.talk_ended_at is not None:
        raise IllegalTransition("conversation_over")
    return assignment


def survey_of(contact: Contact) -> SurveyRun:
    """The survey under way; raises IllegalTransition when there is none."""
    if contact.survey is None:
        raise IllegalTransition("contact_no_survey")
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


def leg_told(
    contact: Contact, offer: OfferId, sid: CallSid, duration_s: float, now: Instant
) -> tuple[Contact, ev.LegEnded] | None:
    """The contact and the fact once the carrier said how long the leg of an offer was; None when that is known."""
    work, party = work_of(contact, offer), party_of(contact, offer)
    if party is not None and (party.leg_s is not None or (work is not None and work.leg_s is not None)):
        return None
    if work is not None and work.leg_s is None:
        leg = Leg(offer, work.agent_id, work.queue, work.visit, work.device)
        fact = replace(_fact(contact, leg, sid, duration_s, now), party_id=offer if party else "")
        return with_work(contact, replace(work, leg_s=duration_s)), fact
    if party is not None:
        return with_party(contact, replace(party, leg_s=duration_s)), _of_party(contact, party, sid, duration_s, now)
    for leg in contact.legs:
        if leg.offer_id == offer:
            rest = tuple(one for one in contact.legs if one is not leg)
            return replace(contact, legs=rest), _fact(contact, leg, sid, duration_s, now)
    return None


def _of_party(contact: Contact, party: Party, sid: CallSid, duration_s: float, now: Instant) -> ev.LegEnded:
    """The leg of a customer whom an agent called is the customer's; that of an outside number is of who asked."""
    agent = None if party.kind is PartyKind.CUSTOMER else party.agent_id or party.invited_by
    leg = Leg(party.id, agent or AgentId(""), party.queue or QueueId(""), 0, party.endpoint.kind)
    return replace(_fact(contact, leg, sid, duration_s, now), party_id=party.id if agent else "")


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
