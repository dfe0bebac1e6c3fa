"""Callback: have the caller called back, as soon as an agent is free or at a time, without waiting in a queue."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.documents import GoTo
from offhook.domain.ivr.inputs import Input, Returned
from offhook.domain.ivr.node import Exit, Next, Node, Reply, Stay, Turn
from offhook.domain.ivr.problems import Known, Problem

ASKED, REFUSED = "asked", "refused"
FURTHEST_DAYS = 30


@dataclass(frozen=True, slots=True)
class CallbackNode(Node):
    """queue: whose agents call; number: what to call, which may hold variables (none = the caller's own).

    at: "HH:MM" or "HHMM" in the tenant's time zone, which may be a variable that was collected; the next time that the
    clock shows it, days later if days is given ("" = as soon as an agent is free).
    """

    type: ClassVar[str] = "callback"
    waits: ClassVar[bool] = True
    queue: str = ""
    asked: str = ""
    refused: str = ""
    number: str = "{caller_number}"
    at: str = ""
    days: int = 0

    def enter(self, turn: Turn) -> Reply:
        """Have the next document fetched at once; what came of it comes with that request."""
        return Stay((GoTo(turn.path),))

    def resume(self, turn: Turn, given: Input) -> Reply:
        """Go on by whether the caller will be called."""
        asked = isinstance(given, Returned) and given.exit == ASKED
        return Next(self.asked if asked else self.refused, attributes={"callback": ASKED if asked else REFUSED})

    def ways_out(self) -> Iterator[Exit]:
        """asked, refused."""
        yield Exit("asked", self.asked)
        yield Exit("refused", self.refused)

    def problems(self, known: Known) -> Iterator[Problem]:
        """An unknown queue, or no time of day."""
        if not self.queue or (known.queues is not None and self.queue not in known.queues):
            yield Problem("unknown_queue", "queue", f"There is no queue {self.queue!r}.")
        if self.at and "{" not in self.at and minute_of(self.at) is None:
            yield Problem("out_of_range", "at", "A time of day (HH:MM), or a variable.")
        if not 0 <= self.days <= FURTHEST_DAYS:
            yield Problem("out_of_range", "days", f"Between 0 and {FURTHEST_DAYS}.")


def minute_of(clock: str) -> int | None:
    """Minutes since midnight of "HH:MM" or "HHMM"; None for anything else."""
    digits = clock.strip().replace(":", "", 1)
    if len(digits) != 4 or not (digits.isascii() and digits.isdigit()):
        return None
    hour, minute = int(digits[:2]), int(digits[2:])
    return hour * 60 + minute if hour < 24 and minute < 60 else None
