"""Runs two workers against each other, one read or commit at a time, in every order there is."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from offhook.domain.storage import IndexEntry, Item, Items, Key, Table, Write

Order = tuple[str, ...]
STUCK_S = 10.0


def orders(first: int, second: int) -> Iterator[Order]:
    """Every way to interleave so many steps of worker A with so many of worker B."""
    total = first + second
    for places in combinations(range(total), first):
        yield tuple("A" if n in places else "B" for n in range(total))


class Turns:
    """Lets one of two workers take its next step, in the order given; who has finished is left out."""

    def __init__(self, order: Order) -> None:
        self._order = list(order)
        self._running = {"A", "B"}
        self._changed = threading.Condition()
        self.steps = {"A": 0, "B": 0}

    def take(self, who: str) -> None:
        """Wait for the turn."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._next() == who, STUCK_S), "the workers wait for each other"
            self.steps[who] += 1
            if self._order:
                self._order.pop(0)
            self._changed.notify_all()

    def finish(self, who: str) -> None:
        """The worker has nothing more to do."""
        with self._changed:
            self._running.discard(who)
            self._changed.notify_all()

    def _next(self) -> str:
        while self._order and self._order[0] not in self._running:
            self._order.pop(0)
        return self._order[0] if self._order else next(iter(sorted(self._running)), "")


@dataclass(frozen=True)
class SteppedItems:
    """Items whose reads and commits of the live table each wait for their turn."""

    items: Items
    turns: Turns
    who: str

    def get(self, key: Key) -> Item | None:
        """One step, in the live table."""
        self._step(key.table)
        return self.items.get(key)

    def glance(self, key: Key) -> Item | None:
        """One step, in the live table."""
        self._step(key.table)
        return self.items.glance(key)

    def get_many(self, keys: Sequence[Key]) -> list[Item | None]:
        """No step: nothing is decided by it."""
        return self.items.get_many(keys)

    def query(
        self, table: Table, pk: str, *, prefix: str = "", after: str = "", limit: int = 50, reverse: bool = False
    ) -> list[Item]:
        """One step, in the live table."""
        self._step(table)
        return self.items.query(table, pk, prefix=prefix, after=after, limit=limit, reverse=reverse)

    def count(self, table: Table, pk: str, *, before: str, limit: int) -> int:
        """No step."""
        return self.items.count(table, pk, before=before, limit=limit)

    def query_index(
        self, table: Table, index_pk: str, *, after: str = "", limit: int = 50, reverse: bool = False
    ) -> list[IndexEntry]:
        """No step."""
        return self.items.query_index(table, index_pk, after=after, limit=limit, reverse=reverse)

    def commit(self, *writes: Write) -> None:
        """One step."""
        self._step(Table.LIVE)
        self.items.commit(*writes)

    def _step(self, table: Table) -> None:
        if table is Table.LIVE:
            self.turns.take(self.who)


def race(turns: Turns, first: Callable[[], object], second: Callable[[], object]) -> None:
    """Run both workers to their end; raises what one of them raised."""
    failures: list[BaseException] = []

    def run(who: str, work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as failure:
            failures.append(failure)
        finally:
            turns.finish(who)

    threads = [threading.Thread(target=run, args=pair) for pair in (("A", first), ("B", second))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(STUCK_S)
    if failures:
        raise failures[0]
