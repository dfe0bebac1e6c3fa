"""Ends offers that came to nothing: agent and contact are released in one transaction and both look again."""

from typing import TYPE_CHECKING

from offhook.domain.errors import CarrierUnavailable, NotFound, OfferExpired
from offhook.domain.ids import AgentId, CallSid, ContactId, OfferId, QueueId
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import agent_transitions, transitions
from offhook.domain.routing.agent import REST_S, Agent, AgentState
from offhook.domain.routing.contact import Contact, ContactState, Offer, OfferEnd
from offhook.domain.routing.contact_parts import agents_party, party_of
from offhook.domain.routing.party import Party
from offhook.domain.routing.queues import Queue
from offhook.domain.storage import Write
from offhook.lazily import lazily
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict

if TYPE_CHECKING:
    from offhook.usecases.routing import match, party_leave
else:
    match, party_leave = lazily("offhook.usecases.routing", "match", "party_leave")

STILL_QUEUED_MS = 10_000


def live_offer(contact: Contact | None, offer_id: OfferId) -> Offer | None:
    """The contact's present offer if it is the one named."""
    if contact is None or contact.state is not ContactState.OFFERED or contact.offer is None:
        return None
    return contact.offer if contact.offer.id == offer_id else None


def ringing(contact: Contact | None, offer_id: OfferId) -> Offer | Party | None:
    """The contact's live offer, or the party being rung, of that id."""
    party = party_of(contact, offer_id) if contact is not None else None
    if party is not None:
        return party if party.is_ringing else None
    return live_offer(contact, offer_id)


def end_offer(deps: Deps, contact_id: ContactId, offer_id: OfferId, end: OfferEnd) -> None:
    """Whoever was rung does not come; a repeated or late report changes nothing."""
    ended = again_on_conflict(lambda: _end(deps, contact_id, offer_id, end))
    if ended is None:
        return
    if isinstance(ended, Party):
        party_leave.not_coming(deps, contact_id, offer_id, end)
        return
    contact, agent, leg = ended
    if leg is not None:
        deps.outgoing.send(Message(deps.tenant.id, Topic.CANCEL_RING, contact_id, leg))
    match.match_contact(deps, contact)
    if agent is None:
        return
    if agent.missed_contact == contact_id:  # who may be asked again when nobody else comes by then
        deps.outgoing.send(Message(deps.tenant.id, Topic.MATCH_CONTACT, contact_id), delay_s=REST_S)
    match.match_agent(deps, agent)


def decline(deps: Deps, agent_id: AgentId, contact_id: ContactId, offer_id: OfferId) -> None:
    """The agent says no; raises NotFound when the offer is not theirs, and OfferExpired when it is over."""
    contact = deps.contacts.get(contact_id)
    party = agents_party(contact, agent_id) if contact else None
    offered = contact.offer if contact and contact.offer and contact.offer.agent_id == agent_id else party
    if contact is None or offered is None:
        raise NotFound("You have no such offer.")
    if ringing(contact, offer_id) is not offered:
        raise OfferExpired()
    end_offer(deps, contact_id, offer_id, OfferEnd.DECLINED)


def deadline(deps: Deps, contact_id: ContactId, offer_id: OfferId) -> None:
    """The lease may have run out: end the offer, or look again when it has been extended."""
    offer = ringing(deps.contacts.get(contact_id), offer_id)
    if offer is None:
        return
    left_ms = offer.expires_at - deps.clock.now()
    if left_ms <= 0 and _in_carriers_line(deps, offer):
        left_ms = STILL_QUEUED_MS
    if left_ms > 0:
        message = Message(deps.tenant.id, Topic.OFFER_DEADLINE, contact_id, offer_id)
        deps.outgoing.send(message, delay_s=left_ms / 1000)
        return
    end_offer(deps, contact_id, offer_id, OfferEnd.NO_ANSWER if offer.call_sid else OfferEnd.CARRIER_FAILED)


def _in_carriers_line(deps: Deps, offer: Offer | Party) -> bool:
    """The carrier has taken the leg and not begun it yet: another agent's leg would only stand further back."""
    if offer.call_sid is None or offer.began_at is not None:
        return False
    try:
        facts = deps.telephony.call(offer.call_sid)
    except CarrierUnavailable:
        return False
    return facts is not None and facts.status == "queued"


def release_writes(deps: Deps, contact: Contact, end: OfferEnd) -> tuple[list[Write], Agent | None]:
    """The writes that free the agent reserved for this contact, and the agent afterwards; none when not reserved."""
    offer = contact.offer
    agent = deps.agents.get(offer.agent_id) if offer else None
    if offer is None or agent is None or agent.state is not AgentState.RESERVED or agent.offer_id != offer.id:
        return [], None
    queue = contact.visit.queue if contact.visit else None
    released = agent_transitions.released(agent, end, deps.clock.now(), away_after_missed(deps, queue, end))
    writes = deps.agents.writes(agent, released.entity, released.events)
    return writes, deps.agents.next_version(agent, released.entity)


def away_after_missed(deps: Deps, queue_id: QueueId | None, end: OfferEnd) -> int:
    """From which missed call in a row on agents of the queue are away; what is usual when it has no say."""
    queue = deps.config.find(Queue, queue_id) if queue_id and end is OfferEnd.NO_ANSWER else None
    return queue.away_after_missed if queue else agent_transitions.AWAY_AFTER_MISSED


def _end(
    deps: Deps, contact_id: ContactId, offer_id: OfferId, end: OfferEnd
) -> tuple[Contact, Agent | None, CallSid | None] | Party | None:
    contact = deps.contacts.get(contact_id)
    offer = ringing(contact, offer_id)
    if isinstance(offer, Party):
        return offer
    if contact is None or offer is None:
        return None
    change = transitions.offer_ended(contact, end, deps.clock.now())
    release, agent = release_writes(deps, contact, end)
    deps.items.commit(*deps.contacts.writes(contact, change.entity, change.events), *release)
    return deps.contacts.next_version(contact, change.entity), agent, offer.call_sid
