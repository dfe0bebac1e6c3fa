"""What legs tell one another, and what interrupts them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from local.carrier.process import Interrupt, Signal

if TYPE_CHECKING:
    from local.carrier.calls.source import Source


@dataclass(frozen=True, slots=True)
class PickedUp(Signal):
    """The person answered."""


@dataclass(frozen=True, slots=True)
class Refused(Signal):
    """The person or the network refused: busy, failed or no-answer."""

    status: str


@dataclass(frozen=True, slots=True)
class ChildAccepted(Signal):
    """A dialled leg answered and, if it was screened, let the call through."""

    call_sid: str


@dataclass(frozen=True, slots=True)
class ChildOver(Signal):
    """A dialled leg ended, or went elsewhere by a redirect."""

    call_sid: str
    redirected: bool = False


@dataclass(frozen=True, slots=True)
class QueueConnected(Signal):
    """The front of a queue is now bridged with the leg that dialled the queue."""

    call_sid: str
    waited_s: int


@dataclass(frozen=True, slots=True)
class BridgeOver(Signal):
    """The other side of a bridge from a queue is gone."""


class Redirected(Interrupt):
    """REST gave the leg a new document."""

    def __init__(self, source: "Source") -> None:
        super().__init__()
        self.source = source


class Dequeued(Interrupt):
    """A leg that dialled the queue takes this caller; url is what the caller hears first."""

    def __init__(self, taker_sid: str, url: str, method: str) -> None:
        super().__init__()
        self.taker_sid = taker_sid
        self.url = url
        self.method = method


class LeftRoom(Interrupt):
    """The leg is taken out of its conference."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class ModeChanged(Interrupt):
    """Hold, release or start: what a participant hears is to be decided anew."""
