"""Which tenant a user of the pool belongs to, and as what; ids only, in the directory."""

from dataclasses import dataclass

from offhook.domain.ids import AgentId, TenantId
from offhook.domain.storage import Item, Items, Put
from offhook.stores import keys
from offhook.stores.codec import decode, encode

USER = "USER"


@dataclass(frozen=True, slots=True)
class Membership:
    """A user's tenant, the agent they are in it, and their role."""

    tenant_id: TenantId
    agent_id: AgentId
    role: str


@dataclass(frozen=True, slots=True)
class Memberships:
    """Memberships by the user's subject in the pool."""

    items: Items

    def of(self, user_id: str) -> Membership | None:
        """The user's membership, if any."""
        item = self.items.get(keys.directory(USER, user_id))
        return decode(Membership, item.body) if item else None

    def put(self, user_id: str, membership: Membership) -> None:
        """Make the user a member, or change what they are."""
        self.items.commit(Put(Item(keys.directory(USER, user_id), body=encode(membership))))
