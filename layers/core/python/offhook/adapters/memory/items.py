"""One tenant's view of the items in memory."""

from collections.abc import Sequence
from dataclasses import dataclass

from offhook.adapters.memory.store import MemoryStore
from offhook.adapters.ownership import require_commit, require_own
from offhook.adapters.stream import StreamRecord
from offhook.domain.ids import TenantId
from offhook.domain.storage import IndexEntry, Item, Key, Table, Write

__all__ = ["MemoryItems", "MemoryStore", "StreamRecord"]


@dataclass(frozen=True, slots=True)
class MemoryItems:
    """The items of one tenant; tenant None = the directory, for the edge."""

    store: MemoryStore
    tenant: TenantId | None

    def get(self, key: Key) -> Item | None:
        """The item as last committed."""
        require_own(self.tenant, key.table, key.pk)
        with self.store.lock:
            self.store.request("get")
            return self._seen("get", [self.store.read(key)])[0]

    def glance(self, key: Key) -> Item | None:
        """The item as old as the store's read_lag says."""
        require_own(self.tenant, key.table, key.pk)
        with self.store.lock:
            self.store.request("get")
            return self._seen("glance", [self.store.read_old(key)])[0]

    def get_many(self, keys: Sequence[Key]) -> list[Item | None]:
        """The items in the order of the keys; none asked, none fetched."""
        for key in keys:
            require_own(self.tenant, key.table, key.pk)
        if not keys:
            return []
        with self.store.lock:
            self.store.request("get_many")
            return self._seen("get_many", [self.store.read(key) for key in keys])

    def query(
        self, table: Table, pk: str, *, prefix: str = "", after: str = "", limit: int = 50, reverse: bool = False
    ) -> list[Item]:
        """Items of one partition in order."""
        require_own(self.tenant, table, pk)
        with self.store.lock:
            self.store.request("query")
            items = [i for i in self.store.partition(table, pk) if i.key.sk.startswith(prefix)]
        found = _page(items, [i.key.sk for i in items], after, limit, reverse)
        self._seen("query", found)
        return found

    def count(self, table: Table, pk: str, *, before: str, limit: int) -> int:
        """How many sort before `before`, up to limit."""
        require_own(self.tenant, table, pk)
        with self.store.lock:
            self.store.request("count")
            ahead = [i for i in self.store.partition(table, pk) if i.key.sk < before][:limit]
        self._seen("count", ahead)
        return len(ahead)

    def query_index(
        self, table: Table, index_pk: str, *, after: str = "", limit: int = 50, reverse: bool = False
    ) -> list[IndexEntry]:
        """Entries of one index partition, as stale as the store's index_lag says."""
        require_own(self.tenant, table, index_pk)
        with self.store.lock:
            self.store.request("query_index")
            items = self.store.index(table, index_pk)
        ranks = [i.index[1] if i.index else "" for i in items]
        found = self._seen("query_index", _page(items, ranks, after, limit, reverse))
        return [IndexEntry(i.key, i.index[1] if i.index else "") for i in found if i]

    def commit(self, *writes: Write) -> None:
        """All or none."""
        require_commit(self.tenant, writes)
        self.store.request("commit")
        self.store.commit(writes)

    def _seen(self, operation: str, items: Sequence[Item | None]) -> list[Item | None]:
        if self.store.on_read:
            self.store.on_read(operation, items)
        return list(items)


def _page(items: list[Item], ranks: list[str], after: str, limit: int, reverse: bool) -> list[Item]:
    """The items whose rank is beyond `after` in the direction of reading, at most limit."""
    pairs = list(zip(ranks, items, strict=True))
    if reverse:
        pairs.reverse()
    beyond = [i for rank, i in pairs if not after or (rank < after if reverse else rank > after)]
    return beyond[:limit]
