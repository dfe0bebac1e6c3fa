"""The port to the deployment's queues, as an operator looks at them: how much waits, and what could not be handled."""

from dataclasses import dataclass
from typing import Protocol

WORKED = ("work", "jobs", "deliveries", "provisioning")
FAILURES = "failures"
DEAD = "-dead"


@dataclass(frozen=True, slots=True)
class Depth:
    """One queue. waiting, taken: messages that wait and that are being handled, roughly."""

    queue: str
    waiting: int
    taken: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that could not be handled. body: as it was sent; attempts: how often it was tried; sent_at: ms."""

    queue: str
    id: str
    attempts: int
    sent_at: int
    body: str


class Queues(Protocol):
    """All queues of one deployment; raises StoreUnavailable."""

    def depths(self) -> list[Depth]:
        """Every queue and its dead letters."""
        ...

    def letters(self, queue: str, limit: int) -> list[Letter]:
        """Some of a queue's dead letters; they stay where they are."""
        ...

    def redrive(self, queue: str, limit: int) -> int:
        """Send dead letters back to their queue, at most so many; how many were."""
        ...
