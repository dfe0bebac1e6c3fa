"""The carrier as a port: what the product asks of it, in the product's own words."""

from dataclasses import dataclass
from typing import Protocol

from offhook.domain.documents import Document
from offhook.domain.ids import CallSid


@dataclass(frozen=True, slots=True)
class RingRequest:
    """Start an agent's leg. `paths` are ours, absolute under the public API; token names the attempt.

    token appears in answer_path and status_path, so that a leg whose creation was not answered can be found again.
    """

    to: str
    caller_id: str
    answer_path: str
    status_path: str
    timeout_s: int
    token: str


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What the carrier says of a call. status: queued ringing in-progress completed busy failed no-answer canceled."""

    sid: CallSid
    status: str
    direction: str
    duration_s: int | None = None
    price: str | None = None


class Telephony(Protocol):
    """One tenant's carrier account.

    Every method raises CarrierUnavailable when nothing was done, CarrierUncertain when the answer was lost,
    and CallerGone when the call or room named is over.
    """

    def ring(self, request: RingRequest) -> CallSid:
        """Start a leg; returns its sid."""
        ...

    def find_ring(self, request: RingRequest, since_s: int) -> CallSid | None:
        """The leg that an earlier, unanswered `ring` of the same token started, if it did."""
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

    def call(self, sid: CallSid) -> CallFacts | None:
        """The call's present facts; None when the carrier does not know it."""
        ...

    def room_members(self, room: str) -> tuple[CallSid, ...]:
        """Who is in the live room of that name; empty when there is none."""
        ...
