"""Paces of a plan: taken one by one or by amount, refilled by time, shared by all processes of a tenant."""

from typing import Any

import pytest
from offhook.adapters.memory.clock import FrozenClock
from offhook.domain.ids import TenantId
from offhook.domain.tenants.plans import CATALOGUE, limits_of
from offhook.domain.tenants.rates import Pace, pace_of
from offhook.domain.tenants.tenant import Tenant
from offhook.usecases.deps import Deps
from offhook.usecases.tenants import pace
from offhook.wiring.memory import MemoryWorld

NO_CARRIER: Any = None
GB = 1024**3


@pytest.fixture
def world() -> MemoryWorld:
    made = MemoryWorld(telephony=lambda _tenant: NO_CARRIER)
    for tenant in ("t_one", "t_two"):
        made.add_tenant(Tenant(TenantId(tenant), plan="growth"))
    return made


def deps(world: MemoryWorld, tenant: str = "t_one") -> Deps:
    return world.deps_for(world.tenant_context(TenantId(tenant)))


def advance(world: MemoryWorld, seconds: float) -> None:
    assert isinstance(world.clock, FrozenClock)
    world.clock.advance(seconds)


def test_so_many_a_second_and_no_more(world):
    limit = limits_of("growth").sms_per_second
    assert [pace.may(deps(world), Pace.SMS) for _ in range(limit + 2)] == [True] * limit + [False] * 2
    advance(world, 0.5)
    assert [pace.may(deps(world), Pace.SMS) for _ in range(limit)].count(True) == limit // 2


def test_paces_and_tenants_are_apart(world):
    while pace.may(deps(world), Pace.OUTBOUND_CALLS):
        pass
    assert pace.may(deps(world), Pace.SMS)
    assert pace.may(deps(world, "t_two"), Pace.OUTBOUND_CALLS)


def test_an_amount_is_taken_whole_or_not_at_all(world):
    assert pace.may(deps(world), Pace.ATHENA_BYTES, 99 * GB)
    assert not pace.may(deps(world), Pace.ATHENA_BYTES, 2 * GB)
    assert pace.may(deps(world), Pace.ATHENA_BYTES, 1 * GB)


def test_what_was_used_unasked_is_accounted_for(world):
    pace.used(deps(world), Pace.AI_TOKENS, 15_000_000)
    assert not pace.may(deps(world), Pace.AI_TOKENS)
    advance(world, 86_400 / 2)
    assert not pace.may(deps(world), Pace.AI_TOKENS)
    advance(world, 10)
    assert pace.may(deps(world), Pace.AI_TOKENS)


def test_every_plan_has_every_pace():
    assert all(pace_of(plan.limits, one).quota >= 1 for plan in CATALOGUE for one in Pace)
