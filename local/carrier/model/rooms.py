"""Conferences with their participants, and queues with their members."""

from dataclasses import dataclass, field
from enum import StrEnum

from local.carrier.model.callback import NO_CALLBACK, Callback


class ConferenceStatus(StrEnum):
    INIT = "init"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"


@dataclass(slots=True, eq=False)
class Participant:
    """One leg's place in a conference, with its current switches."""

    call_sid: str
    conference_sid: str
    created_at: float
    label: str = ""
    muted: bool = False
    hold: bool = False
    hold_url: str = ""
    hold_method: str = "GET"
    coaching: bool = False
    call_sid_to_coach: str = ""
    start_on_enter: bool = True
    end_on_exit: bool = False
    beep: str = "true"
    wait_url: str | None = None
    wait_method: str = "POST"
    status: str = "queued"
    joined_at: float | None = None
    left_at: float | None = None
    leave_reason: str = ""

    @property
    def present(self) -> bool:
        return self.joined_at is not None and self.left_at is None


@dataclass(slots=True, eq=False)
class Conference:
    """A room. Callback, recording and region are those of the first participant to join."""

    sid: str
    account_sid: str
    friendly_name: str
    created_at: float
    status: ConferenceStatus = ConferenceStatus.INIT
    region: str = "us1"
    callback: Callback = NO_CALLBACK
    configured: bool = False
    record: bool = False
    recording_callback: Callback = NO_CALLBACK
    recording_sid: str = ""
    max_participants: int = 250
    participants: dict[str, Participant] = field(default_factory=dict)
    started_at: float | None = None
    ended_at: float | None = None
    sequence: int = 0
    reason_ended: str | None = None
    call_sid_ending: str | None = None
    closed: bool = False

    @property
    def live(self) -> bool:
        return self.status is not ConferenceStatus.COMPLETED

    def present(self) -> list[Participant]:
        return [one for one in self.participants.values() if one.present]

    def next_sequence(self) -> int:
        self.sequence += 1
        return self.sequence


@dataclass(slots=True, eq=False)
class Member:
    """A caller in a queue; taken when a leg that dialled the queue is about to be connected."""

    call_sid: str
    enqueued_at: float
    taken: bool = False


@dataclass(slots=True, eq=False)
class Queue:
    """Callers in order of arrival, and the legs that wait for one of them."""

    sid: str
    account_sid: str
    friendly_name: str
    created_at: float
    max_size: int = 1000
    members: list[Member] = field(default_factory=list)
    takers: list[str] = field(default_factory=list)
    waits: int = 0
    waited_s: float = 0.0

    def position(self, call_sid: str) -> int:
        """1 for the front, 0 for a call that is not in the queue."""
        for index, member in enumerate(self.members):
            if member.call_sid == call_sid:
                return index + 1
        return 0

    def average_wait_s(self) -> int:
        return round(self.waited_s / self.waits) if self.waits else 0
