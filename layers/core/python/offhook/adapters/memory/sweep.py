"""Sweeps over the store in memory, some rows at a time."""

from dataclasses import dataclass

from offhook.adapters.memory.store import MemoryStore
from offhook.domain.ids import TenantId
from offhook.domain.storage import Table
from offhook.domain.sweeping import Swept, names
from offhook.stores.packing import unpack

PAGE = 25


@dataclass(frozen=True, slots=True)
class MemorySweep:
    """page: rows read at a time, whoever's they are."""

    store: MemoryStore
    page: int = PAGE

    def items(self, tenant: TenantId, table: Table, after: str = "") -> Swept:
        """The next rows of the table in the order of their keys; what is kept is the tenant's."""
        self.store.request("Scan")
        keys = sorted((k for k in self.store.rows if k.table is table), key=lambda k: (k.pk, k.sk))
        rest = [k for k in keys if f"{k.pk}\0{k.sk}" > after]
        page = rest[: self.page]
        found = tuple(self.store.rows[k].item for k in page if k.pk.startswith(f"T#{tenant}#"))
        return Swept(found, f"{page[-1].pk}\0{page[-1].sk}" if len(rest) > self.page else "")

    def handles(self, tenant: TenantId, after: str = "") -> Swept:
        """The whole directory at once."""
        self.store.request("Scan")
        found = [row.item for key, row in self.store.rows.items() if key.table is Table.DIRECTORY]
        return Swept(tuple(one for one in found if names(one, unpack(one.body), tenant)), "")
