"""Everything of one tenant, whatever it is: for exports and erasures, which may leave nothing out."""

from dataclasses import dataclass
from typing import Protocol

from offhook.domain.ids import TenantId
from offhook.domain.storage import Item, Table


@dataclass(frozen=True, slots=True)
class Swept:
    """Some of a table's items of the tenant, perhaps none; after: where to go on, "" = the table is through."""

    items: tuple[Item, ...]
    after: str


class Sweep(Protocol):
    """Reads whole tables and passes on what is the tenant's; its cost is that of the table, not of the tenant."""

    def items(self, tenant: TenantId, table: Table, after: str = "") -> Swept:
        """The next of the tenant's items; raises StoreUnavailable."""
        ...

    def handles(self, tenant: TenantId, after: str = "") -> Swept:
        """The next of the directory's items that name the tenant; raises StoreUnavailable."""
        ...


def names(item: Item, body: bytes, tenant: TenantId) -> bool:
    """Whether an item of the directory is about the tenant. body: the item's, as it was before it was packed."""
    return item.key.sk == tenant or f'"{tenant}"'.encode() in body
