"""As many calls at once as the plan allows: one more hears why, and is recorded; what ends makes room, also a crash."""

import random
from dataclasses import replace

import pytest
from offhook.domain.errors import CallsAtLimit
from offhook.domain.ids import MINUTE, ContactId, TenantId
from offhook.domain.routing.contact import Outcome
from offhook.domain.tenants.plans import limits_of
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.calls import Calls
from offhook.usecases.routing.call_limit import calls_under_way, take_place
from offhook.usecases.routing.dial import dial

from tests.world import chaos, checks
from tests.world.agents import staff
from tests.world.world import World, world

MOST = limits_of("trial").concurrent_calls
NUMBER = "+14155550100"


def call(made: World, n: int, script: str = "press 2 after the first prompt, hang up after 60 s") -> str:
    return made.carrier.place_call(f"+1415555{n:04d}", NUMBER, script)


def on_trial(made: World, agents: int = 0) -> TenantId:
    tenant = made.add_tenant("acme", NUMBER, agents=agents)
    with made.within(tenant) as deps:
        deps.config.put(replace(deps.config.get(Tenant, tenant), plan="trial@1"))
    return tenant


def under_way(made: World, tenant: TenantId) -> int:
    with made.within(tenant) as deps:
        return calls_under_way(deps)


def test_one_call_more_than_the_plan_allows_hears_why_and_is_recorded() -> None:
    with world(seed=1) as made:
        tenant = on_trial(made)
        for n in range(MOST + 2):
            call(made, n)
        made.run(2)
        found = checks.contacts(made, tenant)
        refused = [one for one in found if one.outcome is Outcome.BLOCKED]
        assert [one.outcome_reason for one in refused] == ["calls_at_limit"] * 2
        assert under_way(made, tenant) == MOST == len(found) - 2
        made.run(900)
        assert under_way(made, tenant) == 0
        call(made, 50)
        made.run(2)
        assert under_way(made, tenant) == 1


def test_a_place_is_not_sold_twice_whatever_the_order() -> None:
    with world(seed=2) as made:
        tenant = on_trial(made)
        with made.within(tenant) as deps:
            got = [Calls(deps.items, tenant).take(ContactId(f"c_{n}"), 5, deps.clock.now()) for n in range(9)]
            again = [Calls(deps.items, tenant).take(ContactId(f"c_{n}"), 5, deps.clock.now()) for n in range(9)]
        assert sorted(got) == [0, 0, 0, 0, 1, 2, 3, 4, 5]
        assert again == got


def test_what_a_crash_left_behind_refuses_nobody() -> None:
    with world(seed=3) as made:
        tenant = on_trial(made)
        with made.within(tenant) as within:
            deps = replace(within, tenant=replace(within.tenant, plan="trial@1"))
            for n in range(MOST):
                take_place(deps, ContactId(f"never_stored_{n}"))
            with pytest.raises(CallsAtLimit):
                take_place(deps, ContactId("c_more"))
        made.run(MINUTE / 1000 + 1)
        with made.within(tenant):
            assert calls_under_way(deps) == 0
            assert {take_place(deps, ContactId(f"c_{n}")) for n in range(MOST)} == set(range(1, MOST + 1))


def test_a_disturbed_day_ends_with_every_place_free() -> None:
    with world(seed=4) as made:
        tenant = on_trial(made, agents=2)
        chance = random.Random(4)
        chaos.unleash(made)
        for n in range(30):
            call(made, n, "press 2 after the first prompt, press 1")
            made.run(chance.choice((1, 5, 40)))
            with made.within(tenant) as deps:
                assert len(Calls(deps.items, tenant)._rows()) <= MOST
        chaos.calm(made)
        made.run(3600)
        assert under_way(made, tenant) == 0


def test_a_call_out_beyond_the_limit_is_refused_with_a_code_and_changes_nothing() -> None:
    with world(seed=5) as made:
        tenant = on_trial(made, agents=1)
        (agent,) = staff(made, tenant)
        made.run(2)
        with made.within(tenant) as within:
            deps = replace(within, tenant=replace(within.tenant, plan="trial@1", caller_id=NUMBER))
            for n in range(MOST):
                take_place(deps, ContactId(f"c_{n}"))
            with pytest.raises(CallsAtLimit) as refused:
                dial(deps, agent.id, "+14155559999", caller_id=NUMBER)
            assert (refused.value.status, refused.value.code) == (429, "calls_at_limit")
        assert checks.contacts(made, tenant) == []
