"""The live channel's handler: connecting as somebody, heartbeats, going; and never an exception's text."""

import json
from typing import Any

import pytest
from offhook.adapters.live_channel import FLOOR, Connections, to_agent
from offhook.domain.ids import AgentId, QueueId
from offhook.domain.tenants.scope import TeamId
from offhook.web.live import PROTOCOL, handle
from offhook.wiring.memory import MemoryWorld

from tests.unit.web.worlds import A, B, add_member

pytestmark = pytest.mark.usefixtures("names_as_tokens")
AGENT, OWNER = AgentId("a_agent"), AgentId("a_owner")


def event(route: str, connection: str, body: object = None, **more: Any) -> dict[str, Any]:
    return {
        "requestContext": {"routeKey": route, "connectionId": connection},
        "body": body if body is None or isinstance(body, str) else json.dumps(body),
        **more,
    }


def connect(connection: str, user: str = "agent-of-t_a") -> dict[str, Any]:
    offered = {"Sec-WebSocket-Protocol": f"{PROTOCOL}, {user}"}
    return handle(event("$connect", connection, headers=offered), None)


def listeners(world: MemoryWorld, tenant: Any, audience: str) -> list[str]:
    channel = world.live_channel(world.tenant_context(tenant))
    return [c.id for c in channel.connections.of(audience)]


def test_a_person_connects_with_their_access_token_as_subprotocol(world: MemoryWorld) -> None:
    answer = connect("c1")
    assert (answer["statusCode"], answer["headers"]) == (200, {"Sec-WebSocket-Protocol": PROTOCOL})
    assert listeners(world, A, to_agent(AGENT)) == ["c1"]


def test_tools_may_connect_with_a_query_parameter(world: MemoryWorld) -> None:
    answer = handle(event("$connect", "c1", queryStringParameters={"token": "owner-of-t_a"}), None)
    assert (answer["statusCode"], answer["headers"]) == (200, {})
    assert listeners(world, A, to_agent(OWNER)) == ["c1"]


@pytest.mark.parametrize("protocols", ["", PROTOCOL, f"{PROTOCOL}, stranger", "other, agent-of-t_a", "agent-of-t_a"])
def test_nobody_connects_without_a_valid_token(world: MemoryWorld, protocols: str) -> None:
    before = dict(world.store.rows)
    answer = handle(event("$connect", "c1", headers={"sec-websocket-protocol": protocols}), None)
    assert answer == {"statusCode": 401}
    assert world.store.rows == before


def test_the_floor_is_heard_by_those_who_may_watch_it_in_their_tenant(world: MemoryWorld) -> None:
    connect("agent", "agent-of-t_a")
    connect("owner", "owner-of-t_a")
    connect("theirs", "owner-of-t_b")
    assert listeners(world, A, FLOOR) == ["owner"]
    assert listeners(world, B, FLOOR) == ["theirs"]


def test_who_leads_a_team_watches_their_part_of_the_floor(world: MemoryWorld) -> None:
    add_member(world, A, "lead-of-t_a", "supervisor", "a_9", queues=(QueueId("sales"),), teams=(TeamId("team_x"),))
    connect("lead", "lead-of-t_a")
    context = world.tenant_context(A)
    (connection,) = Connections(world.deps_for(context).items, context).of(FLOOR)
    assert (connection.id, connection.scope.queues, connection.teams) == ("lead", {"sales"}, ("team_x",))


def test_a_heartbeat_is_noted_for_the_agent_who_connected(world: MemoryWorld) -> None:
    connect("c1")
    answer = handle(event("heartbeat", "c1", {"action": "heartbeat", "session_id": "s_1"}), None)
    assert answer == {"statusCode": 200}
    beat = world.deps_for(world.tenant_context(A)).agents.last_beat(AGENT)
    assert beat is not None
    assert (beat.session_id, beat.at) == ("s_1", world.clock.now())
    assert world.deps_for(world.tenant_context(B)).agents.last_beat(AGENT) is None


def test_a_heartbeat_costs_one_write_once_the_connection_is_known(world: MemoryWorld) -> None:
    connect("known")
    beat = event("heartbeat", "known", {"action": "heartbeat", "session_id": "s_1"})
    handle(beat, None)
    before = dict(world.store.round_trips)
    handle(beat, None)
    assert world.store.round_trips["commit"] == before["commit"] + 1


def test_a_ping_is_answered_and_touches_nothing(world: MemoryWorld) -> None:
    before = dict(world.store.round_trips)
    assert handle(event("ping", "c1", {"action": "ping"}), None)["statusCode"] == 200
    assert world.store.round_trips == before


@pytest.mark.parametrize(
    "body", [None, "", "{", "[]", "{}", '{"action": "drop"}', '{"action": "heartbeat"}', "x" * 9000]
)
def test_what_is_no_message_of_ours_is_refused(world: MemoryWorld, body: str | None) -> None:
    assert handle(event("$default", "c1", body), None) == {"statusCode": 404}


def test_a_heartbeat_of_an_unknown_connection_is_refused(world: MemoryWorld) -> None:
    beat = event("heartbeat", "never-seen", {"action": "heartbeat", "session_id": "s_1"})
    assert handle(beat, None) == {"statusCode": 404}


def test_who_goes_is_forgotten_in_both_places(world: MemoryWorld) -> None:
    before = dict(world.store.rows)
    connect("gone-soon")
    assert handle(event("$disconnect", "gone-soon"), None) == {"statusCode": 200}
    assert world.store.rows == before
    assert handle(event("$disconnect", "gone-soon"), None)["statusCode"] in (200, 404)


def test_an_exceptions_text_never_reaches_the_browser(world: MemoryWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offhook.web.live.identity_of", lambda token: 1 / 0)
    assert connect("c1") == {"statusCode": 500}
    assert handle({}, None) == {"statusCode": 500}


def test_a_message_of_the_product_reaches_the_connected(world: MemoryWorld) -> None:
    connect("c1")
    world.live_channel(world.tenant_context(A)).push(to_agent(AGENT), {"type": "offer"})
    assert world.posted == [("c1", b'{"type":"offer"}')]
