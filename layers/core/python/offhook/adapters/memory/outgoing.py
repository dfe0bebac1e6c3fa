"""The work queue in memory: delivers by the clock of a simulation, as unreliably as one asks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from random import Random

from offhook.adapters.memory.clock import Scheduler
from offhook.domain.messages import Message

MAX_RECEIVES = 3
VISIBILITY_S = 30.0

Handler = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class Unreliability:
    """How often (0-1) a message is lost, doubled or late, and by how much at most. Lateness also reorders."""

    lost: float = 0.0
    doubled: float = 0.0
    late: float = 0.0
    late_s: float = 30.0


@dataclass
class MemoryOutgoing:
    """Messages go to `handler` after their delay; one that raises gets its message again, in the end it is dead.

    sent: every message asked for with its delay, also when no handler is set (unit tests look there).
    dead: messages given up, each with the last exception.
    """

    scheduler: Scheduler | None = None
    handler: Handler | None = None
    unreliability: Unreliability = field(default_factory=Unreliability)
    chance: Random = field(default_factory=lambda: Random(1))
    sent: list[tuple[Message, float]] = field(default_factory=list)
    dead: list[tuple[Message, Exception]] = field(default_factory=list)

    def send(self, message: Message, delay_s: float = 0.0) -> None:
        """Plan the deliveries: none, one or two."""
        if not 0 <= delay_s <= 900:
            raise ValueError(f"A delay is 0 to 900 s, not {delay_s}.")
        self.sent.append((message, delay_s))
        if self.scheduler is None or self.handler is None:
            return
        for _ in range(self._copies()):
            self._plan(message, ceil(delay_s) + self._lateness_s(), attempt=1)

    def _plan(self, message: Message, delay_s: float, attempt: int) -> None:
        assert self.scheduler
        self.scheduler.after(delay_s, lambda: self._deliver(message, attempt))

    def _deliver(self, message: Message, attempt: int) -> None:
        assert self.handler
        try:
            self.handler(message)
        except Exception as error:
            if attempt == MAX_RECEIVES:
                self.dead.append((message, error))
            else:
                self._plan(message, VISIBILITY_S, attempt + 1)

    def _copies(self) -> int:
        if self.chance.random() < self.unreliability.lost:
            return 0
        return 2 if self.chance.random() < self.unreliability.doubled else 1

    def _lateness_s(self) -> float:
        late = self.chance.random() < self.unreliability.late
        return self.chance.uniform(0, self.unreliability.late_s) if late else 0.0
