"""Budgets over HTTP, and what metering does by the clock."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from offhook import wiring
from offhook.adapters.guard import tenant_scope
from offhook.adapters.memory.clock import FrozenClock
from offhook.domain.ids import TenantId
from offhook.domain.messages import Topic
from offhook.domain.tenants.tenant import Tenant
from offhook.settings import settings
from offhook.stores.directory import Directory
from offhook.stores.ledger import Ledger
from offhook.usecases.analytics.ledger import book_events
from offhook.usecases.metering.progress import advanced, note_progress
from offhook.web.testing import Response, claims_by_name, invoke
from offhook.wiring.memory import MemoryWorld

from functions.analytics.app import app
from functions.tenants.app import metering_hour, provision
from tests.unit.metering.kit import ACME, NONE, OTHER, at, call
from tests.unit.rounds import wake
from tests.unit.web.worlds import add_member
from tests.world.world import ENVIRONMENT

Ask = Callable[..., Response]
BUDGET = {"amount": "50.00", "hard_cap": "80.00", "notify": ["boss@acme.example"]}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryWorld]:
    """Two tenants, on the sixth of November at six."""
    world = MemoryWorld(telephony=lambda _: NONE, clock=FrozenClock(at("2026-11-06T06:05")))
    for tenant, plan in ((ACME, "pay_per_use@1"), (OTHER, "trial@1")):
        world.add_tenant(Tenant(tenant, name=tenant.title(), plan=plan))
        Directory(world.edge_items()).add_tenant(tenant)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    with wiring.use(world):
        yield world
    settings.cache_clear()


@pytest.fixture
def ask(made: MemoryWorld, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setattr("offhook.web.tokens.claims_of", claims_by_name)

    def asked(method: str, path: str, body: Any = None, tag: str = "", role: str = "owner") -> Response:
        add_member(made, ACME, f"{role}-of-acme", role)
        headers = {"Authorization": f"Bearer {role}-of-acme"} | ({"If-Match": f'"{tag}"'} if tag else {})
        return invoke(app, method, path, json=body, headers=headers)

    return asked


def used(made: MemoryWorld, tenant: TenantId, *calls: list[dict[str, Any]]) -> None:
    with tenant_scope(tenant):
        deps = wiring.deps_for(wiring.tenant_context(tenant))
        book_events(deps, [fact for one in calls for fact in one])
        note_progress(deps)


def test_a_budget_is_set_changed_and_never_from_an_old_reading(ask: Ask) -> None:
    assert ask("GET", "/budgets").headers["ETag"] == '"0"'
    assert ask("PUT", "/budgets", BUDGET).status == 428
    assert ask("PUT", "/budgets", BUDGET, tag="0").json()["version"] == 1
    assert ask("PUT", "/budgets", BUDGET, tag="0").status == 412
    assert ask("PUT", "/budgets", {"amount": "9.00"}, tag="1").json()["hard_cap"] == ""
    assert ask("GET", "/budgets").json() == {
        "id": "month",
        "version": 2,
        "amount": "9.00",
        "hard_cap": "",
        "notify": [],
    }


@pytest.mark.parametrize(
    ("body", "field"),
    [({"amount": 50}, "$.amount"), ({"amount": "-5"}, "$.amount"), ({"limit": "5"}, "$.limit"),
     ({"notify": ["x"]}, "$.notify[0]"), ({"notify": "x@y.de"}, "$.notify")],
)  # fmt: skip
def test_a_malformed_budget_names_its_field_and_changes_nothing(ask: Ask, body: Any, field: str) -> None:
    answer = ask("PUT", "/budgets", body, tag="0")
    assert (answer.status, answer.json()["errors"][0]["field"]) == (400, field)
    assert ask("GET", "/budgets").json()["version"] == 0


def test_an_analyst_reads_costs_and_sets_no_budget(ask: Ask) -> None:
    assert ask("GET", "/costs", role="analyst").status == 200
    assert ask("PUT", "/budgets", BUDGET, tag="0", role="analyst").status == 403
    assert ask("GET", "/costs", role="agent").status == 403


def test_each_hour_budgets_are_looked_at_and_once_a_day_bills_and_closes(made: MemoryWorld, ask: Ask) -> None:
    used(made, ACME, call("c_1", "2026-10-20T10:00", 100), call("c_2", "2026-11-05T10:00", 2000))
    ask("PUT", "/budgets", BUDGET, tag="0")
    for _ in range(2):
        assert wake(made, metering_hour, provision, Topic.BUDGET, Topic.METERING) == []
    told = [mail.template for mail in made.mails.sent]
    assert told.count("budget_actual") == 3 and set(told) == {"budget_actual", "budget_forecast"}
    asked = {(m.tenant_id, m.entity) for m, _ in made.queue.sent if m.topic is Topic.CARRIER_USAGE}
    assert asked == {(t, day) for t in (ACME, OTHER) for day in ("2026-11-05", "2026-11-03")}
    closed = ask("GET", "/costs/statements/2026-10").json()
    assert (closed["status"], closed["total"]) == ("closed", 350)
    assert ask("GET", "/costs/statements/2026-11").json()["status"] == "open"


def test_a_plan_holds_from_the_next_day_and_prices_the_days_before_stay(made: MemoryWorld, ask: Ask) -> None:
    used(made, ACME, call("c_1", "2026-11-06T01:00", 100))
    with tenant_scope(ACME):
        deps = wiring.deps_for(wiring.tenant_context(ACME))
        ledger = Ledger(deps.items, ACME)
        state, version = ledger.state()
        ledger.save_state(advanced(state, "growth@1", at("2026-11-06T12:00")), version)
        book_events(deps, call("c_2", "2026-11-07T01:00", 100))
    by_day = {line["name"]: line["cost"] for line in ask("GET", "/costs?by=day").json()["lines"]}
    assert by_day == {"2026-11-06": "3.5", "2026-11-07": "1.9"}


def test_what_another_tenant_uses_is_on_no_answer(made: MemoryWorld, ask: Ask) -> None:
    before = ask("GET", "/costs").body
    used(made, OTHER, call("c_9", "2026-11-05T10:00", 500, tenant=OTHER))
    assert ask("GET", "/costs").body == before
    assert ask("GET", "/costs/contacts/c_9").body == ask("GET", "/costs/contacts/c_nowhere").body
