"""A tenant's audit trail: entries in blocks of ten thousand, and the head that the next entry follows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from offhook.domain.audit.chain import Act, Entry, Head, head_of, linked
from offhook.domain.ids import TenantId
from offhook.domain.storage import Item, Items, Key, Put, Table
from offhook.stores.codec import decode, encode
from offhook.stores.keys import tenant_prefix

BLOCK = 10_000
PAGE = 200
END, SEALED = "HEAD", "SEALED"


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

    def ends(self) -> tuple[Head, Head]:
        """The end of the chain, and the end that was signed last."""
        found = {item.key.sk: item for item in self.items.query(Table.RECORDS, self._head_key().pk)}
        head, sealed = (decode(Head, found[name].body) if name in found else Head() for name in (END, SEALED))
        return head, sealed

    def note_sealed(self, head: Head) -> None:
        """This end was signed and locked away."""
        self.items.commit(Put(Item(replace(self._head_key(), sk=SEALED), body=encode(head))))

    def all(self, beyond: int = 0) -> Iterator[Entry]:
        """Every entry beyond a number; whole blocks may be missing only at the end."""
        first, last = beyond // BLOCK * BLOCK + 1, self.head().number
        while first <= last:
            after = f"{beyond:012d}"
            while page := self.items.query(Table.RECORDS, self._partition(first), after=after, limit=PAGE):
                yield from (decode(Entry, item.body) for item in page)
                after = page[-1].key.sk
            first += BLOCK

    def _partition(self, number: int) -> str:
        return f"{tenant_prefix(self.tenant)}AUDIT#{(number - 1) // BLOCK:06d}"

    def _key(self, number: int) -> Key:
        return Key(Table.RECORDS, self._partition(number), f"{number:012d}")

    def _head_key(self) -> Key:
        return Key(Table.RECORDS, f"{tenant_prefix(self.tenant)}AUDITHEAD", END)
