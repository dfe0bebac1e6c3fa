"""Configured things of which a plan allows so many: made and removed together with their counter."""

from dataclasses import dataclass
from typing import TypeVar

from offhook.domain.errors import NotFound
from offhook.domain.ids import TenantId
from offhook.domain.storage import CommitConflict, Delete, Item, Items, Put
from offhook.domain.tenants.context import TenantContext
from offhook.domain.tenants.plans import Quota
from offhook.stores import keys
from offhook.stores.codec import encode
from offhook.stores.config import Configured, kind_of, words_of
from offhook.stores.quotas import Quotas

C = TypeVar("C", bound=Configured)


@dataclass(frozen=True, slots=True)
class Counted:
    """The things of one tenant that a quota counts."""

    items: Items
    tenant: TenantId
    quota: Quota

    def create(self, thing: C, plan: str | TenantContext) -> C:
        """Store a new thing; raises QuotaReached, and CommitConflict when the id is taken."""
        key = keys.config(self.tenant, kind_of(type(thing)), str(thing.id))
        put = Put(Item(key, version=thing.version, body=encode(thing)), expect=0)
        Quotas(self.items, self.tenant).commit(self.quota, plan, put)
        return thing

    def delete(self, cls: type[C], entity_id: str) -> None:
        """Remove it and count one less; raises NotFound, also to the second of two who remove it."""
        key = keys.config(self.tenant, kind_of(cls), entity_id)
        item = self.items.get(key)
        if item is None:
            raise NotFound(f"There is no {words_of(cls)} with this id.")
        try:
            self.items.commit(Delete(key, expect=item.version), Quotas(self.items, self.tenant).give_back(self.quota))
        except CommitConflict as conflict:
            raise NotFound(f"There is no {words_of(cls)} with this id.") from conflict
