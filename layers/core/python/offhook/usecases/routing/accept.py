"""An agent takes an offered contact: the claim is written first, then both legs enter the room."""

from typing import TYPE_CHECKING

from offhook.domain import paths
from offhook.domain.documents import Document, EnterRoom, HangUp, Say
from offhook.domain.errors import CallerGone, CarrierUnavailable, OfferExpired
from offhook.domain.ids import CallSid, ContactId, OfferId
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import agent_transitions, transitions
from offhook.domain.routing.agent import AgentState, EndpointKind
from offhook.domain.routing.contact import Contact, ContactState, OfferEnd
from offhook.domain.routing.contact_parts import party_of
from offhook.domain.routing.queues import Queue
from offhook.lazily import lazily
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing.ask_for_key import key_document
from offhook.usecases.routing.leaving import customer_left
from offhook.usecases.routing.offers import end_offer, live_offer
from offhook.usecases.routing.phrases import phrase

if TYPE_CHECKING:
    from offhook.domain.routing import callback_moves
    from offhook.usecases.routing import party_join
else:
    (callback_moves,) = lazily("offhook.domain.routing", "callback_moves")
    (party_join,) = lazily("offhook.usecases.routing", "party_join")

JOIN_S = 5.0  # the customer is in the room by then, or somebody looks


def leg_answered(deps: Deps, contact_id: ContactId, offer_id: OfferId, sid: CallSid) -> Document:
    """The agent's leg was answered: a browser has thereby accepted, a telephone is asked to press 1."""
    contact = deps.contacts.get(contact_id)
    if _has_claimed(contact, offer_id, sid):
        assert contact is not None
        return _agent_enters(contact)
    party = party_of(contact, offer_id) if contact is not None and contact.parties else None
    if contact is not None and party is not None:
        return party_join.leg_answered(deps, contact, party, sid)
    offer = live_offer(contact, offer_id)
    if contact is None or offer is None or offer.call_sid not in (None, sid):
        return (HangUp(),)
    if offer.endpoint.kind is EndpointKind.BROWSER:
        return accept(deps, contact_id, offer_id, sid)
    return key_document(deps, contact, offer_id)


def key_pressed(deps: Deps, contact_id: ContactId, offer_id: OfferId, sid: CallSid, keys: str) -> Document:
    """What the agent pressed on the telephone: 1 accepts, nothing is no answer, anything else declines."""
    if keys == "1":
        return accept(deps, contact_id, offer_id, sid)
    end_offer(deps, contact_id, offer_id, OfferEnd.DECLINED if keys else OfferEnd.NO_ANSWER)
    return (HangUp(),)


def accept(deps: Deps, contact_id: ContactId, offer_id: OfferId, sid: CallSid) -> Document:
    """Claim the contact and bring the customer into the room; the returned document brings the agent there.

    A repeated acceptance moves nobody: the customer would fall out of the room they are in.
    """
    try:
        contact, again = again_on_conflict(lambda: _claim(deps, contact_id, offer_id, sid))
    except OfferExpired:
        known = deps.contacts.get(contact_id)
        if known is not None and party_of(known, offer_id) is not None:
            return party_join.join(deps, contact_id, offer_id, sid)
        return (_say(deps, "caller_gone"), HangUp())
    if again:
        return _agent_enters(contact)
    if contact.awaits_customer:
        deps.outgoing.send(Message(deps.tenant.id, Topic.DIAL, contact_id))
        return _agent_enters(contact)
    deps.outgoing.send(Message(deps.tenant.id, Topic.RECONCILE_JOIN, contact_id, offer_id), delay_s=JOIN_S)
    try:
        deps.telephony.redirect(contact.call_sid, customer_enters(deps, contact))
    except CallerGone:
        customer_left(deps, contact_id, "gone_before_connect")
        return (_say(deps, "caller_gone"), HangUp())
    except CarrierUnavailable:
        deps.outgoing.send(Message(deps.tenant.id, Topic.RECONCILE_JOIN, contact_id, offer_id), delay_s=1)
    return _agent_enters(contact)


def customer_enters(deps: Deps, contact: Contact) -> Document:
    """The customer joins the room, which ends when the customer leaves it; recorded only after a notice."""
    work = contact.assignment
    assert work is not None
    record = any(one.source == contact.room and one.is_running for one in contact.recordings)
    return (
        EnterRoom(
            room=contact.room,
            label="customer",
            ends_room=True,
            events_path=paths.room_events(contact.id, work.offer_id),
            ended_path=paths.room_ended(contact.id, work.visit),
            record=record,
            recording_path=paths.recording(contact.id) if record else None,
        ),
    )


def _agent_enters(contact: Contact) -> Document:
    work = contact.assignment
    assert work is not None
    return (
        EnterRoom(
            room=contact.room,
            label="agent",
            ends_room=False,
            events_path=paths.room_events(contact.id, work.offer_id),
        ),
    )


def _has_claimed(contact: Contact | None, offer_id: OfferId, sid: CallSid) -> bool:
    work = contact.assignment if contact else None
    return work is not None and work.offer_id == offer_id and work.call_sid == sid and work.talk_ended_at is None


def _claim(deps: Deps, contact_id: ContactId, offer_id: OfferId, sid: CallSid) -> tuple[Contact, bool]:
    """The contact with its assignment, and whether it had been claimed by this leg before."""
    contact = deps.contacts.get(contact_id)
    if contact is not None and contact.state is ContactState.CONNECTED and _has_claimed(contact, offer_id, sid):
        return contact, True
    offer = live_offer(contact, offer_id)
    agent = deps.agents.get(offer.agent_id) if offer else None
    if contact is None or offer is None or agent is None or agent.state is not AgentState.RESERVED:
        raise OfferExpired()
    now = deps.clock.now()
    assert contact.visit is not None
    queue = deps.config.get(Queue, contact.visit.queue)
    from offhook.usecases.recordings.planning import with_plan  # most requests claim nothing

    took = callback_moves.agent_took if contact.awaits_customer else transitions.offer_accepted
    accepted = took(with_plan(deps, contact, queue), sid, now, queue)
    claimed = agent_transitions.claimed(agent, now)
    deps.items.commit(
        *deps.contacts.writes(contact, accepted.entity, accepted.events),
        *deps.agents.writes(agent, claimed.entity, claimed.events),
    )
    return deps.contacts.next_version(contact, accepted.entity), False


def _say(deps: Deps, key: str) -> Say:
    return Say(phrase(key, deps.tenant.language), deps.tenant.language)
