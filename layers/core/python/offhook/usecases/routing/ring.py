"""Rings the agent of an offer, or a party: at most one leg each, whatever is repeated, lost or answered late."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offhook.domain import paths
from offhook.domain.errors import CarrierUnavailable, CarrierUncertain, InvalidInput
from offhook.domain.ids import SECOND, CallSid, ContactId, OfferId
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import transitions
from offhook.domain.routing.agent import EndpointKind
from offhook.domain.routing.callbacks import First
from offhook.domain.routing.contact import Contact, Offer, OfferEnd
from offhook.domain.routing.contact_parts import ringing_of
from offhook.domain.routing.party import Party
from offhook.domain.storage import CommitConflict
from offhook.domain.telephony import RingRequest
from offhook.lazily import lazily
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing.ask_for_key import key_document
from offhook.usecases.routing.offers import end_offer, ringing

if TYPE_CHECKING:
    from offhook.usecases.callbacks import dialling
else:
    (dialling,) = lazily("offhook.usecases.callbacks", "dialling")

CLAIM_MS = 15 * SECOND  # a worker that set out to ring longer ago is presumed dead
LATE_MS = 5 * SECOND  # a leg that begins later after its offer gets the full ringing time from its beginning
RETRY_S = 2.0
CARRIER_ADDS_S = 5  # carriers ring this much longer than they are told


@dataclass(frozen=True, slots=True)
class _Claim:
    contact: Contact
    offer: Offer | Party
    earlier: bool


def ring(deps: Deps, contact_id: ContactId, offer_id: OfferId) -> None:
    """Start the agent's leg unless it exists, the offer is over, or another worker is at it."""
    claim = _claim(deps, contact_id, offer_id)
    if claim is None:
        return
    request = _request(deps, claim)
    try:
        sid = _start(deps, request, claim)
    except InvalidInput:
        end_offer(deps, contact_id, offer_id, OfferEnd.UNREACHABLE)
        return
    except CarrierUnavailable:
        _give_up_claim(deps, contact_id, offer_id)
        deps.outgoing.send(Message(deps.tenant.id, Topic.RING, contact_id, offer_id), delay_s=RETRY_S)
        return
    _note_leg(deps, claim.contact, contact_id, offer_id, sid, began=False)


def ring_reported(
    deps: Deps, contact_id: ContactId, offer_id: OfferId, sid: CallSid, status: str, known: Contact | None = None
) -> None:
    """Progress of the agent's leg before acceptance (call status callback). known: the contact, if just read."""
    contact = known or deps.contacts.get(contact_id)
    if status in ("queued", "initiated", "ringing"):
        _note_leg(deps, contact, contact_id, offer_id, sid, began=status != "queued")
        return
    end, offer = _ENDS.get(status), ringing(contact, offer_id)
    if end is not None and offer is not None and offer.call_sid in (None, sid):
        end_offer(deps, contact_id, offer_id, end)


def cancel_ring(deps: Deps, sid: CallSid) -> None:
    """End the leg of an offer that is over."""
    deps.telephony.hang_up(sid)


_ENDS = {
    "completed": OfferEnd.NO_ANSWER,  # answered by something that pressed no key: a mailbox
    "no-answer": OfferEnd.NO_ANSWER,
    "busy": OfferEnd.BUSY,
    "failed": OfferEnd.UNREACHABLE,
}


def _claim(deps: Deps, contact_id: ContactId, offer_id: OfferId) -> _Claim | None:
    contact = deps.contacts.get(contact_id)
    offer = ringing(contact, offer_id)
    now = deps.clock.now()
    if contact is None or offer is None or offer.call_sid is not None or offer.expires_at <= now:
        return None
    if contact.awaits_customer and contact.callback is not None and contact.callback.first is First.CUSTOMER:
        dialling.dial(deps, contact_id)  # the agent is rung when the customer has answered
        return None
    if offer.claimed_at is not None and now - offer.claimed_at < CLAIM_MS:
        return None
    change = transitions.ring_claimed(contact, now, offer_id)
    try:
        claimed = deps.contacts.save(contact, change.entity, change.events)
    except CommitConflict:
        return _claim(deps, contact_id, offer_id)
    return _Claim(claimed, ringing_of(claimed, offer_id), offer.claimed_at is not None)


