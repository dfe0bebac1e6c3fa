"""Calls to a tenant that takes none: a notice in its language, and one contact that was refused."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from offhook.domain.ids import TenantId
from offhook.domain.routing.contact import Outcome
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.tenant import Tenant

from tests.world import checks
from tests.world.world import World, world

NUMBER, CALLER = "+14155550100", "+14155550999"


@pytest.fixture
def made() -> Iterator[World]:
    with world(seed=1) as one:
        yield one


def at_rest(made: World, status: TenantStatus, language: str) -> TenantId:
    tenant = made.add_tenant("acme", NUMBER)
    with made.within(tenant) as deps:
        found = deps.config.get(Tenant, tenant)
        deps.config.put(replace(found, status=status, language=language))
    made._known.clear()
    return tenant


@pytest.mark.parametrize("status", [TenantStatus.SUSPENDED, TenantStatus.CLOSING])
@pytest.mark.parametrize(("language", "words"), [("en-US", "not in service"), ("zh-CN", "暂停服务")])
def test_a_call_hears_the_notice_and_is_recorded(made: World, status: TenantStatus, language: str, words: str) -> None:
    tenant = at_rest(made, status, language)
    sid = made.carrier.place_call(CALLER, NUMBER, "press 1 after the first prompt")
    made.run(120)
    assert any(words in entry.text for entry in made.carrier.transcript(sid))
    (contact,) = checks.contacts(made, tenant)
    assert (contact.outcome, contact.outcome_reason) == (Outcome.BLOCKED, f"tenant_{status}")
    checks.nothing_left(made, tenant)
    checks.every_call_recorded(made, tenant, [sid])
    checks.replay_equals_tables(made, tenant)
    assert made.carrier.notifications == []
