"""Counters of what a tenant has, moved in the commit that makes or removes the thing: they cannot be oversold."""

from dataclasses import dataclass

from offhook.domain.ids import TenantId
from offhook.domain.storage import Add, CommitConflict, Items, Key, Table, Write
from offhook.domain.tenants.context import TenantContext
from offhook.domain.tenants.plans import Quota, QuotaReached, limits_for, limits_of
from offhook.stores.keys import tenant_prefix

__all__ = ["Quota", "QuotaReached", "Quotas"]
USED = "used"


@dataclass(frozen=True, slots=True)
class Quotas:
    """One tenant's counters, one item for each quota.

    Make a thing: `commit(Quota.SEATS, plan, Put(thing, expect=0))`, which raises QuotaReached. Remove it:
    `items.commit(Delete(thing, expect=version), quotas.give_back(Quota.SEATS))`.
    """

    items: Items
    tenant: TenantId

    def take(self, quota: Quota, limit: int, amount: int = 1) -> Write:
        """The write that counts more of it, for the commit that makes them; it is refused above the limit."""
        return Add(self._key(quota), {USED: amount}, at_most={USED: limit})

    def give_back(self, quota: Quota, amount: int = 1) -> Write:
        """The write that counts fewer of it, for the commit that removes them (which must expect them to exist)."""
        return Add(self._key(quota), {USED: -amount}, at_least={USED: 0})

    def commit(self, quota: Quota, plan: str | TenantContext, *writes: Write, amount: int = 1) -> None:
        """Commit the writes with `amount` taken of what the plan allows.

        plan: a tenant's, with what was set for it alone, or one of the catalogue. Raises QuotaReached;
        or CommitConflict, for `writes` as positions from 0, when something else was in the way.
        """
        named, limits = (plan, limits_of(plan)) if isinstance(plan, str) else (plan.plan, limits_for(plan))
        limit = limits.of(quota)
        try:
            self.items.commit(*writes, self.take(quota, limit, amount))
        except CommitConflict as conflict:
            taken = len(writes)
            if taken in conflict.failed and self.used(quota) + amount > limit:
                raise QuotaReached(quota, limit, named) from conflict
            raise CommitConflict([n for n in conflict.failed if n != taken]) from conflict

    def used(self, quota: Quota) -> int:
        """How many there are."""
        return self._counts(quota)[quota]

    def all(self) -> dict[Quota, int]:
        """How many there are of everything, in one round trip."""
        return self._counts(*Quota)

    def correct(self, quota: Quota, seen: int, true: int) -> Write:
        """The write that sets a counter right, refused unless it still is what was seen (repairs, imports, seeding)."""
        return Add(self._key(quota), {USED: true - seen}, at_most={USED: true}, at_least={USED: true})

    def _counts(self, *quotas: Quota) -> dict[Quota, int]:
        found = self.items.get_many([self._key(quota) for quota in quotas])
        return {quota: item.numbers.get(USED, 0) if item else 0 for quota, item in zip(quotas, found, strict=True)}

    def _key(self, quota: Quota) -> Key:
        return Key(Table.CONFIG, f"{tenant_prefix(self.tenant)}QUOTA", quota.value)
