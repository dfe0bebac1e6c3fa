"""The one persistence port: items under tenant keys, read consistently, changed by one conditional commit.

Every store of the product is written once over this port; it has two implementations, DynamoDB and memory,
held to the same contract test. There is no other lock in the product than the condition of a commit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from offhook.domain.errors import Conflict
from offhook.domain.ids import Instant


class Table(StrEnum):
    """The six tables, named for what they hold."""

    DIRECTORY = "directory"
    CONFIG = "config"
    LIVE = "live"
    RECORDS = "records"
    LEDGER = "ledger"
    PULSE = "pulse"


@dataclass(frozen=True, slots=True)
class Key:
    """Where an item lives: its table, partition (always begins with the tenant) and sort key."""

    table: Table
    pk: str
    sk: str


@dataclass(frozen=True, slots=True)
class Item:
    """One stored item: an opaque JSON body, its version, and the events that its last change made.

    index: (hash, range) of the table's sparse index, None = not in the index.
    numbers: attributes that commits may ADD to atomically.
    expires_at: the store may delete the item after this time.
    """

    key: Key
    version: int = 1
    body: bytes = b""
    events: bytes = b""
    index: tuple[str, str] | None = None
    expires_at: Instant | None = None
    numbers: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """An item's place in the sparse index, which holds keys only so that changing a body costs nothing there."""

    key: Key
    rank: str


@dataclass(frozen=True, slots=True)
class Put:
    """Write the item if the stored version is `expect`: 0 = must not exist, None = whatever is there."""

    item: Item
    expect: int | None = None


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove the item if the stored version is `expect`; None = whatever is there, also nothing."""

    key: Key
    expect: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """Refuse the commit unless the stored version is `expect` (0 = must not exist)."""

    key: Key
    expect: int


@dataclass(frozen=True, slots=True)
class Add:
    """Add to numbers of an item, which is created when absent.

    at_most, at_least: refuse unless the named number, an absent one being 0, ends within them; how a quota is held.
    watermark: (name, value): refuse unless the stored watermark of that name is absent or lower; then store it.
    Values compare as strings of equal length.
    """

    key: Key
    numbers: dict[str, int]
    watermark: tuple[str, str] | None = None
    expires_at: Instant | None = None
    at_most: dict[str, int] = field(default_factory=dict)
    at_least: dict[str, int] = field(default_factory=dict)


Write = Put | Delete | Check | Add


def changes_something(writes: Sequence[Write]) -> bool:
    """Whether a commit is more than heartbeats, buckets, places and reservations of keys, which come and go."""
    return any((w.item.key if isinstance(w, Put) else w.key).table is not Table.PULSE for w in writes)


class CommitConflict(Conflict):
    """A condition of the commit did not hold; nothing was written."""

    def __init__(self, failed: Sequence[int]) -> None:
        """failed: positions, in the commit, of the writes whose condition failed; may be empty when unknown."""
        super().__init__()
        self.failed = tuple(failed)


class Items(Protocol):
    """All items of one tenant (or, for the edge, of the directory)."""

    def get(self, key: Key) -> Item | None:
        """The item as last committed (consistent read)."""
        ...

    def glance(self, key: Key) -> Item | None:
        """The item as it is or was a moment ago (eventually consistent, half the price): see usecases/at_a_glance."""
        ...

    def get_many(self, keys: Sequence[Key]) -> list[Item | None]:
        """The items in the order of the keys, one round trip, each consistent but not one snapshot."""
        ...

    def query(
        self, table: Table, pk: str, *, prefix: str = "", after: str = "", limit: int = 50, reverse: bool = False
    ) -> list[Item]:
        """Items of one partition in sort-key order (consistent): sort key starts with prefix, is beyond `after`."""
        ...

    def count(self, table: Table, pk: str, *, before: str, limit: int) -> int:
        """How many items of the partition sort before `before`, counted up to `limit` (consistent)."""
        ...

    def query_index(
        self, table: Table, index_pk: str, *, after: str = "", limit: int = 50, reverse: bool = False
    ) -> list[IndexEntry]:
        """Entries of one index partition in order of rank, beyond `after`; may lag, so no decision may rest on it."""
        ...

    def commit(self, *writes: Write) -> None:
        """All of the writes or none; one write is a plain conditional write, several are one transaction.

        Raises CommitConflict when a condition fails and StoreUnavailable when the store cannot answer.
        """
        ...


class PassingItems:
    """The base of every Items that stands before others. items: those behind it."""

    __slots__ = ()
    items: Items

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

    def commit(self, *writes: Write) -> None:
        """As Items."""
        self.items.commit(*writes)
