"""Live control of the floor, through the routes: agents, queues, calls, calls for help; scoped and audited."""

from collections.abc import Iterator
from typing import Any

import pytest
from offhook.domain.ids import AgentId, QueueId
from offhook.domain.routing.agent import AgentState, EndpointKind
from offhook.domain.routing.contact import ContactState, Outcome
from offhook.domain.routing.queues import AgentConfig, Queue, RoutingProfile
from offhook.domain.tenants.scope import Team
from offhook.usecases import audit
from offhook.usecases.analytics.floor import live_floor
from offhook.usecases.routing import presence
from offhook.web.testing import claims_by_name

from tests.unit.web.worlds import add_member, asks
from tests.world import checks
from tests.world.scene import CALLER, NUMBER, Scene
from tests.world.world import app_of, world

AGENT, BOSS = AgentId("a_1"), AgentId("a_2")


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """A customer in conversation with a_1; the supervisor a_2 is signed in and away."""
    monkeypatch.setattr("offhook.web.tokens.claims_of", claims_by_name)
    with world() as w:
        scene = Scene(w, w.add_tenant("acme", NUMBER))
        add_member(w.aws, scene.tenant, "agent", "agent", AGENT)
        add_member(w.aws, scene.tenant, "boss", "supervisor", BOSS)
        add_member(w.aws, scene.tenant, "owner", "owner", "a_4")
        scene.act(lambda deps: deps.config.put(Team("team_x", "Others", (AgentId("a_3"),))))
        add_member(w.aws, scene.tenant, "stranger", "supervisor", "a_3", teams=("team_x",))
        scene.sign_in(AGENT)
        scene.call()
        scene.sign_in(BOSS, EndpointKind.BROWSER)
        scene.act(lambda deps: presence.choose_state(deps, BOSS, AgentState.AWAY, "floor"))
        yield scene


def ask(method: str, path: str, user: str = "boss", **more: Any) -> Any:
    return asks(app_of("routing"), method, path, user, **more)


def ids(scene: Scene) -> str:
    return f"/contacts/{scene.contact_id}"


def audited(scene: Scene) -> list[str]:
    """What was done, the newest first."""
    entries = scene.act(lambda deps: audit.page(deps, None, 50))
    assert isinstance(entries, list)
    return [entry.act.action for entry in entries]


def test_a_supervisor_listens_whispers_takes_over_and_each_is_audited(scene: Scene):
    told = ask("PUT", f"{ids(scene)}/monitoring", json={"mode": "listen"})
    assert (told.status, told.json()["state"], told.json()["mode"]) == (200, "ringing", "listen")
    scene.run(12)
    assert ask("PUT", f"{ids(scene)}/monitoring", json={"mode": "whisper"}).json()["state"] == "joined"
    desk = ask("POST", f"{ids(scene)}/takeover").json()
    assert desk["work"]["role"] == "leads"
    actions = audited(scene)
    assert actions.count("PUT /v1/routing/contacts/{contact_id}/monitoring") == 2
    assert actions.count("POST /v1/routing/contacts/{contact_id}/takeover") == 1


def test_who_may_not_or_leads_others_hears_that_there_is_no_such_call(scene: Scene):
    assert ask("PUT", f"{ids(scene)}/monitoring", "agent", json={"mode": "listen"}).status == 403
    hidden = ask("PUT", f"{ids(scene)}/monitoring", "stranger", json={"mode": "listen"})
    nowhere = ask("PUT", "/contacts/c_nowhere/monitoring", "stranger", json={"mode": "listen"})
    assert hidden.status == nowhere.status == 404 and hidden.body == nowhere.body
    for method, path, body in (
        ("PUT", "/agents/a_1/state", {"state": "away", "reason": "x"}),
        ("DELETE", "/agents/a_1/wrap-up", None),
        ("PUT", "/agents/a_1/profile", {"profile_id": "p_2"}),
        ("POST", f"{ids(scene)}/takeover", None),
        ("POST", f"{ids(scene)}/end", None),
        ("DELETE", f"{ids(scene)}/monitoring", None),
    ):
        assert ask(method, path, "stranger", **({"json": body} if body else {})).status == 404
    assert scene.agent(AGENT).next_state is AgentState.AVAILABLE and audited(scene) == []


def test_a_supervisor_without_a_device_is_told_so(scene: Scene):
    refused = ask("PUT", f"{ids(scene)}/monitoring", "owner", json={"mode": "barge"})
    assert (refused.status, refused.json()["code"]) == (409, "no_device")


def test_listening_in_private_is_for_the_tenant_to_allow(scene: Scene):
    body = {"mode": "listen", "private": True}
    assert ask("PUT", f"{ids(scene)}/monitoring", json=body).json()["code"] == "private_monitoring_not_allowed"
    rules = {"private_listening": True}
    assert ask("PUT", "/supervision-rules", json=rules, headers={"If-Match": '"0"'}).status == 403
    allowed = ask("PUT", "/supervision-rules", "owner", json=rules, headers={"If-Match": '"0"'})
    assert allowed.status == 200 and ask("GET", "/supervision-rules").json()["private_listening"]
    assert ask("PUT", f"{ids(scene)}/monitoring", json=body).json()["private"]


