"""Operators look after queues; they see contacts only while the owner lets them, and the owner reads who looked."""

import pytest
from offhook.domain.ids import HOUR
from offhook.domain.numbers.line import Line, LineState
from offhook.domain.operators.gauges import CONSUMERS
from offhook.domain.operators.queues import WORKED, Letter
from offhook.stores.audit import AuditTrail
from offhook.stores.directory import Directory
from offhook.stores.operators import Operators
from offhook.usecases.numbers.reconcile import Orphan
from offhook.usecases.operators import drift
from offhook.web.app import OffhookApp
from offhook.web.operator import desk
from offhook.web.tenants import operator_access, sessions
from offhook.wiring.memory import MemoryWorld

from infra.apps import APPS, QUEUES, FromEventStream, FromLiveTable
from tests.unit.web.worlds import A, B, asks

pytestmark = pytest.mark.usefixtures("names_as_tokens")
OPERATOR, OWNER = "owner-of-t_a", "owner-of-t_b"


@pytest.fixture
def app(world: MemoryWorld) -> OffhookApp:
    made = OffhookApp("operator")
    desk.routes(made)
    for tenant in (A, B):
        Directory(world.edge_items()).add_tenant(tenant)
    Operators(world.edge_items()).add(OPERATOR)
    return made


@pytest.fixture
def tenants(world: MemoryWorld) -> OffhookApp:
    made = OffhookApp("tenants")
    operator_access.routes(made)
    return made


def test_the_desk_knows_the_queues_of_the_deployment() -> None:
    assert set(WORKED) == set(QUEUES)


def test_dead_letters_are_seen_and_sent_back(app: OffhookApp, world: MemoryWorld) -> None:
    letters = [Letter("work-dead", f"m{n}", 5, 1, "{}") for n in range(3)]
    world.desk_queues.dead["work-dead"] = list(letters)
    assert asks(app, "GET", "/health", user=OPERATOR).json()["dead"] == 3
    assert [one["id"] for one in asks(app, "GET", "/dead-letters", user=OPERATOR).json()["data"]] == ["m0", "m1", "m2"]
    given = {"queue": "work-dead", "limit": 2}
    assert asks(app, "POST", "/dead-letters/redrive", user=OPERATOR, json=given).json()["sent_back"] == 2
    assert world.desk_queues.back == letters[:2]
    for wrong in ("work", "failures", "else-dead"):
        assert asks(app, "POST", "/dead-letters/redrive", user=OPERATOR, json={"queue": wrong}).status == 400


def test_the_desk_says_how_long_queues_wait_who_is_behind_and_what_did_not_fit(
    app: OffhookApp, world: MemoryWorld
) -> None:
    world.desk_gauges.oldest_s, world.desk_gauges.errors = {"work": 12.5, "else": 1.0}, 2
    world.desk_gauges.behind_s = {"analytics-publish": 3.0}
    told = asks(app, "GET", "/health", user=OPERATOR).json()
    assert {one["queue"]: one["oldest_s"] for one in told["queues"] if one["oldest_s"] is not None} == {"work": 12.5}
    assert {one["consumer"]: one["behind_s"] for one in told["consumers"]} == {
        "analytics-publish": 3.0, "analytics-count": None, "analytics-ledger": None, "integrations-fan_out": None,
    }  # fmt: skip
    assert told["lake_errors"] == 2


def test_the_desk_knows_all_that_read_streams() -> None:
    readers = [
        f"{one.area}-{name}"
        for one in APPS
        for name, handler in one.handlers.items()
        if isinstance(handler.source, FromLiveTable | FromEventStream)
    ]
    assert sorted(CONSUMERS) == sorted(readers)


