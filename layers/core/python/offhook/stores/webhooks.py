"""What failures say of endpoints, beside their configuration."""

from dataclasses import dataclass

from offhook.domain.ids import TenantId
from offhook.domain.integrations.endpoint import HEALTHY, Health
from offhook.domain.storage import Delete, Item, Items, Put
from offhook.stores import keys
from offhook.stores.codec import decode, encode


@dataclass(frozen=True, slots=True)
class Reading:
    """Health as read, and its version (0 = nothing is stored: it never failed)."""

    health: Health
    version: int


@dataclass(frozen=True, slots=True)
class EndpointHealth:
    """The health of one tenant's endpoints."""

    items: Items
    tenant: TenantId

    def of(self, endpoint_id: str) -> Reading:
        """As last committed."""
        item = self.items.get(keys.endpoint_health(self.tenant, endpoint_id))
        return Reading(decode(Health, item.body), item.version) if item else Reading(HEALTHY, 0)

    def save(self, endpoint_id: str, read: Reading, health: Health) -> None:
        """Replace it as read; raises CommitConflict when somebody was faster."""
        key = keys.endpoint_health(self.tenant, endpoint_id)
        self.items.commit(Put(Item(key, version=read.version + 1, body=encode(health)), expect=read.version))

    def forget(self, endpoint_id: str) -> None:
        """It works again, or is gone."""
        self.items.commit(Delete(keys.endpoint_health(self.tenant, endpoint_id)))
