"""The store of agents: the ready row and the index go with the state, in one commit."""

from dataclasses import replace

import pytest
from offhook.adapters.memory.clock import NOON
from offhook.domain.ids import SECOND, AgentId, ProfileId
from offhook.domain.routing.agent import AgentState
from offhook.domain.storage import CommitConflict
from offhook.stores.agents import Agents

from tests.unit.routing.builders import BILLERS, Floor, an_agent


def agents() -> Agents:
    return Floor().deps.agents


def ready(store: Agents, profile: ProfileId = BILLERS) -> list[str]:
    return [agent.id for _, agent in store.ready(profile)]


def saved(store: Agents, *states: AgentState, **fields) -> None:
    """Ada, led through the states."""
    old = None
    for state in states:
        old = store.save(old, replace(an_agent(state, **fields), version=old.version if old else 0), ())


@pytest.mark.parametrize("before", AgentState)
@pytest.mark.parametrize("after", AgentState)
def test_only_a_free_agent_has_a_ready_row_whatever_came_before(before, after):
    store = agents()
    saved(store, before, after)
    assert ready(store) == (["ada"] if after is AgentState.AVAILABLE else [])
    assert [a.id for a in store.signed_in()] == ([] if after is AgentState.OFFLINE else ["ada"])


def test_a_ready_row_is_the_agent_as_stored_and_can_be_reserved_without_another_read():
    store = agents()
    saved(store, AgentState.AVAILABLE)
    ((_, row),) = store.ready(BILLERS)
    assert row == store.get(AgentId("ada"))


def test_a_new_profile_or_idle_time_moves_the_ready_row():
    store = agents()
    first = store.save(None, an_agent(), ())
    moved = store.save(first, replace(first, profile_id=ProfileId("sellers"), idle_since=NOON + 5), ())
    assert ready(store) == [] and ready(store, ProfileId("sellers")) == ["ada"]
    assert store.count_signed_in([BILLERS], 10) == 0
    assert moved.version == 2


def test_the_longest_idle_come_first_and_pages_join():
    store = agents()
    for n in range(7):
        store.save(None, an_agent(id=AgentId(f"a{n}"), idle_since=NOON - n * SECOND), ())
    seen, after = [], ""
    while page := store.ready(BILLERS, limit=3, after=after):
        seen += [agent.id for _, agent in page]
        after = page[-1][0]
    assert seen == [f"a{n}" for n in reversed(range(7))]


def test_the_signed_in_are_paged_by_the_last_one_seen():
    store = agents()
    for n in range(7):
        store.save(None, an_agent(AgentState.AWAY, id=AgentId(f"a{n}"), profile_id=ProfileId(f"p{n % 2}")), ())
    seen, after = [], ""
    while page := store.signed_in(after, limit=3):
        seen += [agent.id for agent in page]
        after = page[-1].id
    assert sorted(seen) == [f"a{n}" for n in range(7)]
    p0, p1, p2 = (ProfileId(f"p{n}") for n in range(3))
    assert [store.count_signed_in([p], 100) for p in (p0, p1, p2)] == [4, 3, 0]
    assert store.count_signed_in([p1, p2, p0], 100) == 7
    assert store.count_signed_in([p0], 2) == 2
    assert [store.count_signed_in([p0, p1], limit) for limit in range(1, 9)] == [1, 2, 3, 4, 5, 6, 7, 7]
    assert store.count_signed_in([], 10) == 0


def test_profiles_whose_names_begin_alike_are_counted_apart():
    store = agents()
    store.save(None, an_agent(profile_id=ProfileId("sales")), ())
    store.save(None, an_agent(id=AgentId("ben"), profile_id=ProfileId("sales_2")), ())
    assert store.count_signed_in([ProfileId("sales")], 10) == 1


def test_the_slower_of_two_changes_is_refused_and_leaves_no_row():
    store = agents()
    first = store.save(None, an_agent(AgentState.AWAY), ())
    store.save(first, replace(first, reason="lunch"), ())
    with pytest.raises(CommitConflict):
        store.save(first, replace(first, state=AgentState.AVAILABLE), ())
    assert ready(store) == []


def test_nothing_changed_is_nothing_written():
    floor = Floor()
    first = floor.deps.agents.save(None, an_agent(), ())
    before = floor.store.round_trips.get("commit")
    assert floor.deps.agents.save(first, first, ()) == first
    assert floor.store.round_trips.get("commit") == before


def test_each_session_has_its_own_heartbeat():
    store = agents()
    store.beat(AgentId("ada"), "s_1", NOON)
    store.beat(AgentId("ada"), "s_2", NOON + 5)
    assert store.last_beat(AgentId("ada"), "s_1").at == NOON
    assert store.last_beat(AgentId("ada")).session_id == "s_2"
    assert store.last_beat(AgentId("ada"), "s_3") is None and store.last_beat(AgentId("ben")) is None
    store.beat(AgentId("ada"), "x" * 5000, NOON)
    assert store.last_beat(AgentId("ada"), "x" * 5000).at == NOON
