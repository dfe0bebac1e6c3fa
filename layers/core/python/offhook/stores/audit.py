"""A tenant's audit trail: entries in blocks of ten thousand, and the head that the next entry follows."""

from collections.abc import Iterator
from dataclasses import dataclass

from offhook.domain.audit.chain import Act, Entry, Head, head_of, linked
from offhook.domain.ids import TenantId
from offhook.domain.storage import Item, Items, Key, Put, Table
from offhook.stores.codec import decode, encode
from offhook.stores.keys import tenant_prefix

BLOCK = 10_000
PAGE = 200


@dataclass(frozen=True, slots=True)
class AuditTrail:
    """Append-only: an entry's place must be empty, and the head moves on from the version that was read."""

    items: Items
    tenant: TenantId

    def head(self) -> Head:
        """The end of the chain."""
        item = self.items.get(self._head_key())
        return decode(Head, item.body) if item else Head()

    def appended(self, act: Act) -> tuple[Put, Put]:
        """The writes that append the act; a conflict in one of them means that somebody else appended first."""
        head = self.head()
        entry = linked(head, act)
        return (
            Put(Item(self._key(entry.number), body=encode(entry)), expect=0),
            Put(Item(self._head_key(), entry.number, encode(head_of(entry))), expect=head.number),
        )

    def before(self, number: int, limit: int) -> list[Entry]:
        """The entries below a number, newest first."""
        found: list[Entry] = []
        while number > 1 and len(found) < limit:
            first = (number - 2) // BLOCK * BLOCK + 1
            partition, after = self._partition(first), f"{number:012d}"
            page = self.items.query(Table.RECORDS, partition, after=after, limit=limit - len(found), reverse=True)
            found += [decode(Entry, item.body) for item in page]
            number = found[-1].number if page else first
        return found

    def all(self) -> Iterator[Entry]:
        """Every entry from the first; whole blocks may be missing only at the end."""
        first, last = 1, self.head().number
        while first <= last:
            after = ""
            while page := self.items.query(Table.RECORDS, self._partition(first), after=after, limit=PAGE):
                yield from (decode(Entry, item.body) for item in page)
                after = page[-1].key.sk
            first += BLOCK

    def _partition(self, number: int) -> str:
        return f"{tenant_prefix(self.tenant)}AUDIT#{(number - 1) // BLOCK:06d}"

    def _key(self, number: int) -> Key:
        return Key(Table.RECORDS, self._partition(number), f"{number:012d}")

    def _head_key(self) -> Key:
        return Key(Table.RECORDS, f"{tenant_prefix(self.tenant)}AUDITHEAD", "HEAD")