def test_an_agents_cry_for_help_is_on_the_floor_until_it_is_withdrawn(scene: Scene):
    assert ask("POST", f"{ids(scene)}/help", "agent", json={"note": "wants a refund"}).json()["work"]["help_asked_at"]
    ask("PUT", f"{ids(scene)}/monitoring", json={"mode": "listen"})
    call = _calls(scene)[0]
    assert (call.agent_id, call.help_note, call.monitored_by[0].agent_id) == (AGENT, "wants a refund", BOSS)
    assert ask("DELETE", f"{ids(scene)}/help", "agent").json()["work"]["help_asked_at"] is None
    assert _calls(scene)[0].help_asked_at is None
    types = [e["type"] for e in checks.events(scene.world, scene.tenant)]
    assert types.count("help_asked") == types.count("help_withdrawn") == 1
    assert ask("POST", f"{ids(scene)}/help", "boss", json={}).status == 404


def test_help_lapses_with_the_conversation_it_was_asked_in(scene: Scene):
    ask("POST", f"{ids(scene)}/help", "agent", json={})
    scene.hangs_up(AGENT)
    assert scene.contact.help_wanted is None and _calls(scene) == ()


def test_a_supervisor_sends_an_agent_on_a_break_after_the_call_and_ends_the_wrap_up(scene: Scene):
    assert ask("PUT", "/agents/a_1/state", json={"state": "away", "reason": "meeting"}).json()["next_state"] == "away"
    assert ask("DELETE", "/agents/a_1/wrap-up").status == 409
    scene.ends(scene.contact.call_sid)
    scene.run(2)
    assert ask("DELETE", "/agents/a_1/wrap-up").json()["state"] == "away"
    assert ask("PUT", "/agents/a_1/state", json={"state": "available"}).json()["state"] == "available"
    assert "DELETE /v1/routing/agents/{agent_id}/wrap-up" in audited(scene)


def test_an_agent_moved_to_other_queues_gets_their_next_contact_until_they_sign_out(scene: Scene):
    scene.act(lambda deps: deps.config.put(Queue(QueueId("q_new"), "New")))
    scene.act(lambda deps: deps.config.put(RoutingProfile("p_new", "New", (QueueId("q_new"),))))
    own = scene.agent(BOSS).profile_id
    moved = ask("PUT", "/agents/a_2/profile", json={"profile_id": "p_new"}).json()
    assert (moved["profile_id"], moved["lent"]) == ("p_new", True)
    scene.act(lambda deps: presence.sign_in(deps, BOSS, state=AgentState.AWAY))
    assert scene.agent(BOSS).profile_id == "p_new", "signing in anew from the same desk is no sign-out"
    ask("PUT", "/agents/a_2/state", json={"state": "available"})
    ready = scene.act(lambda deps: [[a.id for _, a in deps.agents.ready(p)] for p in (own, "p_new")])
    assert ready == [[], [BOSS]]
    config = scene.act(lambda deps: deps.config.get(AgentConfig, BOSS))
    assert isinstance(config, AgentConfig) and config.profile_id == own
    scene.act(lambda deps: presence.sign_out(deps, BOSS))
    scene.act(lambda deps: presence.sign_in(deps, BOSS))
    assert scene.agent(BOSS).profile_id == own
    assert ask("PUT", "/agents/a_2/profile", json={"profile_id": "p_none"}).status == 404


def test_an_agent_moved_back_serves_their_own_queues(scene: Scene):
    scene.act(lambda deps: deps.config.put(RoutingProfile("p_new", "New", ())))
    own = scene.agent(AGENT).profile_id
    ask("PUT", "/agents/a_1/profile", json={"profile_id": "p_new"})
    for _ in range(2):
        back = ask("DELETE", "/agents/a_1/profile").json()
        assert (back["profile_id"], back["lent"]) == (own, False)
    told = [e for e in checks.events(scene.world, scene.tenant) if e["type"] == "agent_moved"]
    assert [e["lent"] for e in told] == [True, False]


def test_a_call_ended_by_a_supervisor_leaves_the_agent_in_wrap_up_and_nothing_else(scene: Scene):
    told = ask("POST", f"{ids(scene)}/end").json()
    assert told["outcome"] == Outcome.COMPLETED
    scene.run(5)
    assert scene.contact.state is ContactState.ENDED and scene.contact.outcome_reason == "ended_by_supervisor"
    assert scene.agent(AGENT).state is AgentState.WRAP_UP and not scene.world.carrier.live_calls()
    scene.run(60)
    scene.sign_out()
    scene.run(60)
    checks.nothing_left(scene.world, scene.tenant)


def test_a_queue_closed_now_lets_its_callers_go_on_and_one_opened_keeps_them(scene: Scene):
    queue = scene.contact.assignment.queue
    assert ask("PUT", f"/queues/{queue}/closing", json={"closed": True}).json()["closed"]
    edited = ask("GET", f"/queues/{queue}")
    body = {k: v for k, v in edited.json().items() if not k.startswith("closed")} | {"name": "Renamed"}
    kept = ask("PUT", f"/queues/{queue}", json=body, headers={"If-Match": edited.headers["ETag"]}).json()
    assert (kept["name"], kept["closed"]) == ("Renamed", True)
    scene.world.carrier.place_call(CALLER, NUMBER, "press 1 after the first prompt")
    scene.run(40)
    told = checks.events(scene.world, scene.tenant)
    assert [(e["exit"], e["exit_reason"]) for e in told if e["type"] == "queue_visit_ended"][-1] == (
        "overflowed",
        "closed",
    )
    assert not ask("PUT", f"/queues/{queue}/closing", json={"closed": False}).json()["closed"]
    past = ask("PUT", f"/queues/{queue}/closing", json={"closed": True, "until": 1})
    assert (past.status, past.json()["errors"][0]["field"]) == (400, "$.until")


def _calls(scene: Scene) -> Any:
    floor: Any = scene.act(lambda deps: live_floor(deps, fresh=True))
    return floor.calls