def _give_up_claim(deps: Deps, contact_id: ContactId, offer_id: OfferId) -> None:
    """Let the next attempt begin at once; it looks for a leg first, because claimed_at stays set."""

    def attempt() -> None:
        contact = deps.contacts.get(contact_id)
        if contact is not None and ringing(contact, offer_id) is not None:
            change = transitions.ring_claimed(contact, deps.clock.now() - CLAIM_MS, offer_id)
            deps.contacts.save(contact, change.entity, change.events)

    again_on_conflict(attempt)


def _request(deps: Deps, claim: _Claim) -> RingRequest:
    contact, offer = claim.contact, claim.offer
    own = offer.caller_id if isinstance(offer, Party) else ""
    return RingRequest(
        to=offer.endpoint.address,
        caller_id=own or deps.tenant.caller_id or contact.called_number,
        answer_path=paths.offer_answered(contact.id, offer.id),
        status_path=paths.offer_status(contact.id, offer.id),
        timeout_s=max(5, round(offer.ring_s) - CARRIER_ADDS_S),
        made_at=offer.made_at,
        document=key_document(deps, contact, offer.id) if _is_asked(offer) else None,
    )


def _is_asked(ring: Offer | Party) -> bool:
    """An agent's telephone must press 1; a browser's answer is the agent's, and an outside number just answers."""
    return ring.agent_id is not None and ring.endpoint.kind is not EndpointKind.BROWSER


def _start(deps: Deps, request: RingRequest, claim: _Claim) -> CallSid:
    """A lost answer is looked for by the agent's address. An outside number may be rung by others of the tenant too:
    there the leg's own report tells of it, and of two that answer the second is sent away."""
    if claim.offer.agent_id is None:
        return deps.telephony.ring(request)
    if claim.earlier:
        found = deps.telephony.find_ring(request)
        if found is not None:
            return found
    try:
        return deps.telephony.ring(request)
    except CarrierUncertain:
        found = deps.telephony.find_ring(request)
        if found is None:
            raise
        return found


def _note_leg(
    deps: Deps, known: Contact | None, contact_id: ContactId, offer_id: OfferId, sid: CallSid, *, began: bool
) -> None:
    """The leg exists, or has begun to ring; it must go when the offer is over or has another leg.

    known: the contact as read before; when it has changed since, the commit says so and it is read again.
    """
    read = [known]

    def attempt() -> bool:
        return _noted(deps, read.pop() if read else deps.contacts.get(contact_id), offer_id, sid, began)

    if not again_on_conflict(attempt):
        deps.outgoing.send(Message(deps.tenant.id, Topic.CANCEL_RING, contact_id, sid))


def _noted(deps: Deps, contact: Contact | None, offer_id: OfferId, sid: CallSid, began: bool) -> bool:
    if contact is not None and _has_leg(contact, sid):
        return True
    offer = ringing(contact, offer_id)
    if contact is None or offer is None:
        return False
    if offer.call_sid not in (None, sid):
        return False
    change = transitions.ring_started(contact, sid, offer_id)
    now = deps.clock.now()
    news = offer.call_sid is None or (began and offer.began_at is None)
    if news and now - offer.made_at > LATE_MS:
        change = transitions.ring_delayed(change.entity, now, began=began, rung=offer_id)
    deps.contacts.save(contact, change.entity, change.events)
    return True


def _has_leg(contact: Contact, sid: CallSid) -> bool:
    """The leg is that of somebody who has come: an agent in conversation, a party, the customer an agent called."""
    work = contact.assignment
    if contact.call_sid == sid or (work is not None and work.call_sid == sid):
        return True
    return any(party.is_joined and party.call_sid == sid for party in contact.parties)
