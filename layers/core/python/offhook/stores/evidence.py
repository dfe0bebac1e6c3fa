"""Evidence packages that were asked for, the latest of each contact."""

from dataclasses import dataclass, replace

from offhook.domain.ids import DAY, ContactId, TenantId
from offhook.domain.recordings.evidence import Evidence
from offhook.domain.storage import Item, Items, Key, Put, Table
from offhook.stores.codec import decode, encode
from offhook.stores.keys import tenant_prefix

KEPT = 7 * DAY  # as long as the file


@dataclass(frozen=True, slots=True)
class Packages:
    """One tenant's."""

    items: Items
    tenant: TenantId

    def find(self, contact: ContactId) -> Evidence | None:
        """The latest."""
        item = self.items.get(self._key(contact))
        return decode(Evidence, item.body) if item else None

    def write(self, package: Evidence) -> Evidence:
        """Store it over the version it was read at; raises CommitConflict."""
        new = replace(package, version=package.version + 1)
        expires = new.asked_at + KEPT
        item = Item(self._key(new.contact_id), new.version, encode(new), expires_at=expires)
        self.items.commit(Put(item, expect=package.version))
        return new

    def _key(self, contact: ContactId) -> Key:
        return Key(Table.RECORDS, f"{tenant_prefix(self.tenant)}EVIDENCE#{contact}", "EVIDENCE")
