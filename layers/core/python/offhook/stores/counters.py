"""The running tally, the floor's snapshot and the tail of events of one tenant."""

from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from offhook.domain.analytics.tally import Tally
from offhook.domain.ids import DAY, MINUTE, Instant, TenantId
from offhook.domain.routing.estimate import Paces
from offhook.domain.storage import CommitConflict, Item, Items, Put, Table, Write
from offhook.stores import keys
from offhook.stores.codec import decode, encode

T = TypeVar("T")
TALLY, SNAPSHOT, WATCH, EVENT = "TALLY", "SNAPSHOT", "WATCH", "EVENT#"
WATCHED, KEPT = 2 * MINUTE, 15 * MINUTE


@dataclass(frozen=True, slots=True)
class Counters:
    """What is counted of one tenant."""

    items: Items
    tenant: TenantId

    def tally(self) -> tuple[Tally, int]:
        """The tally and its version, 0 before the first."""
        item = self.items.get(keys.counters(self.tenant, TALLY))
        return (decode(Tally, item.body), item.version) if item else (Tally(), 0)

    def save(self, tally: Tally, version: int, *also: Write) -> None:
        """Replace the tally of that version, with other writes; raises CommitConflict when somebody was faster."""
        key = keys.counters(self.tenant, TALLY)
        self.items.commit(Put(Item(key, version=version + 1, body=encode(tally)), expect=version), *also)

    def keep_paces(self, paces: Paces) -> None:
        """Put what waits are estimated from where waiting callers read it with their contact; see stores/contacts.py.

        A copy of the tally's: of two who race the slower may leave an older one there, until the next change.
        """
        self.items.commit(Put(Item(keys.paces(self.tenant), body=encode(paces))))

    def snapshot(self, kind: type[T]) -> tuple[T | None, int]:
        """The last snapshot and its version."""
        item = self.items.get(keys.counters(self.tenant, SNAPSHOT))
        return (decode(kind, item.body), item.version) if item else (None, 0)

    def trend(self, kind: type[T], name: str) -> tuple[T | None, int]:
        """What was kept under the name, and its version."""
        item = self.items.get(keys.counters(self.tenant, _trend(name)))
        return (decode(kind, item.body), item.version) if item else (None, 0)

    def keep_trend(self, trend: object, name: str, version: int, now: Instant) -> None:
        """Replace what was kept at that version; when somebody was faster, theirs is as good."""
        item = Item(
            keys.counters(self.tenant, _trend(name)), version=version + 1, body=encode(trend), expires_at=now + DAY
        )
        try:
            self.items.commit(Put(item, expect=version))
        except CommitConflict:
            return

    def keep_snapshot(self, snapshot: object, version: int, now: Instant) -> None:
        """Replace the snapshot of that version; when somebody was faster, theirs is as good."""
        key = keys.counters(self.tenant, SNAPSHOT)
        item = Item(key, version=version + 1, body=encode(snapshot), expires_at=now + DAY)
        try:
            self.items.commit(Put(item, expect=version))
        except CommitConflict:
            return


def _trend(name: str) -> str:
    return f"TREND#{sha256(name.encode()).hexdigest()[:32]}"


@dataclass(frozen=True, slots=True)
class Tail:
    """The last events of one tenant, kept only while somebody watches them."""

    items: Items
    tenant: TenantId

    def watch(self, now: Instant) -> None:
        """Somebody watches: keep events for the next two minutes."""
        until = now + WATCHED
        body = encode(Watched(until))
        self.items.commit(Put(Item(keys.counters(self.tenant, WATCH), body=body, expires_at=until)))

    def is_watched(self, now: Instant) -> bool:
        """Whether anybody does."""
        item = self.items.get(keys.counters(self.tenant, WATCH))
        return item is not None and decode(Watched, item.body).until > now

    def keep(self, events: bytes, name: str, now: Instant) -> None:
        """Keep a JSON list of events under a name that repeats when they do."""
        key = keys.counters(self.tenant, f"{EVENT}{now:013d}#{name}")
        self.items.commit(Put(Item(key, body=events, expires_at=now + KEPT)))

    def after(self, place: str, limit: int) -> list[tuple[str, bytes]]:
        """What was kept beyond a place, oldest first, each list with its place."""
        partition = keys.counters(self.tenant, "").pk
        found = self.items.query(Table.PULSE, partition, prefix=EVENT, after=EVENT + place, limit=limit)
        return [(i.key.sk.removeprefix(EVENT), i.body) for i in found]


@dataclass(frozen=True, slots=True)
class Watched:
    """Until when somebody said to watch."""

    until: Instant
