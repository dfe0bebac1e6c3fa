"""The deployment's queues in memory: nothing waits, and dead letters are those that a test lays there."""

from dataclasses import dataclass, field

from offhook.domain.operators.queues import DEAD, FAILURES, WORKED, Depth, Letter


@dataclass
class MemoryQueues:
    """dead: letters by their queue; back: those that were sent back."""

    dead: dict[str, list[Letter]] = field(default_factory=dict)
    back: list[Letter] = field(default_factory=list)

    def depths(self) -> list[Depth]:
        """Dead letters only."""
        names = [name for queue in WORKED for name in (queue, queue + DEAD)]
        return [Depth(name, len(self.dead.get(name, [])), 0) for name in (*names, FAILURES)]

    def letters(self, queue: str, limit: int) -> list[Letter]:
        """In the order they were laid."""
        return self.dead.get(queue, [])[:limit]

    def redrive(self, queue: str, limit: int) -> int:
        """Moved to `back`."""
        moved = self.letters(queue, limit)
        self.dead[queue] = self.dead.get(queue, [])[limit:]
        self.back += moved
        return len(moved)
