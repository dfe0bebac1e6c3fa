"""What was paid for holds with the next request, also in a process that remembers the plan or status before."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from chalice.app import Response as Answer
from offhook import wiring
from offhook.adapters.memory.items import MemoryItems
from offhook.domain.storage import Table
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.permissions import Permission
from offhook.domain.tenants.plans import Feature, Quota, require
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.config import ConfigStore
from offhook.stores.quotas import Quotas
from offhook.web.app import OffhookApp
from offhook.web.responses import no_content
from offhook.web.testing import claims_by_name

from bench.centre import CachedWorld
from tests.unit.web.conftest import environment
from tests.unit.web.worlds import A, add_member, asks

__all__ = ["environment"]
NO_CARRIER: Any = None
OWNER = "owner-of-t_a"


@pytest.fixture
def world(environment: None) -> Iterator[CachedWorld]:
    """A process that remembers its configuration, which another process changes."""
    made = CachedWorld(telephony=lambda _tenant: NO_CARRIER)
    with wiring.use(made), patch("offhook.web.tokens.claims_of", claims_by_name):
        made.add_tenant(Tenant(A, plan="trial@1"))
        add_member(made, A, OWNER, "owner")
        yield made


@pytest.fixture
def app() -> OffhookApp:
    app = OffhookApp("sample")

    @app.api("/sets", methods=["POST"], permission=Permission.PEOPLE_WRITE)
    def with_feature() -> Answer:
        require(app.deps().tenant.plan, Feature.CUSTOM_ROLES)
        return no_content()

    @app.api("/numbers", methods=["POST"], permission=Permission.NUMBERS_BUY)
    def with_quota() -> Answer:
        deps = app.deps()
        Quotas(deps.items, deps.tenant.id).commit(Quota.NUMBERS, deps.tenant.plan)
        return no_content()

    return app


def elsewhere(world: CachedWorld, **changed: Any) -> None:
    ConfigStore(MemoryItems(world.store, A), A).put(Tenant(A, **changed))


def test_a_feature_of_the_plan_paid_a_moment_ago_is_there(world: CachedWorld, app: OffhookApp) -> None:
    assert asks(app, "POST", "/sets").json()["code"] == "feature_not_in_plan"
    elsewhere(world, plan="growth@1")
    assert asks(app, "POST", "/sets").status == 204


def test_so_is_its_quota(world: CachedWorld, app: OffhookApp) -> None:
    assert [asks(app, "POST", "/numbers").status for _ in range(2)] == [204, 402]
    elsewhere(world, plan="starter@1")
    assert asks(app, "POST", "/numbers").status == 204


def test_who_comes_back_may_write_at_once(world: CachedWorld, app: OffhookApp) -> None:
    elsewhere(world, plan="growth@1", status=TenantStatus.SUSPENDED)
    refused = asks(app, "POST", "/sets")
    assert (refused.status, refused.json()["code"]) == (403, "tenant_not_active")
    elsewhere(world, plan="growth@1")
    assert asks(app, "POST", "/sets").status == 204


def test_what_is_not_allowed_is_still_refused_once_looked_at_again(world: CachedWorld, app: OffhookApp) -> None:
    elsewhere(world, plan="starter@1")
    for _ in range(2):
        assert asks(app, "POST", "/sets").json()["code"] == "feature_not_in_plan"


def test_only_a_refusal_looks_again(world: CachedWorld, app: OffhookApp) -> None:
    elsewhere(world, plan="growth@1")
    asks(app, "POST", "/sets")
    with patch.object(world, "forget_tenant", wraps=world.forget_tenant) as looks:
        assert asks(app, "POST", "/sets").status == 204
        assert asks(app, "POST", "/sets", "agent-of-t_a").status == 401
        assert looks.call_count == 0
        elsewhere(world, plan="trial@1")
        world.cache.forget(Table.CONFIG, f"T#{A}#TENANT")
        assert asks(app, "POST", "/sets").status == 402
        assert looks.call_count == 1
