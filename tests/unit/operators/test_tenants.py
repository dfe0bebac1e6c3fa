"""Operators find and suspend tenants; to everybody else the desk is not there."""

import pytest
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.plans import limits_for, limits_of
from offhook.stores.audit import AuditTrail
from offhook.stores.directory import Directory
from offhook.stores.operators import Operators
from offhook.usecases.metering.margins import PICOS_A_CENT, TenantMonth, metered
from offhook.usecases.tenants.plan import standing
from offhook.web.app import OffhookApp
from offhook.web.operator import money, tenants
from offhook.wiring.memory import MemoryWorld

from tests.unit.web.worlds import SIDS, A, B, add_member, asks

pytestmark = pytest.mark.usefixtures("names_as_tokens")
OPERATOR = "owner-of-t_a"


@pytest.fixture
def app(world: MemoryWorld) -> OffhookApp:
    made = OffhookApp("operator")
    tenants.routes(made)
    Operators(world.edge_items()).add(OPERATOR)
    for tenant in (A, B):
        Directory(world.edge_items()).add_tenant(tenant)
    return made


def ids(app: OffhookApp, query: str = "") -> list[str]:
    return [t["id"] for t in asks(app, "GET", f"/tenants{query}", user=OPERATOR).json()["data"]]


def test_an_operator_sees_every_tenant_page_by_page(app: OffhookApp) -> None:
    assert ids(app) == [A, B]
    first = asks(app, "GET", "/tenants?limit=1", user=OPERATOR).json()
    assert [t["id"] for t in first["data"]] == [A]
    assert ids(app, f"?limit=1&cursor={first['next_cursor']}") == [B]


def test_a_tenant_is_found_by_its_account_and_its_id(app: OffhookApp) -> None:
    assert ids(app, f"?query={SIDS[B]}") == [B]
    assert ids(app, f"?query={B}") == [B]
    assert ids(app, "?query=nobody") == []
    assert ids(app, "?status=suspended") == []


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("user", ["owner-of-t_b", "agent-of-t_a", "stranger"])
def test_to_everybody_else_nothing_is_there(app: OffhookApp, method: str, user: str) -> None:
    path = {"GET": "/tenants/{}", "POST": "/tenants/{}/suspension", "DELETE": "/tenants/{}/suspension"}[method]
    answers = {
        (a := asks(app, method, path.format(t), user=user, json={"reason": "because"})).status: a.body
        for t in (A, "t_no")
    }
    assert len(answers) == 1 and set(answers) <= {401, 404}


def test_an_operator_without_their_second_factor_is_nobody(app: OffhookApp, world: MemoryWorld) -> None:
    add_member(world, A, "bare", "owner", "a_9", second_factor=False)
    Operators(world.edge_items()).add("bare")
    assert asks(app, "GET", "/tenants", user="bare").status == 404


def test_a_suspension_changes_the_tenant_and_stands_in_its_own_trail(app: OffhookApp, world: MemoryWorld) -> None:
    path = f"/tenants/{B}/suspension"
    assert asks(app, "POST", path, user=OPERATOR, json={"reason": "toll fraud"}).json()["status"] == "suspended"
    assert world.tenant_context(B).status is TenantStatus.SUSPENDED
    deps = world.deps_for(world.tenant_context(B))
    (entry,) = AuditTrail(deps.items, B).all()
    assert (entry.act.actor, entry.act.role, entry.act.about) == (OPERATOR, "operator", {"reason": "toll fraud"})
    assert asks(app, "DELETE", path, user=OPERATOR).json()["status"] == "trialing"


def test_a_suspension_without_a_reason_names_the_field_and_changes_nothing(app: OffhookApp, world: MemoryWorld) -> None:
    answer = asks(app, "POST", f"/tenants/{B}/suspension", user=OPERATOR, json={"reason": ""})
    assert answer.status == 400 and answer.json()["errors"][0]["field"] == "$.reason"
    assert world.tenant_context(B).status is TenantStatus.ACTIVE


def test_a_tenant_that_is_nowhere_is_not_found(app: OffhookApp) -> None:
    assert asks(app, "GET", "/tenants/t_nowhere", user=OPERATOR).status == 404


def test_limits_are_set_for_one_tenant_in_its_trail_and_hold(app: OffhookApp, world: MemoryWorld) -> None:
    given = {"limits": {"concurrent_calls": 7, "seats": 9}, "reason": "agreed by mail"}
    answer = asks(app, "PUT", f"/tenants/{B}/limits", user=OPERATOR, json=given)
    assert (answer.status, answer.json()["limits"]) == (200, given["limits"])
    tenant = world.tenant_context(B)
    assert (limits_for(tenant).seats, limits_for(tenant).concurrent_calls) == (9, 7)
    assert limits_for(tenant).flows == limits_of(tenant.plan).flows
    assert standing(world.deps_for(tenant))["quotas"]["seats"]["limit"] == 9
    entries = AuditTrail(world.deps_for(tenant).items, B).all()
    assert any(one.act.action == "set limits" for one in entries)
    asks(app, "PUT", f"/tenants/{B}/limits", user=OPERATOR, json={**given, "limits": {}})
    assert limits_for(world.tenant_context(B)) == limits_of("trial")


@pytest.mark.parametrize("limits", [{"feet": 2}, {"seats": -1}, {"seats": "many"}, {"seats": 10**20}])
def test_what_is_no_limit_is_refused(app: OffhookApp, world: MemoryWorld, limits: dict[str, object]) -> None:
    answer = asks(app, "PUT", f"/tenants/{B}/limits", user=OPERATOR, json={"limits": limits, "reason": "because"})
    assert answer.status == 400
    assert world.tenant_context(B).limits == ()


def test_tenants_are_listed_by_margin(app: OffhookApp) -> None:
    money.routes(app)
    rows = asks(app, "GET", "/margins?month=2025-06", user=OPERATOR).json()["data"]
    assert [(row["tenant"], row["margin"]) for row in rows] == [(A, 0), (B, 0)]
    assert asks(app, "GET", "/margins?month=June", user=OPERATOR).status == 400
    assert asks(app, "GET", "/margins", user="owner-of-t_b").status == 404


def test_the_worst_margin_comes_first_and_a_started_cent_counts() -> None:
    parts = [TenantMonth("t_1", {"a": 1}, 5), TenantMonth("t_2", {"a": 3 * PICOS_A_CENT, "b": 1}, 0)]
    assert [(one.tenant, one.cost, one.margin) for one in metered(parts)] == [("t_2", 4, -4), ("t_1", 1, 4)]
