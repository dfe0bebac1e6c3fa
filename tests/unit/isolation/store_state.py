"""A store's state, kept and put back; and one tenant's rows in it."""

from dataclasses import dataclass
from typing import Any

from offhook.adapters.memory.store import MemoryStore, Row
from offhook.domain.ids import TenantId
from offhook.domain.storage import Key, Table


@dataclass(frozen=True)
class StoreState:
    """Rows never change in place, so a copy of the tables that lead to them is enough."""

    rows: dict[Key, Row]
    partitions: dict[Any, dict[str, Key]]
    indexes: dict[Any, dict[str, Key]]
    streamed: int

    @staticmethod
    def of(store: MemoryStore) -> "StoreState":
        """The state now."""
        return StoreState(dict(store.rows), _copy(store._partitions), _copy(store._indexes), len(store.stream))

    def is_of(self, store: MemoryStore) -> bool:
        """Whether the store has these very rows: a quick look, since rows that nobody wrote are the same objects."""
        return store.rows == self.rows

    def restore(self, store: MemoryStore) -> None:
        """The state as it was."""
        if not self.is_of(store):
            store.rows = dict(self.rows)
            store._partitions, store._indexes = _copy(self.partitions), _copy(self.indexes)
        store._lagging.clear()
        del store.stream[self.streamed :]


def rows_of(store: MemoryStore, tenant: TenantId) -> dict[Key, Row]:
    """The tenant's rows, and those of the directory that lead to it."""
    prefix, named = f"T#{tenant}#", tenant.encode()
    return {
        key: row
        for key, row in store.rows.items()
        if key.pk.startswith(prefix) or (key.table is Table.DIRECTORY and (named in row.item.body or tenant in key.sk))
    }


def _copy(nested: dict[Any, dict[str, Key]]) -> dict[Any, dict[str, Key]]:
    return {name: dict(members) for name, members in nested.items()}
