"""Another plan, if it is large enough; what is used of the present one."""

from collections.abc import Iterator
from typing import Any

import pytest
from offhook import wiring
from offhook.domain.ids import TenantId
from offhook.domain.storage import CommitConflict, Write
from offhook.domain.tenants.plans import Quota, UnknownPlan
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.codec import decode_events
from offhook.stores.quotas import Quotas
from offhook.usecases.deps import Deps
from offhook.usecases.tenants import plan
from offhook.wiring.memory import MemoryWorld

NO_CARRIER: Any = None
ME = TenantId("t_one")


@pytest.fixture
def world() -> Iterator[MemoryWorld]:
    made = MemoryWorld(telephony=lambda _tenant: NO_CARRIER)
    made.add_tenant(Tenant(ME, plan="starter@1"))
    with wiring.use(made):
        yield made


@pytest.fixture
def deps(world: MemoryWorld) -> Deps:
    return world.deps_for(world.tenant_context(ME))


def use(deps: Deps, quota: Quota, amount: int) -> None:
    deps.items.commit(Quotas(deps.items, ME).take(quota, 10_000, amount))


def test_a_plan_that_is_large_enough_is_taken_and_told(deps, world):
    use(deps, Quota.SEATS, 25)
    assert plan.change(deps, "growth").plan == "growth@1"
    assert world.tenant_context(ME).plan == "growth@1"
    (told,) = [decode_events(record.new.events) for record in world.store.stream if record.new]
    assert [(one["type"], one["previous_plan"], one["plan"]) for one in told] == [
        ("plan_changed", "starter@1", "growth@1")
    ]


def test_a_plan_too_small_for_what_is_there_is_refused_naming_it(deps, world):
    plan.change(deps, "growth")
    use(deps, Quota.SEATS, 26)
    use(deps, Quota.NUMBERS, 6)
    before = dict(world.store.rows)
    with pytest.raises(plan.PlanTooSmall, match=r"26 seats of 25, 6 numbers of 5"):
        plan.change(deps, "starter")
    assert world.store.rows == before


def test_what_is_added_between_look_and_commit_is_seen(deps, world):
    plan.change(deps, "growth")
    use(deps, Quota.SEATS, 25)

    def sneak(writes: Any) -> None:
        world.store.before_commit = None
        use(deps, Quota.SEATS, 1)

    world.store.before_commit = sneak
    with pytest.raises(plan.PlanTooSmall):
        plan.change(deps, "starter")


def test_the_same_plan_again_and_an_unknown_one_change_nothing(deps, world):
    before = dict(world.store.rows)
    assert plan.change(deps, "starter").plan == "starter@1"
    with pytest.raises(UnknownPlan):
        plan.change(deps, "golden")
    assert world.store.rows == before


def test_what_is_used_stands_beside_what_is_allowed(deps):
    use(deps, Quota.NUMBERS, 2)
    stands = plan.standing(deps)
    assert stands["quotas"]["numbers"] == {"used": 2, "limit": 5}
    assert stands["rates"]["api_per_minute"] == 1200
    assert "seats" not in stands["rates"]


def test_a_change_that_lost_every_time_says_so(deps, world):
    def taken(writes: list[Write]) -> None:
        raise CommitConflict([0])

    world.store.before_commit = taken
    with pytest.raises(CommitConflict):
        plan.change(deps, "growth")
