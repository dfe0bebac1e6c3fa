"""Recordings found and played, by whoever may see the queue and the agent they are of."""

from dataclasses import dataclass

from offhook.domain.errors import InvalidInput, NotFound
from offhook.domain.ids import SECOND, Instant
from offhook.domain.recordings.retention import RetentionClass
from offhook.domain.recordings.stored import StoredRecording
from offhook.domain.tenants.scope import Scope
from offhook.stores.recordings import Recordings
from offhook.usecases.deps import Deps

LINK_VALID_S = 300
LONGEST_REASON = 200
NOWHERE = "There is no such recording."


@dataclass(frozen=True, slots=True)
class Silence:
    """A part that was left out. at_s: where in the file; began_at, lasted_s: when, and for how long."""

    at_s: float
    began_at: Instant
    lasted_s: float
    by: str


@dataclass(frozen=True, slots=True)
class Playback:
    """What a player needs. url: valid until expires_at, also for parts of the file (Range).

    peaks: for each channel up to 200 values of two hex digits; retention: name of its class; held: by a legal hold.
    """

    id: str
    contact_id: str
    queue: str
    agent_id: str
    at: Instant
    duration_s: float
    channels: int
    size: int
    sha256: str
    peaks: tuple[str, ...]
    pauses: tuple[Silence, ...]
    retention: str
    held: bool
    url: str
    expires_at: Instant


def checked_reason(reason: str) -> str:
    """Why somebody listens; raises InvalidInput."""
    if not 1 <= len(reason.strip()) <= LONGEST_REASON:
        raise InvalidInput("playing_reason", field="reason", most=LONGEST_REASON)
    return reason.strip()


def playback(deps: Deps, recording_id: str, scope: Scope) -> Playback:
    """Raises NotFound, also for what is out of scope, being deleted, or deleted."""
    one = seen(deps, recording_id, scope)
    if one.deleting:
        raise NotFound(NOWHERE)
    return Playback(
        one.id,
        one.contact_id,
        one.queue,
        one.agent_id,
        one.at,
        one.duration_s,
        one.channels,
        one.size,
        one.sha256,
        one.peaks,
        tuple(_silences(deps, one)),
        _class_name(deps, one.retention),
        one.held,
        deps.media.link(one.media_key),
        deps.clock.now() + LINK_VALID_S * SECOND,
    )


def seen(deps: Deps, recording_id: str, scope: Scope) -> StoredRecording:
    """The recording; raises NotFound, also when it is of a queue or agent that is not theirs."""
    one = Recordings(deps.items, deps.tenant.id).get(recording_id) if 0 < len(recording_id) <= 64 else None
    if one is None:
        raise NotFound(NOWHERE)
    scope.require_contact(one.queue, one.agent_id, NOWHERE)
    return one


def _silences(deps: Deps, one: StoredRecording) -> list[Silence]:
    """The file goes on where a pause began, so that each lies earlier in it by those before."""
    contact = deps.contacts.get(one.contact_id) or deps.contacts.closed(one.contact_id)
    work = contact.assignment if contact else None
    began = (work.talk_at if work and work.talk_at else None) or one.at
    found, skipped = [], 0.0
    for pause in one.pauses:
        found.append(
            Silence(max(0.0, (pause.began_at - began) / SECOND - skipped), pause.began_at, pause.lasted_s, pause.by)
        )
        skipped += pause.lasted_s
    return found


def _class_name(deps: Deps, retention: str) -> str:
    found = deps.config.find(RetentionClass, retention) if retention else None
    return found.name if found else (retention or "standard")
