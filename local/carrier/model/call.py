"""One leg: the connection between the carrier and one person's endpoint."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from local.carrier.model.callback import NO_CALLBACK, Callback
from local.carrier.scheduler import Timer
from local.carrier.transcript import Transcript

if TYPE_CHECKING:
    from local.carrier.people.person import Person
    from local.carrier.process import Process


class Direction(StrEnum):
    INBOUND = "inbound"
    OUTBOUND_API = "outbound-api"
    OUTBOUND_DIAL = "outbound-dial"


class CallStatus(StrEnum):
    QUEUED = "queued"
    INITIATED = "initiated"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    CANCELED = "canceled"


FINAL = frozenset({CallStatus.COMPLETED, CallStatus.BUSY, CallStatus.FAILED, CallStatus.NO_ANSWER, CallStatus.CANCELED})
UNANSWERED = frozenset({CallStatus.QUEUED, CallStatus.INITIATED, CallStatus.RINGING})


@dataclass(frozen=True, slots=True)
class Detection:
    """Answering machine detection as it was asked for."""

    mode: str = ""
    timeout_s: float = 30.0
    callback: Callback = NO_CALLBACK
    asynchronous: bool = False

    @property
    def wanted(self) -> bool:
        return self.mode in ("Enable", "DetectMessageEnd")


@dataclass(slots=True, eq=False)
class Call:
    """A leg and everything known about it. Times are unix seconds; `status` is the public one."""

    sid: str
    account_sid: str
    from_: str
    to: str
    direction: Direction
    created_at: float
    status: CallStatus = CallStatus.QUEUED
    parent_sid: str | None = None
    phone_number_sid: str = ""
    application_sid: str = ""
    forwarded_from: str = ""
    extra_params: dict[str, str] = field(default_factory=dict)
    status_callback: Callback = NO_CALLBACK
    fallback: Callback = NO_CALLBACK
    detection: Detection = field(default_factory=Detection)
    started_at: float | None = None
    answered_at: float | None = None
    ended_at: float | None = None
    queue_time_ms: int = 0
    answered_by: str | None = None
    sip_code: int = 200
    price: str | None = None
    sequence: int = 0
    time_limit_s: float = 14400.0
    transcript: Transcript = field(default_factory=Transcript)
    record_from_answer: Callable[[], object] | None = None
    limit_timer: Timer | None = None
    process: "Process | None" = None
    person: "Person | None" = None

    @property
    def over(self) -> bool:
        return self.status in FINAL

    @property
    def in_progress(self) -> bool:
        return self.status is CallStatus.IN_PROGRESS

    def duration_s(self) -> int | None:
        """Whole seconds between answer and end; None while under way or never answered."""
        if self.answered_at is None or self.ended_at is None:
            return None
        return max(0, round(self.ended_at - self.answered_at))

    def next_sequence(self) -> int:
        self.sequence += 1
        return self.sequence - 1
