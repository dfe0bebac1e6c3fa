"""How far the erasure of a tenant is, and in the end its certificate."""

from dataclasses import dataclass

from offhook.domain.ids import TenantId
from offhook.domain.storage import Item, Items, Key, Put, Table
from offhook.domain.tenants.erasure import Erasure
from offhook.stores.codec import decode, encode


@dataclass(frozen=True, slots=True)
class Erasures:
    """The one erasure of a tenant."""

    items: Items
    tenant: TenantId

    def find(self) -> Erasure | None:
        """None when it never began."""
        item = self.items.get(self._key())
        return decode(Erasure, item.body) if item else None

    def write(self, erasure: Erasure) -> Put:
        """The write that stores it, from the version before."""
        return Put(Item(self._key(), erasure.version, encode(erasure)), expect=erasure.version - 1)

    def _key(self) -> Key:
        return Key(Table.RECORDS, f"T#{self.tenant}#ERASURE", "ERASURE")
