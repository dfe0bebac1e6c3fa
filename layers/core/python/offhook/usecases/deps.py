"""What a use case may touch, built for one tenant by wiring.py or by a test."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offhook.domain.ids import Clock, Ids
from offhook.domain.messages import Outgoing
from offhook.domain.storage import Items
from offhook.domain.telephony import Telephony
from offhook.domain.tenants.context import TenantContext
from offhook.stores.config import ConfigStore
from offhook.stores.contacts import Contacts

if TYPE_CHECKING:
    from collections.abc import Callable

    from offhook.domain.recordings.media import Media
    from offhook.stores.agents import Agents
    from offhook.stores.customers import Customers
    from offhook.usecases.integrations.courier import Courier


@dataclass(frozen=True, slots=True)
class Deps:
    """One tenant's stores and ports, the clock and the source of ids. courier: makes the way out to other systems."""

    tenant: TenantContext
    clock: Clock
    ids: Ids
    items: Items
    telephony: Telephony
    outgoing: Outgoing
    media: "Media"
    courier: "Callable[[], Courier] | None" = None

    @property
    def contacts(self) -> Contacts:
        """Contacts under way and closed."""
        return Contacts(self.items, self.tenant.id)

    @property
    def agents(self) -> "Agents":
        """Agents' presence."""
        from offhook.stores.agents import Agents

        return Agents(self.items, self.tenant.id)

    @property
    def config(self) -> ConfigStore:
        """What the tenant configured."""
        return ConfigStore(self.items, self.tenant.id)

    @property
    def customers(self) -> "Customers":
        """Customers and their timelines."""
        from offhook.stores.customers import Customers

        return Customers(self.items, self.tenant.id)
