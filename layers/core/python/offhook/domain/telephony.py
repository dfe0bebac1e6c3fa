"""The carrier as a port: what the product asks of it, in the product's own words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from offhook.domain.documents import Document
from offhook.domain.ids import CallSid, Instant


class Detect(StrEnum):
    """What the carrier listens for before the leg's document: nothing, a machine, or the end of its greeting."""

    NOTHING = ""
    MACHINE = "machine"
    GREETING_END = "greeting_end"


@dataclass(frozen=True, slots=True)
class RingRequest:
    """Start an agent's leg; answer_path and status_path are ours, below the public API.

    document: what the leg hears when it is answered; None = answer_path is asked for it.
    made_at: when the offer was made; an agent has one offer at a time, so a leg to the same address that was
    created since then is the leg of this request. detect: what its answer_path is then told, without a document.
    asks_again: answer_path is asked once more when its answer is lost.
    """

    to: str
    caller_id: str
    answer_path: str
    status_path: str
    timeout_s: int
    made_at: Instant
    document: Document | None = None
    detect: Detect = Detect.NOTHING
    asks_again: bool = False


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What the carrier says of a call. status: queued ringing in-progress completed busy failed no-answer canceled."""

    sid: CallSid
    status: str
    direction: str
    duration_s: int | None = None
    price: str | None = None


@dataclass(frozen=True, slots=True)
class RecordingFacts:
    """What the carrier says of a recording. status: in-progress paused stopped completed absent failed."""

    status: str
    duration_s: int
    media_url: str
    sid: str = ""


class PricedKind(StrEnum):
    """What the carrier puts a price on, some time after it is over."""

    CALL = "call"
    RECORDING = "recording"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class UsageRow:
    """What the carrier bills for a day in one category. Decimal strings >= 0; categories nest: never sum them all."""

    category: str
    usage: str
    dollars: str


class Telephony(Protocol):
    """One tenant's carrier account.

    Every method raises CarrierUnavailable when nothing was done, CarrierUncertain when the answer was lost,
    and CallerGone when the call or room named is over.
    """

    def ring(self, request: RingRequest) -> CallSid:
        """Start a leg; returns its sid. Raises InvalidInput when the address can never be rung."""
        ...

    def find_ring(self, request: RingRequest) -> CallSid | None:
        """The leg that an earlier `ring` of this request started, if its answer was lost."""
        ...

    def hang_up(self, sid: CallSid) -> None:
        """End a leg, ringing or answered; a finished leg is no error."""
        ...

    def redirect(self, sid: CallSid, document: Document) -> None:
        """Give a live call a new document."""
        ...

    def end_room(self, room: str) -> None:
        """Complete the conference of that name; none is no error."""
        ...

    def hold(self, room: str, sid: CallSid, on: bool) -> None:
        """Hold or resume one participant of a room."""
        ...

    def mute(self, room: str, sid: CallSid, on: bool) -> None:
        """Mute or unmute one participant of a room."""
        ...

    def monitor(self, room: str, sid: CallSid, *, muted: bool, coached: CallSid | None) -> None:
        """Who hears one participant of a room: nobody (muted), the coached one alone, or (None) everybody."""
        ...

    def announce(self, room: str, sid: CallSid, path: str) -> None:
        """Let one participant of a room alone hear the document at a path of ours."""
        ...

    def call(self, sid: CallSid) -> CallFacts | None:
        """The call's present facts; None when the carrier does not know it."""
        ...

    def room_members(self, room: str) -> tuple[CallSid, ...]:
        """Who is in the live room of that name; empty when there is none."""
        ...

    def live_rooms(self) -> tuple[str, ...]:
        """Names of the rooms that are not over."""
        ...

    def recording(self, sid: str) -> RecordingFacts | None:
        """The recording's present facts; None when the carrier does not have it."""
        ...

    def recordings_of(self, source: str) -> tuple[RecordingFacts, ...]:
        """What was recorded of a call (its sid) or of the rooms of that name, and is still at the carrier."""
        ...

    def running_recording(self, source: str) -> RecordingFacts | None:
        """What is being recorded of a call or room now, paused or not; None = nothing."""
        ...

    def set_recording(self, source: str, status: str) -> RecordingFacts | None:
        """Make what is being recorded of a call or room in-progress, paused or stopped; what is paused is left out.

        As the carrier has it then, whatever that is; None when nothing is being recorded.
        """
        ...

    def record(self, sid: CallSid, events_path: str) -> RecordingFacts:
        """Record a call from now on, each side on a channel of its own; raises CallerGone."""
        ...

    def price_of(self, kind: PricedKind, sid: str) -> str | None:
        """What the carrier charges for it, dollars >= 0; None while it does not say, or does not have it any more."""
        ...

    def usage_of(self, day: date) -> tuple[UsageRow, ...]:
        """What the carrier bills this account alone for a UTC day, by category."""
        ...
