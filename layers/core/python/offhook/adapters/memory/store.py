"""All tables in memory: the committed items, the stream of changes, and what may go wrong on demand."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from offhook.adapters.ownership import key_of
from offhook.adapters.stream import StreamRecord
from offhook.domain.errors import StoreUnavailable
from offhook.domain.ids import Instant
from offhook.domain.storage import Add, Check, CommitConflict, Delete, Item, Key, Put, Table, Write

Images = Sequence[Item | None]
Fault = Callable[[Sequence[Write]], None]


Subscriber = Callable[[StreamRecord], None]


@dataclass(frozen=True, slots=True)
class Row:
    """What is stored under a key: the item and its watermarks."""

    item: Item
    watermarks: dict[str, str] = field(default_factory=dict)


class MemoryStore:
    """The items of every tenant under one lock.

    index_lag, read_lag: index reads, and glances, miss the last so many commits.
    before_commit may raise instead of the commit (the process
    died before); after_commit may raise after it (the answer was lost). unavailable: every request fails.
    on_read(operation, found) and on_commit(writes, images before, images after) see every request, also refused ones.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.rows: dict[Key, Row] = {}
        self.stream: list[StreamRecord] = []
        self.subscribers: list[Subscriber] = []
        self.index_lag = 0
        self.read_lag = 0
        self.unavailable = False
        self.before_commit: Fault | None = None
        self.after_commit: Fault | None = None
        self.on_read: Callable[[str, Sequence[Item | None]], None] | None = None
        self.on_commit: Callable[[Sequence[Write], Images, Images], None] | None = None
        self.round_trips: dict[str, int] = {}
        self._partitions: dict[tuple[Table, str], dict[str, Key]] = {}
        self._indexes: dict[tuple[Table, str], dict[str, Key]] = {}
        self._lagging: list[dict[Key, Row | None]] = []

    def subscribe(self, subscriber: Subscriber) -> None:
        """Hear of every later change of table LIVE, after its commit, in order."""
        self.subscribers.append(subscriber)

    def request(self, operation: str) -> None:
        """Count a round trip; raises StoreUnavailable while the store is down."""
        self.round_trips[operation] = self.round_trips.get(operation, 0) + 1
        if self.unavailable:
            raise StoreUnavailable()

    def read(self, key: Key) -> Item | None:
        """The item as last committed."""
        row = self.rows.get(key)
        return row.item if row else None

    def read_old(self, key: Key) -> Item | None:
        """The item as of `read_lag` commits ago."""
        row = self.rows.get(key)
        for changes in reversed(self._lagging[max(0, len(self._lagging) - self.read_lag) :]):
            row = changes.get(key, row)
        return row.item if row else None

    def partition(self, table: Table, pk: str) -> list[Item]:
        """The items of a partition in sort-key order, as last committed."""
        keys = self._partitions.get((table, pk), {})
        return [self.rows[keys[sk]].item for sk in sorted(keys)]

    def index(self, table: Table, index_pk: str) -> list[Item]:
        """The items of an index partition in order, as of `index_lag` commits ago."""
        found = {key: self.rows[key].item for key in self._indexes.get((table, index_pk), {}).values()}
        for changes in reversed(self._lagging[max(0, len(self._lagging) - self.index_lag) :]):
            for key, row in changes.items():
                found.pop(key, None)
                if row and key.table is table and row.item.index and row.item.index[0] == index_pk:
                    found[key] = row.item
        return sorted(found.values(), key=_index_order)

    def commit(self, writes: Sequence[Write]) -> None:
        """Check every condition, then write everything; raises CommitConflict."""
        if self.before_commit:
            self.before_commit(writes)
        with self.lock:
            records = self._apply(writes)
        for record in records:
            for subscriber in list(self.subscribers):
                subscriber(record)
        if self.after_commit:
            self.after_commit(writes)

    def _apply(self, writes: Sequence[Write]) -> list[StreamRecord]:
        before = {key_of(write): self.rows.get(key_of(write)) for write in writes}
        failed = [
            n for n, (row, write) in enumerate(zip(before.values(), writes, strict=True)) if not holds(row, write)
        ]
        for write in () if failed else writes:
            self._store(key_of(write), after(before[key_of(write)], write))
        if self.on_commit:
            self.on_commit(writes, [row.item if row else None for row in before.values()], [*map(self.read, before)])
        if failed:
            raise CommitConflict(failed)
        self._remember(before)
        return self._record(before)

    def _store(self, key: Key, row: Row | None) -> None:
        old = self.rows.pop(key, None)
        if old:
            _drop(self._partitions, (key.table, key.pk), key.sk)
        if old and old.item.index:
            _drop(self._indexes, (key.table, old.item.index[0]), _slot(key))
        if row:
            self.rows[key] = row
            self._partitions.setdefault((key.table, key.pk), {})[key.sk] = key
        if row and row.item.index:
            self._indexes.setdefault((key.table, row.item.index[0]), {})[_slot(key)] = key

    def _remember(self, before: dict[Key, Row | None]) -> None:
        self._lagging.append(before)
        del self._lagging[: max(0, len(self._lagging) - max(self.index_lag, 64))]

    def _record(self, before: dict[Key, Row | None]) -> list[StreamRecord]:
        records = []
        for key, row in before.items():
            old, new = (row.item if row else None), self.read(key)
            if key.table is Table.LIVE and old != new:
                records.append(StreamRecord(old, new, len(self.stream)))
                self.stream.append(records[-1])
        return records


