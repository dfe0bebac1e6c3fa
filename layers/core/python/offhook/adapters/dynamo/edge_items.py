"""The directory for the edge: every request is made on the platform's behalf."""

from collections.abc import Sequence
from dataclasses import dataclass

from offhook.adapters.guard import platform_scope
from offhook.domain.storage import IndexEntry, Item, Items, Key, Table, Write


@dataclass(frozen=True, slots=True)
class EdgeItems:
    """Enters the platform's scope around each request, so that its callers need not."""

    items: Items

    def get(self, key: Key) -> Item | None:
        """The item as last committed."""
        with platform_scope():
            return self.items.get(key)

    def glance(self, key: Key) -> Item | None:
        """The item as some replica has it."""
        with platform_scope():
            return self.items.glance(key)

    def get_many(self, keys: Sequence[Key]) -> list[Item | None]:
        """The items in the order of the keys."""
        with platform_scope():
            return self.items.get_many(keys)

    def query(
        self, table: Table, pk: str, *, prefix: str = "", after: str = "", limit: int = 50, reverse: bool = False
    ) -> list[Item]:
        """Items of one partition in order."""
        with platform_scope():
            return self.items.query(table, pk, prefix=prefix, after=after, limit=limit, reverse=reverse)

    def count(self, table: Table, pk: str, *, before: str, limit: int) -> int:
        """How many sort before `before`, up to limit."""
        with platform_scope():
            return self.items.count(table, pk, before=before, limit=limit)

    def query_index(
        self, table: Table, index_pk: str, *, after: str = "", limit: int = 50, reverse: bool = False
    ) -> list[IndexEntry]:
        """Entries of one index partition."""
        with platform_scope():
            return self.items.query_index(table, index_pk, after=after, limit=limit, reverse=reverse)

    def commit(self, *writes: Write) -> None:
        """All or none."""
        with platform_scope():
            self.items.commit(*writes)
