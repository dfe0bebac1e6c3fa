"""Time and chance that repeat: a clock moved by hand, the clock of a simulation, and counted ids."""

from dataclasses import dataclass
from random import Random
from typing import Any, Protocol

from offhook.domain.ids import Instant

_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
NOON: Instant = 1_750_075_200_000  # 2025-06-16 12:00 UTC, a Monday


class Scheduler(Protocol):
    """What is used of a simulation's clock: times in unix seconds, short actions run later."""

    def now(self) -> float:
        """Unix seconds."""
        ...

    def after(self, seconds: float, action: Any, /) -> Any:
        """Run the action some seconds from now."""
        ...


@dataclass
class FrozenClock:
    """Stands still until a test moves it."""

    at: Instant = NOON

    def now(self) -> Instant:
        """Where the test put it."""
        return self.at

    def advance(self, seconds: float) -> None:
        """Move forward."""
        self.at += round(seconds * 1000)


@dataclass(frozen=True)
class SimulatedClock:
    """The product's clock inside a simulation."""

    scheduler: Scheduler

    def now(self) -> Instant:
        """The simulation's time in milliseconds."""
        return round(self.scheduler.now() * 1000)


class SeededIds:
    """Ids that are the same in every run of the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self._random = Random(seed)

    def new(self, prefix: str) -> str:
        """Prefix, underscore, 20 characters."""
        return f"{prefix}_{''.join(self._random.choices(_ALPHABET, k=20))}"
