"""Who leads some teams or queues sees those and nothing else, on every route that shows contacts, agents or figures."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from offhook.domain.ids import AgentId, QueueId, TenantId
from offhook.domain.tenants.scope import EVERYTHING, Scope, Team, TeamId
from offhook.usecases.analytics.scoped import seen_events, seen_report
from offhook.web.testing import Response, claims_by_name, invoke

from functions.analytics.app import app as analytics
from functions.routing.app import app as routing
from tests.unit.web.worlds import add_member
from tests.world import checks
from tests.world.agents import staff
from tests.world.world import World, world

ACME = TenantId("t_acme")
SCRIPT = "press {} after the first prompt, wait 9000 s"
RED = Scope(frozenset({AgentId("a_1")}), frozenset({QueueId("sales")}))


@pytest.fixture(scope="module")
def day() -> Iterator[World]:
    """Callers of both queues with agents of both teams, and people who lead some of it."""
    with world(seed=5) as made:
        tenant = made.add_tenant("acme", "+14155550100", agents=4)
        for agent in staff(made, tenant):
            agent.working = True
        for n, key in enumerate("12121212"):
            made.carrier.place_call(f"+1415555{n:04d}", "+14155550100", SCRIPT.format(key))
        made.run(40)
        with made.within(tenant) as deps:
            deps.config.put(Team(TeamId("red"), "Red", (AgentId("a_1"), AgentId("a_2"))))
        add_member(made.aws, tenant, "all", "supervisor", "a_9")
        add_member(made.aws, tenant, "red", "supervisor", "a_9", teams=("red",))
        add_member(made.aws, tenant, "sales", "supervisor", "a_9", queues=("sales",))
        yield made


@pytest.fixture
def ask(day: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("offhook.web.tokens.claims_of", claims_by_name)

    def ask(app: Any, path: str, who: str) -> Response:
        return invoke(app, "GET", path, headers={"Authorization": f"Bearer {who}"})

    return ask


def test_contacts_under_way_are_those_of_the_queue(ask: Any) -> None:
    everything = ask(analytics, "/contacts/open", "all").json()["data"]
    mine = ask(analytics, "/contacts/open", "sales").json()["data"]
    assert {c["queue"] for c in everything} > {"sales"}
    assert mine == [c for c in everything if c["queue"] == "sales"] and mine


def test_a_contact_that_is_out_of_sight_is_answered_like_one_that_is_nowhere(ask: Any, day: World) -> None:
    other = next(c for c in checks.contacts(day, ACME) if c.visit and c.visit.queue == "service")
    for app, path in ((analytics, "/contacts/{}"), (routing, "/contacts/{}/explanation")):
        assert ask(app, path.format(other.id), "all").status == 200
        hidden, nowhere = (ask(app, path.format(one), "sales") for one in (other.id, "c_00000000000000000000"))
        assert (hidden.status, hidden.body) == (nowhere.status, nowhere.body) == (404, nowhere.body)


def test_the_floor_shows_the_team_and_the_queues(ask: Any) -> None:
    assert {a["id"] for a in ask(analytics, "/floor", "red").json()["agents"]} == {"a_1", "a_2"}
    assert [q["id"] for q in ask(analytics, "/floor", "sales").json()["queues"]] == ["sales"]
    assert len(ask(analytics, "/floor", "all").json()["agents"]) == 4


@pytest.mark.parametrize(
    ("who", "path", "expected"),
    [("red", "/people", {"a_1", "a_2"}), ("sales", "/queues", {"sales"})],
)
def test_configured_things_are_those_in_sight(ask: Any, who: str, path: str, expected: set[str]) -> None:
    seen = {one["id"] for one in ask(routing, path, who).json()["data"]}
    assert seen == expected
    hidden = next(o["id"] for o in ask(routing, path, "all").json()["data"] if o["id"] not in expected)
    one, nowhere = (ask(routing, f"{path}/{which}", who) for which in (hidden, "x_nowhere"))
    assert (one.status, one.body) == (nowhere.status, nowhere.body) == (404, nowhere.body)


def test_events_and_reports_are_cut_to_the_scope() -> None:
    events = [{"queue_id": q, "agent_id": a} for q in ("sales", "service", "") for a in ("a_1", "a_2", "")]
    assert seen_events(events, RED) == [{"queue_id": "sales", "agent_id": a} for a in ("a_1", "")]
    assert seen_events(events, EVERYTHING) == events
    assert seen_report({"queue": "sales,service"}, RED) == {"queue": "sales", "agent": "a_1"}
    assert seen_report({"from": "x"}, EVERYTHING) == {"from": "x"}


def test_a_report_about_others_is_about_nothing(ask: Any) -> None:
    answer = ask(analytics, "/reports/volume?queue=service", "sales")
    assert (answer.status, json.loads(answer.body)["code"]) == (404, "not_found")


def test_a_scope_is_within_another_when_it_sees_no_more() -> None:
    assert RED.within(EVERYTHING) and RED.within(RED) and not EVERYTHING.within(RED)
    assert not Scope(RED.agents).within(RED)
