"""The places of the calls under way: as many as the plan allows, each held by one contact until it has ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from offhook.domain.ids import DAY, MINUTE, ContactId, Instant, TenantId
from offhook.domain.routing.contact import Contact
from offhook.domain.storage import CommitConflict, Delete, Item, Items, Key, Put, Table
from offhook.stores import keys
from offhook.stores.codec import decode

KEPT = 2 * DAY  # longer than any carrier lets a call last
ON_ITS_WAY = MINUTE  # between taking a place and storing the contact no webhook takes longer
ATTEMPTS = 6
MOST = 100_000  # more than any plan has


@dataclass(frozen=True, slots=True)
class Calls:
    """One tenant's places, numbered from 1. A place is one conditional write, so they cannot be oversold.

    A place whose contact has ended is free, whether or not anybody came to give it back: it is looked at when all are
    taken, so that what a crash left behind refuses nobody.
    """

    items: Items
    tenant: TenantId

    def take(self, contact: ContactId, most: int, now: Instant) -> int:
        """The place that the contact has from now on, its own again when it has one; 0 = all are taken."""
        first = crc32(contact.encode()) % most + 1 if most > 0 else 0
        if not first or self._put(first, contact, 0, now):
            return first
        for _ in range(ATTEMPTS):
            taken = {int(item.key.sk): item for item in self._rows()}
            own = next((n for n, item in taken.items() if item.body == contact.encode()), 0)
            free = next((n for n in _round(first, most) if n not in taken), 0)
            if own or (free and self._put(free, contact, 0, now)):
                return own or free
            if not free:
                left = self._left_behind([taken[n] for n in _round(first, most)], now)
                if left is None or self._put(int(left.key.sk), contact, left.version, now):
                    return int(left.key.sk) if left else 0
        return 0

    def give_back(self, contact: ContactId, place: int) -> None:
        """The contact's place is free; that of another is left alone."""
        try:
            self.items.commit(Delete(self._key(place), expect=_version(contact)))
        except CommitConflict:
            return

    def under_way(self, now: Instant) -> int:
        """How many places are held by calls that go on."""
        rows = self._rows()
        return len(rows) - len(self._over(rows, now))

    def is_full(self, most: int, now: Instant) -> bool:
        """Whether a new call would find no place; takes none."""
        rows = self._rows()
        return len(rows) >= most and len(rows) - len(self._over(rows, now)) >= most

    def _put(self, place: int, contact: ContactId, expect: int, now: Instant) -> bool:
        item = Item(self._key(place), version=_version(contact), body=contact.encode(), expires_at=now + KEPT)
        try:
            self.items.commit(Put(item, expect=expect))
        except CommitConflict:
            return False
        return True

    def _left_behind(self, rows: Sequence[Item], now: Instant) -> Item | None:
        over = self._over(rows, now)
        return over[0] if over else None

    def _over(self, rows: Sequence[Item], now: Instant) -> list[Item]:
        """Places whose contact has ended, has another place or none any more, or never came to be."""
        found = self.items.get_many([keys.contact(self.tenant, ContactId(row.body.decode())) for row in rows])
        return [row for row, item in zip(rows, found, strict=True) if _is_over(row, item, now)]

    def _rows(self) -> list[Item]:
        return self.items.query(Table.PULSE, self._partition(), limit=MOST)

    def _key(self, place: int) -> Key:
        return Key(Table.PULSE, self._partition(), f"{place:05d}")

    def _partition(self) -> str:
        return f"{keys.tenant_prefix(self.tenant)}CALLS"


def _round(first: int, most: int) -> list[int]:
    return [(first - 1 + n) % most + 1 for n in range(most)]


def _version(contact: ContactId) -> int:
    """Different for different contacts, as far as it matters: whoever gives back names what it took."""
    return crc32(contact.encode()) + 1


def _is_over(row: Item, stored: Item | None, now: Instant) -> bool:
    if stored is None:
        return (row.expires_at or 0) - KEPT + ON_ITS_WAY < now
    contact = decode(Contact, stored.body)
    if not contact.place and contact.ended_at is None:  # about to be rung, or between attempts to call back
        return (row.expires_at or 0) - KEPT + ON_ITS_WAY < now
    return contact.ended_at is not None or contact.place != int(row.key.sk)
