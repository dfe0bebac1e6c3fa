"""The list of recordings that are in our bucket: those of closed contacts, by the day of the call, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass

from offhook.domain.ids import ContactId, Instant
from offhook.domain.recordings.stored import StoredRecording
from offhook.domain.routing.contact import Contact
from offhook.domain.tenants.scope import Scope
from offhook.stores.recordings import Recordings
from offhook.usecases.analytics.contacts import closed_contacts
from offhook.usecases.deps import Deps

FILTERS = ("queue", "agent", "contact")


@dataclass(frozen=True, slots=True)
class RecordingLine:
    """One recording. at: when the call began; held: by a legal hold."""

    id: str
    contact_id: str
    at: Instant
    queue: str
    agent_id: str
    duration_s: float
    channels: int
    size: int
    paused_s: float
    retention: str
    held: bool


@dataclass(frozen=True, slots=True)
class RecordingPage:
    """A page, which may come short; next_after: where the next one goes on, None = this was the last."""

    data: list[RecordingLine]
    next_after: str | None


def list_recordings(deps: Deps, asked: Mapping[str, str], limit: int, after: str, scope: Scope) -> RecordingPage:
    """Those of contacts in the range that pass the filters and are in the scope; limit: recorded contacts looked at.

    asked: from, to (as in reports; default today), queue, agent, contact (then of that contact, whatever the range).
    Raises InvalidInput.
    """
    if asked.get("contact"):
        contact_id = ContactId(asked["contact"])
        one = (deps.contacts.get(contact_id) or deps.contacts.closed(contact_id)) if _is_id(contact_id) else None
        return RecordingPage(_of(deps, [one] if one else [], asked, scope), None)
    ranged = {name: value for name, value in asked.items() if name not in FILTERS}
    recorded, place = closed_contacts(deps, ranged, limit, after, lambda contact: bool(contact.recordings))
    return RecordingPage(_of(deps, recorded, asked, scope), place)


def _of(deps: Deps, contacts: list[Contact], asked: Mapping[str, str], scope: Scope) -> list[RecordingLine]:
    ids = [recording.sid for contact in contacts for recording in contact.recordings]
    found = Recordings(deps.items, deps.tenant.id).many(ids)
    return [_line(one) for one in found if _passes(one, asked) and scope.may_see_contact(one.queue, one.agent_id)]


def _passes(one: StoredRecording, asked: Mapping[str, str]) -> bool:
    wanted = {"queue": one.queue, "agent": one.agent_id, "contact": one.contact_id}
    return not one.deleting and all(wanted[name] == asked[name] for name in FILTERS if asked.get(name))


def _line(one: StoredRecording) -> RecordingLine:
    return RecordingLine(
        one.id, one.contact_id, one.at, one.queue, one.agent_id, one.duration_s, one.channels, one.size,
        sum(pause.lasted_s for pause in one.pauses), one.retention, one.held,
    )  # fmt: skip


def _is_id(text: str) -> bool:
    return 0 < len(text.encode()) <= 255
