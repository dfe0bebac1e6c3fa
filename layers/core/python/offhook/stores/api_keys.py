"""API keys: configured things, a handle in the directory that leads to their tenant, and when they were last used."""

from dataclasses import dataclass

from offhook.domain.ids import Instant, TenantId
from offhook.domain.storage import Delete, Item, Items, Put
from offhook.stores import keys

HANDLE = "KEY"


@dataclass(frozen=True, slots=True)
class KeyUse:
    """When the keys of one tenant were last used, to some minutes."""

    items: Items
    tenant: TenantId

    def note(self, key_id: str, at: Instant) -> None:
        """It was used now."""
        self.items.commit(Put(Item(keys.key_use(self.tenant, key_id), version=at)))

    def last(self, key_ids: list[str]) -> list[Instant | None]:
        """When each was last used, None = never."""
        found = self.items.get_many([keys.key_use(self.tenant, one) for one in key_ids])
        return [item.version if item else None for item in found]

    def forget(self, key_id: str) -> None:
        """The key is gone."""
        self.items.commit(Delete(keys.key_use(self.tenant, key_id)))


def forget_handle(directory: Items, key_id: str) -> None:
    """The key leads nowhere any more."""
    directory.commit(Delete(keys.directory(HANDLE, key_id)))
