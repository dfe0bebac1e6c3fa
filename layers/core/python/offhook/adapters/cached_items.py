"""Items of which some tables are remembered for seconds: configuration is read by every webhook and changes rarely."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from offhook.adapters.ownership import key_of, require_own
from offhook.domain.ids import Clock, Instant, TenantId
from offhook.domain.storage import Item, Items, Key, PassingItems, Table, Write

T = TypeVar("T")
Slot = tuple[Table, str, tuple[Any, ...]]


class ItemCache:
    """What a process remembers of all tenants: at most `most` answers, none older than ttl_s."""

    def __init__(self, clock: Clock, ttl_s: float = 5.0, most: int = 4096) -> None:
        self._clock, self._ttl, self._most = clock, round(ttl_s * 1000), most
        self._answers: OrderedDict[Slot, tuple[Instant, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def recall(self, slot: Slot, load: Callable[[], T | None]) -> T | None:
        """The answer remembered, or loaded and remembered; "there is none" is not remembered."""
        now = self._clock.now()
        with self._lock:
            kept = self._answers.get(slot)
        if kept and kept[0] > now:
            answer: T = kept[1]
            return answer
        loaded = load()
        if loaded is not None:
            self._keep(slot, now + self._ttl, loaded)
        return loaded

    def forget(self, table: Table, pk: str) -> None:
        """Everything about a partition."""
        with self._lock:
            for slot in [slot for slot in self._answers if slot[:2] == (table, pk)]:
                del self._answers[slot]

    def clear(self) -> None:
        """Everything."""
        with self._lock:
            self._answers.clear()

    def __len__(self) -> int:
        return len(self._answers)

    def _keep(self, slot: Slot, until: Instant, answer: object) -> None:
        with self._lock:
            self._answers[slot] = (until, answer)
            self._answers.move_to_end(slot)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)


@dataclass(frozen=True, slots=True)
class CachedItems(PassingItems):
    """One tenant's items through a cache. Own commits are seen at once, those of other processes after the ttl.

    recalls: whether reads may be answered from what is remembered.
    """

    items: Items
    tenant: TenantId
    cache: ItemCache
    tables: frozenset[Table] = frozenset({Table.CONFIG})
    recalls: bool = True

    def as_stored(self) -> "CachedItems":
        """The same for whoever is about to change something: reads are as things are now, commits are noticed."""
        return replace(self, recalls=False)

    def get(self, key: Key) -> Item | None:
        """The item, remembered if its table is."""
        if not self._is_remembered(key.table):
            return self.items.get(key)
        require_own(self.tenant, key.table, key.pk)
        return self.cache.recall((key.table, key.pk, (key.sk,)), lambda: self.items.get(key))

    def glance(self, key: Key) -> Item | None:
        """The item, remembered if its table is."""
        return self.get(key) if self._is_remembered(key.table) else self.items.glance(key)

    def query(
        self, table: Table, pk: str, *, prefix: str = "", after: str = "", limit: int = 50, reverse: bool = False
    ) -> list[Item]:
        """Items of one partition, remembered if the table is."""

        def load() -> list[Item]:
            return self.items.query(table, pk, prefix=prefix, after=after, limit=limit, reverse=reverse)

        if not self._is_remembered(table):
            return load()
        require_own(self.tenant, table, pk)
        return list(self.cache.recall((table, pk, (prefix, after, limit, reverse)), load) or [])

    def commit(self, *writes: Write) -> None:
        """Write, and forget what is touched whether or not it succeeded."""
        try:
            self.items.commit(*writes)
        finally:
            for key in map(key_of, writes):
                if key.table in self.tables:
                    self.cache.forget(key.table, key.pk)

    def _is_remembered(self, table: Table) -> bool:
        return self.recalls and table in self.tables
