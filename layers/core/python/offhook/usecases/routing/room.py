"""What the carrier reports of a conference room and of the agent's leg after acceptance."""

from typing import TYPE_CHECKING

from offhook.domain.errors import CallerGone, CarrierUnavailable
from offhook.domain.ids import CallSid, ContactId, OfferId
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import transitions
from offhook.domain.routing.contact import Contact, ContactState
from offhook.domain.routing.contact_parts import party_of, work_of
from offhook.domain.routing.party import Party, PartyKind
from offhook.lazily import lazily
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict, first_given
from offhook.usecases.routing.accept import customer_enters
from offhook.usecases.routing.leaving import CALL_OVER, agent_left, call_is_over, customer_left, is_talking
from offhook.usecases.routing.offers import live_offer
from offhook.usecases.routing.ring import ring_reported

if TYPE_CHECKING:
    from offhook.usecases.routing import party_leave
else:
    (party_leave,) = lazily("offhook.usecases.routing", "party_leave")

JOIN_PATIENCE_MS = 40_000  # after this long without the customer the agent is freed


def room_reported(deps: Deps, contact_id: ContactId, offer_id: OfferId, event: str, sid: CallSid | None) -> None:
    """conference-start begins the talk time; the agent leaving ends it; everything else is settled elsewhere."""
    contact = deps.contacts.get(contact_id)
    if contact is None or not is_talking(contact, offer_id):
        return
    assert contact.assignment is not None
    if event == "conference-start":
        _talk_started(deps, contact, offer_id)
    elif event == "participant-leave" and sid == contact.assignment.call_sid:
        agent_left(deps, contact_id, offer_id, contact)


def leg_reported(
    deps: Deps, contact_id: ContactId, offer_id: OfferId, sid: CallSid, status: str, duration_s: float = 0.0
) -> None:
    """Progress of the agent's leg: before acceptance it concerns the offer, afterwards the conversation."""
    contact = deps.contacts.get(contact_id)
    work = work_of(contact, offer_id) if contact else None
    if work is not None:
        if status in CALL_OVER and work.call_sid == sid:
            changed = agent_left(deps, contact_id, offer_id, contact)
            _leg_told(deps, contact_id, offer_id, sid, duration_s, None if changed else contact)
        return
    party = party_of(contact, offer_id) if contact and contact.parties else None
    if contact is not None and party is not None and party.joined_at is not None:
        if status in CALL_OVER and party.call_sid == sid:
            _party_over(deps, contact, party)
            _leg_told(deps, contact_id, offer_id, sid, duration_s, None)
        return
    ring_reported(deps, contact_id, offer_id, sid, status, contact)
    if status in CALL_OVER and contact is not None:
        changed = live_offer(contact, offer_id) is not None or party is not None
        _leg_told(deps, contact_id, offer_id, sid, duration_s, None if changed else contact)


def _party_over(deps: Deps, contact: Contact, party: Party) -> None:
    """A party's leg is over; that of a customer whom an agent called ends the contact."""
    if party.kind is PartyKind.CUSTOMER:
        customer_left(deps, contact.id, "hangup")
    else:
        party_leave.leg_over(deps, contact.id, party.id)


def reconcile_join(deps: Deps, contact_id: ContactId, offer_id: OfferId) -> None:
    """The customer should be in the room by now: look, and bring them there or let the agent go."""
    contact = deps.contacts.get(contact_id)
    if contact is None or contact.state is not ContactState.CONNECTED or not is_talking(contact, offer_id):
        return
    assert contact.assignment is not None
    if contact.assignment.talk_at is not None or contact.awaits_customer:
        return
    if contact.assignment.call_sid is not None and call_is_over(deps, contact.assignment.call_sid):
        agent_left(deps, contact_id, offer_id)
        return
    try:
        if not _customer_here(deps, contact):
            return
    except CarrierUnavailable:
        pass
    if deps.clock.now() - contact.assignment.accepted_at > JOIN_PATIENCE_MS:
        agent_left(deps, contact_id, offer_id)
        return
    deps.outgoing.send(Message(deps.tenant.id, Topic.RECONCILE_JOIN, contact_id, offer_id), delay_s=5)


def _leg_told(
    deps: Deps, contact_id: ContactId, offer_id: OfferId, sid: CallSid, duration_s: float, known: Contact | None
) -> None:
    """Note how long the leg was; one that nobody answered was none. known: the contact, if it is as just read."""
    load = first_given(known, lambda: deps.contacts.get(contact_id))

    def attempt() -> None:
        contact = load()
        if contact is not None:
            change = transitions.leg_ended(contact, offer_id, sid, duration_s, deps.clock.now())
            deps.contacts.save(contact, change.entity, change.events)

    if duration_s > 0:
        again_on_conflict(attempt)


def _talk_started(deps: Deps, known: Contact, offer_id: OfferId) -> None:
    load = first_given(known, lambda: deps.contacts.get(known.id))

    def attempt() -> None:
        contact = load()
        if contact is not None and contact.state is ContactState.CONNECTED and is_talking(contact, offer_id):
            change = transitions.talk_started(contact, deps.clock.now())
            deps.contacts.save(contact, change.entity, change.events)

    again_on_conflict(attempt)


def _customer_here(deps: Deps, contact: Contact) -> bool:
    """Bring the customer in; False when the contact is settled: joined already, or gone."""
    facts = deps.telephony.call(contact.call_sid)
    if facts is None or facts.status in CALL_OVER:
        customer_left(deps, contact.id, "gone_before_connect")
        return False
    assert contact.assignment is not None
    members = deps.telephony.room_members(contact.room)
    if contact.call_sid in members and contact.assignment.call_sid in members:
        _talk_started(deps, contact, contact.assignment.offer_id)
        return False
    if contact.call_sid not in members:
        try:
            deps.telephony.redirect(contact.call_sid, customer_enters(deps, contact))
        except CallerGone:
            customer_left(deps, contact.id, "gone_before_connect")
            return False
    return True
