"""The live channel's adapter: who hears what, and what becomes of closed connections."""

import json

import pytest
from offhook.adapters.live_channel import FLOOR, Connection, Connections, Gone, LiveChannel, to_agent
from offhook.adapters.memory.clock import NOON
from offhook.adapters.memory.items import MemoryItems, MemoryStore
from offhook.domain.ids import AgentId, TenantId
from offhook.domain.tenants.context import TenantContext

ADA, BOB = AgentId("a_ada"), AgentId("a_bob")


class Sockets:
    """Open sockets by connection id, and what reached them."""

    def __init__(self, *gone: str, broken: str = "") -> None:
        self.gone, self.broken, self.heard = set(gone), broken, dict[str, list[object]]()

    def __call__(self, connection_id: str, message: bytes) -> None:
        if connection_id in self.gone:
            raise Gone(connection_id)
        if connection_id == self.broken:
            raise TimeoutError
        self.heard.setdefault(connection_id, []).append(json.loads(message))


def connections(store: MemoryStore, tenant: str = "t_a") -> Connections:
    tenant_id = TenantId(tenant)
    return Connections(MemoryItems(store, tenant_id), TenantContext(tenant_id))


def open_floor(store: MemoryStore) -> Connections:
    here = connections(store)
    here.add(Connection("desk-1", ADA), NOON)
    here.add(Connection("desk-2", ADA), NOON)
    here.add(Connection("wall", BOB, watches_floor=True), NOON)
    return here


def test_a_message_for_an_agent_reaches_each_of_their_devices_and_nobody_else() -> None:
    sockets = Sockets()
    reached = LiveChannel(open_floor(MemoryStore()), sockets).push(to_agent(ADA), {"type": "offer"})
    assert reached == 2
    assert sockets.heard == {"desk-1": [{"type": "offer"}], "desk-2": [{"type": "offer"}]}


def test_a_message_for_the_floor_reaches_those_who_may_watch_it() -> None:
    sockets = Sockets()
    LiveChannel(open_floor(MemoryStore()), sockets).push(FLOOR, {"waiting": 3})
    assert list(sockets.heard) == ["wall"]


def test_a_message_stays_in_its_tenant() -> None:
    store, sockets = MemoryStore(), Sockets()
    open_floor(store)
    other = connections(store, "t_b")
    other.add(Connection("theirs", ADA, watches_floor=True), NOON)
    LiveChannel(other, sockets).push(FLOOR, {"waiting": 1})
    assert list(sockets.heard) == ["theirs"]


def test_a_closed_connection_is_forgotten() -> None:
    here = open_floor(MemoryStore())
    assert LiveChannel(here, Sockets("desk-1")).push(to_agent(ADA), {}) == 1
    assert [c.id for c in here.of(to_agent(ADA))] == ["desk-2"]


def test_a_connection_that_fails_is_kept_reported_and_hinders_no_other() -> None:
    here, sockets, reported = open_floor(MemoryStore()), Sockets(broken="desk-1"), list[str]()
    channel = LiveChannel(here, sockets, lambda connection_id, _error: reported.append(connection_id))
    assert channel.push(to_agent(ADA), {"n": 1}) == 1
    assert reported == ["desk-1"]
    assert len(here.of(to_agent(ADA))) == 2


def test_what_the_gateway_would_not_pass_is_told_without_its_content() -> None:
    sockets = Sockets()
    floor = {"type": "floor", "seq": 7, "floor": {"agents": ["x" * 100] * 1400}}
    assert LiveChannel(open_floor(MemoryStore()), sockets).push(FLOOR, floor) == 1
    assert sockets.heard == {"wall": [{"type": "floor", "seq": 7}]}


def test_a_connection_that_fails_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    LiveChannel(open_floor(MemoryStore()), Sockets(broken="desk-1")).push(to_agent(ADA), {"n": 1})
    assert "desk-1" in caplog.text and "TimeoutError" in caplog.text


def test_connecting_twice_and_leaving_twice_changes_nothing() -> None:
    here = connections(MemoryStore())
    for _ in range(2):
        here.add(Connection("desk-1", ADA), NOON)
    assert len(here.of(to_agent(ADA))) == 1
    for _ in range(2):
        here.remove("desk-1")
    assert here.of(to_agent(ADA)) == []
