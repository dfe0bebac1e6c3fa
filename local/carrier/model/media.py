"""Recordings and messages."""

from dataclasses import dataclass, field
from enum import StrEnum

from local.carrier.model.callback import NO_CALLBACK, Callback


class RecordingStatus(StrEnum):
    IN_PROGRESS = "in-progress"
    PAUSED = "paused"
    STOPPED = "stopped"
    COMPLETED = "completed"
    ABSENT = "absent"
    DELETED = "deleted"


@dataclass(slots=True, eq=False)
class Recording:
    """Sound kept of a leg or a room; recorded seconds leave out what was skipped by a pause."""

    sid: str
    account_sid: str
    source: str
    started_at: float
    call_sid: str = ""
    conference_sid: str = ""
    channels: int = 1
    track: str = "both"
    callback: Callback = NO_CALLBACK
    status: RecordingStatus = RecordingStatus.IN_PROGRESS
    recorded_s: float = 0.0
    running_since: float | None = None
    duration_s: int | None = None
    price: str | None = None

    @property
    def live(self) -> bool:
        return self.status in (RecordingStatus.IN_PROGRESS, RecordingStatus.PAUSED)


@dataclass(slots=True, eq=False)
class Message:
    sid: str
    account_sid: str
    from_: str
    to: str
    body: str
    direction: str
    created_at: float
    status: str = "queued"
    messaging_service_sid: str = ""
    media_urls: list[str] = field(default_factory=list)
    callback: Callback = NO_CALLBACK
    sent_at: float | None = None
    price: str | None = None
    error_code: int | None = None