def holds(row: Row | None, write: Write) -> bool:
    """Whether the condition of the write is true of what is stored."""
    match write:
        case Add():
            return _unseen(row, write) and _within(row, write)
        case Put(expect=None) | Delete(expect=None):
            return True
        case Put(expect=expect) | Delete(expect=expect) | Check(expect=expect):
            return (row.item.version if row else 0) == expect
    raise TypeError(f"{write} is no write")


def _unseen(row: Row | None, add: Add) -> bool:
    name, value = add.watermark or ("", "")
    return add.watermark is None or row is None or row.watermarks.get(name, "") < value


def _within(row: Row | None, add: Add) -> bool:
    numbers = row.item.numbers if row else {}

    def ends(name: str) -> int:
        return numbers.get(name, 0) + add.numbers.get(name, 0)

    return all(ends(name) <= most for name, most in add.at_most.items()) and all(
        ends(name) >= least for name, least in add.at_least.items()
    )


def after(row: Row | None, write: Write) -> Row | None:
    """What is stored once the write is done."""
    match write:
        case Put(item=item):
            return Row(replace(item, expires_at=_whole_second(item.expires_at)))
        case Delete():
            return None
        case Check():
            return row
        case Add():
            return _added(row or Row(Item(write.key)), write)


def _added(row: Row, add: Add) -> Row:
    numbers = dict(row.item.numbers)
    for name, amount in add.numbers.items():
        numbers[name] = numbers.get(name, 0) + amount
    expires_at = row.item.expires_at if add.expires_at is None else _whole_second(add.expires_at)
    watermarks = row.watermarks | dict([add.watermark] if add.watermark else [])
    return Row(replace(row.item, numbers=numbers, expires_at=expires_at), watermarks)


def _whole_second(at: Instant | None) -> Instant | None:
    """As exact as DynamoDB keeps an expiry."""
    return None if at is None else -(-at // 1000) * 1000


def _slot(key: Key) -> str:
    return f"{key.pk}\0{key.sk}"


def _drop(partitions: dict[tuple[Table, str], dict[str, Key]], partition: tuple[Table, str], slot: str) -> None:
    members = partitions[partition]
    del members[slot]
    if not members:
        del partitions[partition]


def _index_order(item: Item) -> tuple[str, str, str]:
    return (item.index[1] if item.index else "", item.key.pk, item.key.sk)
