"""What the carrier reports of a conference room and of the agent's leg after acceptance."""

from offhook.domain.errors import CallerGone, CarrierUnavailable
from offhook.domain.ids import CallSid, ContactId, OfferId
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import transitions
from offhook.domain.routing.contact import Contact, ContactState, Recording
from offhook.domain.telephony import RecordingFacts
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing.accept import customer_enters
from offhook.usecases.routing.leaving import CALL_OVER, agent_left, call_is_over, customer_left, is_talking
from offhook.usecases.routing.ring import ring_reported

JOIN_PATIENCE_MS = 40_000  # after this long without the customer the agent is freed


def room_reported(deps: Deps, contact_id: ContactId, offer_id: OfferId, event: str, sid: CallSid | None) -> None:
    """conference-start begins the talk time; the agent leaving ends it; everything else is settled elsewhere."""
    contact = deps.contacts.get(contact_id)
    if contact is None or not is_talking(contact, offer_id):
        return
    assert contact.assignment is not None
    if event == "conference-start":
        _talk_started(deps, contact_id, offer_id)
    elif event == "participant-leave" and sid == contact.assignment.call_sid:
        agent_left(deps, contact_id, offer_id)


def leg_reported(
    deps: Deps, contact_id: ContactId, offer_id: OfferId, sid: CallSid, status: str, duration_s: float = 0.0
) -> None:
    """Progress of the agent's leg: before acceptance it concerns the offer, afterwards the conversation."""
    contact = deps.contacts.get(contact_id)
    work = contact.assignment if contact else None
    if work is not None and work.offer_id == offer_id:
        if status in CALL_OVER and work.call_sid == sid:
            agent_left(deps, contact_id, offer_id)
            again_on_conflict(lambda: _note_leg(deps, contact_id, offer_id, duration_s))
        return
    ring_reported(deps, contact_id, offer_id, sid, status, contact)


def reconcile_join(deps: Deps, contact_id: ContactId, offer_id: OfferId) -> None:
    """The customer should be in the room by now: look, and bring them there or let the agent go."""
    contact = deps.contacts.get(contact_id)
    if contact is None or contact.state is not ContactState.CONNECTED or not is_talking(contact, offer_id):
        return
    assert contact.assignment is not None
    if contact.assignment.talk_at is not None:
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


def recording_reported(deps: Deps, contact_id: ContactId, recording: Recording, media_url: str = "") -> None:
    """A recording's progress; a completed one is copied to our bucket and deleted at the carrier by a worker."""
    if _note_recording(deps, contact_id, recording) and recording.status == "completed":
        message = Message(deps.tenant.id, Topic.STORE_RECORDING, contact_id, f"{recording.sid} {media_url}")
        deps.outgoing.send(message)


def recording_found(deps: Deps, contact_id: ContactId, sid: str, facts: RecordingFacts) -> None:
    """What the carrier says of a recording nobody told us the end of; a completed one is copied, perhaps again."""
    _note_recording(deps, contact_id, Recording(sid, facts.status, facts.duration_s))
    if facts.status == "completed":
        deps.outgoing.send(Message(deps.tenant.id, Topic.STORE_RECORDING, contact_id, f"{sid} {facts.media_url}"))


def store_recording(deps: Deps, contact_id: ContactId, sid: str, media_url: str) -> None:
    """Copy a completed recording; done once, however often it is asked."""
    contact = deps.contacts.get(contact_id) or deps.contacts.closed(contact_id)
    known = next((r for r in contact.recordings if r.sid == sid), None) if contact else None
    if known is None or known.media_key is not None:
        return
    key = deps.media.store(sid, media_url)
    _note_recording(deps, contact_id, Recording(sid, "stored", known.duration_s, key))


def _note_recording(deps: Deps, contact_id: ContactId, recording: Recording) -> bool:
    """Whether this report said something new; a late report never undoes a later state."""

    def attempt() -> bool:
        contact = deps.contacts.get(contact_id)
        if contact is None:
            return False
        known = next((r for r in contact.recordings if r.sid == recording.sid), None)
        if known is not None and _RANK.get(recording.status, 0) <= _RANK.get(known.status, 0):
            return False
        change = transitions.recording_changed(contact, recording, deps.clock.now())
        deps.contacts.save(contact, change.entity, change.events)
        return True

    return again_on_conflict(attempt)


_RANK = {"in-progress": 1, "paused": 1, "absent": 2, "failed": 2, "completed": 2, "stored": 3}


def _note_leg(deps: Deps, contact_id: ContactId, offer_id: OfferId, duration_s: float) -> None:
    contact = deps.contacts.get(contact_id)
    if contact is not None and duration_s > 0:
        change = transitions.leg_ended(contact, offer_id, duration_s, deps.clock.now())
        deps.contacts.save(contact, change.entity, change.events)


def _talk_started(deps: Deps, contact_id: ContactId, offer_id: OfferId) -> None:
    def attempt() -> None:
        contact = deps.contacts.get(contact_id)
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
        _talk_started(deps, contact.id, contact.assignment.offer_id)
        return False
    if contact.call_sid not in members:
        try:
            deps.telephony.redirect(contact.call_sid, customer_enters(deps, contact))
        except CallerGone:
            customer_left(deps, contact.id, "gone_before_connect")
            return False
    return True
