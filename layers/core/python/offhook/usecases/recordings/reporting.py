"""What the carrier reports of a recording, in any order and number, and what nobody reported."""

from offhook.domain.ids import ContactId
from offhook.domain.messages import Message, Topic
from offhook.domain.recordings import changes
from offhook.domain.recordings.recording import RECORDING_OVER, Recording
from offhook.domain.routing.contact import Contact
from offhook.domain.telephony import RecordingFacts
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict, first_given

UNDER_WAY = frozenset({"in-progress", "paused", "processing", "stopped"})
_RANK = {
    "in-progress": 1, "paused": 1, "stopped": 1, "absent": 2, "failed": 2, "completed": 2, "copied": 3, "stored": 4,
    "deleted": 5,
}  # fmt: skip


def recording_reported(deps: Deps, contact_id: ContactId, recording: Recording, media_url: str = "") -> None:
    """A recording's progress; a completed one is copied to our bucket and deleted at the carrier by a worker."""
    contact = deps.contacts.get(contact_id) if recording.sid else None
    if contact is None or is_ours(contact, recording.sid):
        return
    if recording.status == "completed":
        have_stored(deps, contact_id, recording.sid, recording.duration_s, media_url)
    else:
        note(deps, contact_id, recording, contact)


def recording_found(deps: Deps, contact_id: ContactId, facts: RecordingFacts, of: str = "") -> None:
    """What the carrier says of a recording nobody told us the end of; a completed one is copied, perhaps again."""
    if facts.status not in UNDER_WAY:
        reported = Recording(facts.sid, facts.status, facts.duration_s, of=of)
        recording_reported(deps, contact_id, reported, facts.media_url)


def look_for_recordings(deps: Deps, contact: Contact, expected: Recording) -> None:
    """A recording that was expected, and of which nothing was heard: what is there that we have not?"""
    have = {r.sid for r in contact.recordings if r.status in RECORDING_OVER}
    new = [facts for facts in deps.telephony.recordings_of(expected.source) if facts.sid not in have]
    for facts in new:
        recording_found(deps, contact.id, facts, expected.source)
    if not new:
        again_on_conflict(lambda: _drop_expected(deps, contact.id, expected.source))


def is_ours(contact: Contact, sid: str) -> bool:
    """The recording is in our bucket, or was and is deleted: whatever is still reported of it is late."""
    return any(r.sid == sid and (r.media_key is not None or r.status in RECORDING_OVER) for r in contact.recordings)


def have_stored(deps: Deps, contact_id: ContactId, sid: str, duration_s: int, media_url: str) -> None:
    """Have a worker copy it."""
    deps.outgoing.send(Message(deps.tenant.id, Topic.STORE_RECORDING, contact_id, f"{sid} {duration_s} {media_url}"))


def note(deps: Deps, contact_id: ContactId, recording: Recording, known: Contact | None = None) -> None:
    """A late report never undoes a later state. known: the contact, if just read."""
    load = first_given(known, lambda: deps.contacts.get(contact_id))

    def attempt() -> None:
        contact = load()
        if contact is None or not is_news(contact, recording):
            return
        change = changes.reported(contact, recording, deps.clock.now())
        deps.contacts.save(contact, change.entity, change.events)

    again_on_conflict(attempt)


def is_news(contact: Contact, recording: Recording) -> bool:
    """It is further than what is known of it."""
    before = next((r for r in contact.recordings if r.sid == recording.sid), None)
    return before is None or _RANK.get(recording.status, 0) > _RANK.get(before.status, 0)


def _drop_expected(deps: Deps, contact_id: ContactId, source: str) -> None:
    contact = deps.contacts.get(contact_id)
    if contact is not None:
        change = changes.unmade(contact, source)
        deps.contacts.save(contact, change.entity, change.events)
