"""Items whose first commit also appends to the audit trail, in the same transaction: no change without its entry."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from offhook.domain.audit.chain import Act
from offhook.domain.storage import CommitConflict, IndexEntry, Item, Items, Key, Put, Table, Write
from offhook.stores.audit import AuditTrail

ATTEMPTS = 12
PASSING = frozenset({Table.PULSE})  # heartbeats, reservations of idempotency keys, buckets: no change of anything


@dataclass
class AuditedItems:
    """One request's way to its tenant's items. written: whether its entry is in the trail."""

    items: Items
    trail: AuditTrail
    act: Act
    written: bool = field(default=False, init=False)

    def commit(self, *writes: Write) -> None:
        """As Items; a conflict with another request's entry is tried again, one of the change itself is raised."""
        if self.written or all(_table(write) in PASSING for write in writes):
            self.items.commit(*writes)
            return
        for attempt in range(ATTEMPTS):
            try:
                self.items.commit(*writes, *self.trail.appended(self.act))
            except CommitConflict as conflict:
                own = [position for position in conflict.failed if position < len(writes)]
                if own or not conflict.failed or attempt == ATTEMPTS - 1:
                    raise CommitConflict(own) from conflict
            else:
                self.written = True
                return

    def get(self, key: Key) -> Item | None:
        """As Items."""
        return self.items.get(key)

    def glance(self, key: Key) -> Item | None:
        """As Items."""
        return self.items.glance(key)

    def get_many(self, keys: Sequence[Key]) -> list[Item | None]:
        """As Items."""
        return self.items.get_many(keys)

    def query(
        self, table: Table, pk: str, *, prefix: str = "", after: str = "", limit: int = 50, reverse: bool = False
    ) -> list[Item]:
        """As Items."""
        return self.items.query(table, pk, prefix=prefix, after=after, limit=limit, reverse=reverse)

    def count(self, table: Table, pk: str, *, before: str, limit: int) -> int:
        """As Items."""
        return self.items.count(table, pk, before=before, limit=limit)

    def query_index(
        self, table: Table, index_pk: str, *, after: str = "", limit: int = 50, reverse: bool = False
    ) -> list[IndexEntry]:
        """As Items."""
        return self.items.query_index(table, index_pk, after=after, limit=limit, reverse=reverse)


def _table(write: Write) -> Table:
    return write.item.key.table if isinstance(write, Put) else write.key.table
