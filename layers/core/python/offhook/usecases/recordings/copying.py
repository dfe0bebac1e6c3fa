"""A completed recording is copied to our bucket and compared there, then deleted at the carrier; done once."""

from dataclasses import replace

from offhook.domain.errors import CarrierUnavailable, NotFound
from offhook.domain.ids import ContactId
from offhook.domain.recordings import changes
from offhook.domain.recordings.media import Copy
from offhook.domain.recordings.recording import COPIED, STORED, Recording
from offhook.domain.recordings.stored import StoredRecording
from offhook.domain.routing.contact import Contact
from offhook.domain.storage import Write
from offhook.stores.recordings import Recordings
from offhook.usecases.deps import Deps
from offhook.usecases.recordings import reporting
from offhook.usecases.retry import again_on_conflict


def store_recording(deps: Deps, contact_id: ContactId, sid: str, duration_s: int, media_url: str) -> None:
    """However often it is asked. The carrier's copy goes when ours was compared; if it cannot, the sweep has it go."""
    contact = _contact(deps, contact_id)
    kept = Recordings(deps.items, deps.tenant.id)
    if contact is None or reporting.is_ours(contact, sid) or kept.get(sid) or kept.deletion(sid):
        return
    copy = deps.media.copy(sid, media_url)
    status = STORED if _dropped(deps, sid) else COPIED
    seconds = round(copy.facts.duration_s) or duration_s
    again_on_conflict(lambda: _write(deps, contact_id, Recording(sid, status, seconds, copy.key), copy))


def drop_at_carrier(deps: Deps, contact_id: ContactId, sid: str) -> None:
    """The carrier still had a copy when ours was stored: delete it now; raises CarrierUnavailable."""
    deps.media.drop(sid)

    def attempt() -> None:
        contact, kept = _contact(deps, contact_id), Recordings(deps.items, deps.tenant.id)
        before = next((r for r in contact.recordings if r.sid == sid), None) if contact else None
        item = kept.get(sid)
        now = deps.clock.now()
        writes: list[Write] = []
        if item is not None and not item.carrier_gone_at:
            writes.append(kept.write(replace(item, carrier_gone_at=now), item.version))
        if contact is not None and before is not None and before.status == COPIED:
            change = changes.reported(contact, replace(before, status=STORED), now)
            writes += deps.contacts.writes(contact, change.entity, change.events)
        if writes:
            deps.items.commit(*writes)

    again_on_conflict(attempt)


def _dropped(deps: Deps, sid: str) -> bool:
    try:
        deps.media.drop(sid)
    except CarrierUnavailable:
        return False
    return True


def _write(deps: Deps, contact_id: ContactId, recording: Recording, copy: Copy) -> None:
    """The contact and the recording's own item in one commit; a contact that is closed for long has the latter only."""
    contact, kept = deps.contacts.get(contact_id), Recordings(deps.items, deps.tenant.id)
    if kept.get(recording.sid) is not None:
        return
    known = contact or deps.contacts.closed(contact_id)
    if known is None:
        raise NotFound("The contact is gone.")
    now = deps.clock.now()
    change = changes.reported(known, recording, now)
    noted = next(r for r in change.entity.recordings if r.sid == recording.sid)
    held = kept.hold_on(contact_id) is not None
    item = _stored(known, noted, copy, now, held)
    writes: list[Write] = [kept.write(item, 0), kept.unchanged_hold(contact_id, held)]
    if contact is not None and reporting.is_news(contact, recording):
        writes += deps.contacts.writes(contact, change.entity, change.events)
    deps.items.commit(*writes)


def _stored(contact: Contact, noted: Recording, copy: Copy, now: int, held: bool) -> StoredRecording:
    work, facts = contact.assignment, copy.facts
    return StoredRecording(
        noted.sid,
        contact.id,
        contact.started_at,
        now,
        copy.key,
        facts.size,
        facts.sha256,
        queue=work.queue if work else "",
        agent_id=work.agent_id if work else "",
        duration_s=facts.duration_s or float(noted.duration_s),
        channels=facts.channels,
        peaks=facts.peaks,
        pauses=noted.pauses,
        retention=noted.retention,
        carrier_gone_at=now if noted.status == STORED else 0,
        held=held,
    )


def _contact(deps: Deps, contact_id: ContactId) -> Contact | None:
    return deps.contacts.get(contact_id) or deps.contacts.closed(contact_id)
