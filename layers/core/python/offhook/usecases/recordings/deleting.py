"""A recording is deleted by a rule, and what was deleted is proven: an entry of the audit chain names it.

The deletion is noted, our copy goes, the carrier is asked whether it has one, and then the proof is written.
Whoever dies in between is followed by the sweep. A legal hold that came before the note stands.
"""

from collections.abc import Callable
from dataclasses import replace

from offhook.domain.audit.chain import Act
from offhook.domain.audit.deeds import Deed
from offhook.domain.ids import DAY, Instant
from offhook.domain.recordings import changes
from offhook.domain.recordings.recording import DELETED
from offhook.domain.recordings.stored import (
    GONE_FOR_GOOD_DAYS,
    Deletion,
    OnLegalHold,
    StoredRecording,
    digest_of,
)
from offhook.domain.routing.contact import Contact
from offhook.domain.storage import Item, Put, Write
from offhook.stores import keys
from offhook.stores.audit import AuditTrail
from offhook.stores.codec import encode
from offhook.stores.recordings import Recordings
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict

ATTEMPTS = 12
Erase = Callable[[str], None]


def delete(deps: Deps, recording_id: str, rule: str, by: str, erase: Erase | None = None) -> Deletion | None:
    """The proof; None when there is no such recording. Again gives the same proof.

    erase: removes a file, and must know when it is gone. Raises OnLegalHold, CarrierUnavailable, StoreUnavailable.
    """
    kept = Recordings(deps.items, deps.tenant.id)
    noted = again_on_conflict(lambda: _note(deps, kept, recording_id, rule))
    if noted is None:
        return kept.deletion(recording_id)
    (erase or deps.media.erase)(noted.media_key)
    gone_at = noted.carrier_gone_at or _gone_at_carrier(deps, noted)
    return again_on_conflict(lambda: _prove(deps, kept, noted, by, gone_at), ATTEMPTS)


def hold_of(deps: Deps, contact: Contact) -> OnLegalHold | None:
    """Why the contact may not be deleted, if it may not."""
    hold = Recordings(deps.items, deps.tenant.id).hold_on(contact.id)
    if hold is None:
        return None
    return OnLegalHold("hold_on", contact=contact.id, reason=hold.reason)


def _note(deps: Deps, kept: Recordings, recording_id: str, rule: str) -> StoredRecording | None:
    one = kept.get(recording_id)
    if one is None or one.deleting:
        return one
    hold = kept.hold_on(one.contact_id)
    if hold is not None:
        raise OnLegalHold("hold_on", contact=one.contact_id, reason=hold.reason)
    write = kept.write(replace(one, deleting=rule), one.version)
    deps.items.commit(write, kept.unchanged_hold(one.contact_id, False))
    return kept.get(recording_id)


def _gone_at_carrier(deps: Deps, one: StoredRecording) -> Instant:
    deps.media.drop(one.id)
    return deps.clock.now()


def _prove(deps: Deps, kept: Recordings, one: StoredRecording, by: str, gone_at: Instant) -> Deletion | None:
    present = kept.get(one.id)
    if present is None:
        return kept.deletion(one.id)
    trail = AuditTrail(deps.items, deps.tenant.id)
    proof = _proof(one, by, deps.clock.now(), gone_at)
    proof = replace(proof, audit_number=trail.head().number + 1, digest=digest_of(proof))
    about: dict[str, object] = {
        "recording": proof.id, "contact": proof.contact_id, "rule": proof.rule, "sha256": proof.sha256,
        "proof": proof.digest,
    }  # fmt: skip
    act = Act(proof.deleted_at, by, "", Deed.RECORDING_DELETED, about)
    deps.items.commit(kept.prove(proof), *trail.appended(act), kept.gone(present), *_contact(deps, one))
    return proof


def _proof(one: StoredRecording, by: str, now: Instant, gone_at: Instant) -> Deletion:
    return Deletion(
        one.id,
        one.contact_id,
        one.sha256,
        one.size,
        one.duration_s,
        one.stored_at,
        now,
        one.deleting,
        by,
        gone_at,
        now + GONE_FOR_GOOD_DAYS * DAY,
    )


def _contact(deps: Deps, one: StoredRecording) -> list[Write]:
    """The contact says that it is deleted; while it is in the live table, so does an event."""
    live = deps.contacts.get(one.contact_id)
    known = live or deps.contacts.closed(one.contact_id)
    before = next((r for r in known.recordings if r.sid == one.id), None) if known else None
    if known is None or before is None:
        return []
    change = changes.reported(known, replace(before, status=DELETED, media_key=None), deps.clock.now())
    if live is not None:
        return deps.contacts.writes(live, change.entity, change.events)
    return [_record(deps, replace(change.entity, version=known.version + 1), known.version)]


def _record(deps: Deps, contact: Contact, expect: int) -> Put:
    tenant = deps.tenant.id
    index = keys.contact_by_day(tenant, contact.started_at, contact.id)
    return Put(Item(keys.contact_record(tenant, contact.id), contact.version, encode(contact), index=index), expect)
