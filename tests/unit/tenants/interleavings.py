"""Several people change one tenant at once: things of a quota, seats, its life, a secret.

Before any commit another of them may act, and before that one's, a third, so that everybody decides on what is old by
then; an answer may be lost after its effect.
"""

import random
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from types import SimpleNamespace
from typing import Any

from offhook.adapters.memory.clock import FrozenClock, SeededIds
from offhook.adapters.memory.items import MemoryItems, MemoryStore
from offhook.domain.errors import Conflict, NotFound, PreconditionFailed, StoreUnavailable
from offhook.domain.ids import TenantId
from offhook.domain.integrations.endpoint import Endpoint, SecretRef
from offhook.domain.storage import Delete, Item, Key, Put, Table
from offhook.domain.tenants.context import TenantContext
from offhook.domain.tenants.lifecycle import TABLE, TenantStatus, Trigger
from offhook.domain.tenants.plans import Quota, QuotaReached, limits_of
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.codec import decode_events
from offhook.stores.counted import Counted
from offhook.stores.quotas import Quotas
from offhook.usecases.deps import Deps
from offhook.usecases.integrations import endpoints
from offhook.usecases.tenants import lifecycle

TENANT, PLAN = TenantId("t_one"), "trial"
DEEPEST = 3
MOVED_FROM = {str(before) for before, _ in TABLE}
EXPECTED = (Conflict, NotFound, PreconditionFailed, QuotaReached, StoreUnavailable)


class Tenancy:
    """One tenant on trial; `act` does one thing of somebody's, with others in between."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.depth, self.carried_out = chance, 0, 0
        self.store, self.secrets = MemoryStore(), dict[str, str]()
        self.items = MemoryItems(self.store, TENANT)
        nobody: Any = SimpleNamespace(send=lambda *_, **__: None)
        self.deps = Deps(TenantContext(TENANT), FrozenClock(), SeededIds(1), self.items, nobody, nobody, nobody)
        self.courier: Any = SimpleNamespace(secrets=SimpleNamespace(put=self.secrets.__setitem__))
        self.hooks = Counted(self.items, TENANT, Quota.WEBHOOK_ENDPOINTS)
        self.quotas = Quotas(self.items, TENANT)
        self.numbers = count()
        self.told: dict[str, list[str]] = {}
        self.items.commit(lifecycle.stored(Tenant(TENANT, status=TenantStatus.TRIALING), expect=0))
        self.store.before_commit, self.store.after_commit = self._before, self._after
        things, others = [self.hook, self.unhook, self.sit, self.leave], [self.move, self.rotate]
        self.actions: list[Callable[[], None]] = [*things, *others]

    def act(self) -> None:
        """One thing, which may be refused."""
        action = self.chance.choice(self.actions)
        with suppress(*EXPECTED):
            action()
            self.carried_out += 1

    def _before(self, _: object) -> None:
        if self.depth < DEEPEST and self.chance.random() < 0.4:
            self.depth += 1
            self.act()
            self.depth -= 1

    def _after(self, _: object) -> None:
        if self.chance.random() < 0.05:
            raise StoreUnavailable("The answer was lost.")

    def hook(self) -> None:
        """A thing that a quota counts."""
        name = f"we_{next(self.numbers)}"
        made = Endpoint(name, 1, "https://x.example", secrets=(SecretRef(f"first_{name}"),))
        self.hooks.create(made, PLAN)

    def unhook(self) -> None:
        """It goes; so do the secrets that were told."""
        name = self._name()
        self.told.pop(name, None)
        self.hooks.delete(Endpoint, name)

    def sit(self) -> None:
        """A seat is taken."""
        self.quotas.commit(Quota.SEATS, PLAN, Put(Item(self._seat()), expect=0))

    def leave(self) -> None:
        """A seat is given back."""
        self.items.commit(Delete(self._seat(), expect=1), self.quotas.give_back(Quota.SEATS))

    def move(self) -> None:
        """The tenant's life goes on."""
        lifecycle.move(self.deps, self.chance.choice(list(Trigger)), "somebody")

    def rotate(self) -> None:
        """A secret is changed; who is told the new one counts on it."""
        name = self._name()
        told = endpoints.rotate(self.deps, self.courier, name, self.chance.randbytes(24))
        newest = next(ref for ref, value in self.secrets.items() if value == told.secret)
        self.told.setdefault(name, []).append(newest)

    def check(self) -> None:
        """Nothing is oversold, counters are true, each move is told and legal, no secret that was told is lost."""
        for quota, kind in ((Quota.SEATS, "SEAT"), (Quota.WEBHOOK_ENDPOINTS, "ENDPOINT")):
            there = len(self.items.query(Table.CONFIG, f"T#{TENANT}#{kind}", limit=1000))
            assert there == self.quotas.used(quota) <= limits_of(PLAN).of(quota), (quota, there)
        self._check_life()
        for endpoint in self.deps.config.list(Endpoint):
            refs = [ref.name for ref in endpoint.secrets]
            assert len(set(refs)) == len(refs) and endpoint.secrets[0].until is None
            assert set(self.told.get(endpoint.id, [])) <= set(refs), endpoint.id

    def _check_life(self) -> None:
        kept = [row.item for key, row in self.store.rows.items() if "#FACT#" in key.pk]
        facts = sorted((int(item.key.pk.rpartition("-")[2]), decode_events(item.events)[0]) for item in kept)
        tenant = self.deps.config.get(Tenant, TENANT)
        assert [version for version, _ in facts] == list(range(2, tenant.version + 1)), "each move is told once"
        state = str(TenantStatus.TRIALING)
        for _, fact in facts:
            assert fact["from_state"] == state and state in MOVED_FROM, fact
            state = fact["to_state"]
        assert tenant.status == state

    def _name(self) -> str:
        """One of the last few that were made, gone or not."""
        made = self.items.query(Table.CONFIG, f"T#{TENANT}#ENDPOINT", limit=1000)
        return self.chance.choice([*(item.key.sk for item in made), "we_0"])

    def _seat(self) -> Key:
        return Key(Table.CONFIG, f"T#{TENANT}#SEAT", f"s{self.chance.randrange(limits_of(PLAN).of(Quota.SEATS) + 3)}")


def live_together(chance: random.Random, things: int = 8) -> int:
    """A few things by several people at once; returns how many were carried out."""
    tenancy = Tenancy(chance)
    for _ in range(things):
        tenancy.act()
        tenancy.check()
    return tenancy.carried_out
