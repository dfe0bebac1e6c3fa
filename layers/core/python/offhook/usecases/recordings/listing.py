"""The list of recordings that are in our bucket: those of closed contacts, by the day of the call, newest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from offhook.domain.ids import ContactId, Instant
from offhook.domain.recordings.stored import StoredRecording
from offhook.domain.routing.contact import Contact
from offhook.domain.tenants.scope import Scope
from offhook.stores.recordings import Recordings
from offhook.usecases.analytics import contacts as closed
from offhook.usecases.deps import Deps
from offhook.usecases.pages import first_page

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
    """A page; next_after: where the next one goes on, None = this was the last."""

    data: list[RecordingLine]
    next_after: str | None


def list_recordings(deps: Deps, asked: Mapping[str, str], limit: int, after: str, scope: Scope) -> RecordingPage:
    """Up to limit of those of contacts in the range that pass the filters and are in the scope.

    asked: from, to (as in reports; default today), queue, agent, contact (then of that contact, whatever the range).
    Raises InvalidInput.
    """
    if asked.get("contact"):
        contact_id = ContactId(asked["contact"])
        one = (deps.contacts.get(contact_id) or deps.contacts.closed(contact_id)) if _is_id(contact_id) else None
        lines = _lines(deps, [("", one)] if one else [], asked, scope)
        return RecordingPage([line for _, line in lines if line], None)
    ranged = {name: value for name, value in asked.items() if name not in FILTERS}
    readings = closed.closed_contacts(deps, ranged, after)
    lines = (line for reading in readings for line in _lines(deps, reading, asked, scope) if _is_beyond(line[0], after))
    return RecordingPage(*first_page(lines, limit, closed.READ_AT_MOST))


def _lines(
    deps: Deps, contacts: list[tuple[str, Contact]], asked: Mapping[str, str], scope: Scope
) -> Iterator[tuple[str, RecordingLine | None]]:
    """Each recording, None = it is not wanted, with the place to go on after it: that of its contact, and its number.

    Reading goes on after a place with a number by reading its contact again.
    """
    ids = [recording.sid for _, contact in contacts for recording in contact.recordings]
    wanted = {one.id: one for one in Recordings(deps.items, deps.tenant.id).many(ids) if _is_wanted(one, asked, scope)}
    for place, contact in contacts:
        for number, recording in enumerate(contact.recordings):
            one = wanted.get(recording.sid)
            yield f"{place}+{number:03d}", _line(one) if one else None
        yield place, None


def _is_beyond(place: str, after: str) -> bool:
    """Whether a recording was not on the page before, which may have ended within its contact."""
    contact, _, _ = after.partition("+")
    return not place.startswith(f"{contact}+") or place > after


def _is_wanted(one: StoredRecording, asked: Mapping[str, str], scope: Scope) -> bool:
    told = {"queue": one.queue, "agent": one.agent_id, "contact": one.contact_id}
    passes = all(told[name] == asked[name] for name in FILTERS if asked.get(name))
    return passes and not one.deleting and scope.may_see_contact(one.queue, one.agent_id)


def _line(one: StoredRecording) -> RecordingLine:
    return RecordingLine(
        one.id, one.contact_id, one.at, one.queue, one.agent_id, one.duration_s, one.channels, one.size,
        sum(pause.lasted_s for pause in one.pauses), one.retention, one.held,
    )  # fmt: skip


def _is_id(text: str) -> bool:
    return 0 < len(text.encode()) <= 255
