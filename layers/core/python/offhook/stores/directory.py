"""The directory: global handles to tenants, and the list of tenants; it holds ids and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass

from offhook.domain.ids import TenantId
from offhook.domain.storage import Delete, Item, Items, Key, Put, Table
from offhook.stores import keys
from offhook.stores.codec import decode, encode

TENANTS = "TENANTS"
ERASED = "ERASED"


@dataclass(frozen=True, slots=True)
class Handle:
    """What a global handle leads to."""

    tenant_id: TenantId


@dataclass(frozen=True, slots=True)
class Directory:
    """The one store without a tenant; reached by the edge and by schedules only."""

    items: Items

    def tenant_of(self, kind: str, handle: str) -> TenantId | None:
        """The tenant behind a handle such as (NUMBER, +15005550006)."""
        item = self.items.get(keys.directory(kind, handle))
        return decode(Handle, item.body).tenant_id if item else None

    def register(self, kind: str, handle: str, tenant: TenantId) -> None:
        """Let the handle lead to the tenant; raises CommitConflict when it is taken."""
        self.items.commit(Put(Item(keys.directory(kind, handle), body=encode(Handle(tenant))), expect=0))

    def lead(self, kind: str, handle: str, tenant: TenantId) -> None:
        """Let the handle lead to the tenant, whatever was there (seeding)."""
        self.items.commit(Put(Item(keys.directory(kind, handle), body=encode(Handle(tenant)))))

    def add_tenant(self, tenant: TenantId) -> None:
        """List the tenant; once listed, schedules look after it."""
        self.items.commit(Put(Item(Key(Table.DIRECTORY, TENANTS, tenant), body=encode(Handle(tenant)))))

    def drop_tenant(self, tenant: TenantId) -> None:
        """From the list that schedules walk to that of the erased; again changes nothing."""
        stone = Item(Key(Table.DIRECTORY, ERASED, tenant), body=encode(Handle(tenant)))
        self.items.commit(Delete(Key(Table.DIRECTORY, TENANTS, tenant)), Put(stone))

    def tenants(self) -> Iterator[TenantId]:
        """Every tenant that is not erased, by id."""
        return self._listed(TENANTS)

    def erased(self) -> Iterator[TenantId]:
        """Every tenant that was erased, by id: after a restore of the tables they are erased again."""
        return self._listed(ERASED)

    def _listed(self, partition: str) -> Iterator[TenantId]:
        after = ""
        while page := self.items.query(Table.DIRECTORY, partition, after=after, limit=100):
            yield from (TenantId(item.key.sk) for item in page)
            after = page[-1].key.sk