def test_contacts_are_seen_only_while_the_owner_consents(
    app: OffhookApp, tenants: OffhookApp, world: MemoryWorld
) -> None:
    def look() -> int:
        return asks(app, "GET", f"/tenants/{B}/contacts", user=OPERATOR).status

    assert look() == 403
    given = {"hours": 2, "reason": "calls drop"}
    assert asks(tenants, "POST", "/operator-access", user="agent-of-t_b", json=given).status == 403
    assert asks(tenants, "POST", "/operator-access", user=OWNER, json=given).status == 200
    assert look() == 200
    assert asks(app, "GET", f"/tenants/{B}/contacts?day=tomorrow", user=OPERATOR).status == 400
    world.clock.advance(2 * HOUR / 1000)  # type: ignore[attr-defined]  # the frozen clock
    assert look() == 403
    asks(tenants, "POST", "/operator-access", user=OWNER, json=given)
    assert asks(tenants, "DELETE", "/operator-access", user=OWNER).status == 204
    assert look() == 403
    trail = AuditTrail(world.deps_for(world.tenant_context(B)).items, B)
    acts = [entry.act.action for entry in trail.all()]
    assert acts.count("looked at contacts") == 4 and sum("operator-access" in act for act in acts) == 3


def drifted(app: OffhookApp, limit: int) -> list[tuple[str, str, str]]:
    """Tenant, number and drift of all pages."""
    found, cursor = [], ""
    while True:
        page = asks(app, "GET", f"/drifted-numbers?limit={limit}{cursor}", user=OPERATOR).json()
        assert len(page["data"]) <= limit and (page["data"] or not found)
        found += [(one["tenant_id"], one["number"], one["drift"]) for one in page["data"]]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


def test_numbers_that_only_one_side_knows_are_listed_over_all_tenants(app: OffhookApp, world: MemoryWorld) -> None:
    assert drifted(app, 5) == []
    for tenant in (A, B):
        books = world.deps_for(world.tenant_context(tenant)).config
        books.put(Orphan("+14155550101", "PN1", seen_at=7))
        books.put(Line("+14155550102", sid="PN2", state=LineState.MISSING, since=8))
        books.put(Line("+14155550103", sid="PN3"))
    wanted = [(t, n, d) for t in (A, B) for n, d in (("+14155550101", "orphan"), ("+14155550102", "missing"))]
    assert drifted(app, 5) == wanted == drifted(app, 1) == drifted(app, 3)
    (first, second, *_) = asks(app, "GET", "/drifted-numbers", user=OPERATOR).json()["data"]
    assert (first["number_sid"], first["since"], second["number_sid"], second["since"]) == ("PN1", 7, "PN2", 8)


def test_a_page_looks_at_so_many_tenants_and_the_next_goes_on(
    app: OffhookApp, world: MemoryWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drift, "PASSED_OVER", 0)
    world.deps_for(world.tenant_context(B)).config.put(Orphan("+14155550101", "PN1"))
    first = asks(app, "GET", "/drifted-numbers?limit=1", user=OPERATOR).json()
    assert first["data"] == [] and first["next_cursor"]
    second = asks(app, "GET", f"/drifted-numbers?limit=1&cursor={first['next_cursor']}", user=OPERATOR).json()
    assert [one["tenant_id"] for one in second["data"]] == [B]


def test_to_everybody_else_the_desk_is_not_there(app: OffhookApp) -> None:
    for path in (
        "/health",
        "/dead-letters",
        "/drifted-numbers",
        f"/tenants/{B}/contacts",
        f"/tenants/{B}/orphan-numbers",
    ):
        assert asks(app, "GET", path, user=OWNER).status == 404
    assert asks(app, "POST", "/dead-letters/redrive", user=OWNER, json={"queue": "work-dead"}).status == 404


def test_who_operates_the_platform_is_told_so_and_nobody_else(app: OffhookApp) -> None:
    people = OffhookApp("tenants")
    sessions.routes(people)
    told = [asks(people, "GET", "/me", user=user).json()["operator"] for user in (OPERATOR, OWNER)]
    assert told == [True, False]
