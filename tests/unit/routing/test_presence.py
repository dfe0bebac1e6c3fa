"""Presence is a lease: signing in, heartbeats, vanishing, choosing what comes next."""

import pytest
from offhook.domain.errors import IllegalTransition, InvalidInput, NotFound
from offhook.domain.ids import AgentId
from offhook.domain.messages import Topic
from offhook.domain.routing.agent import AgentState, EndpointKind
from offhook.domain.routing.contact import ContactState, OfferEnd
from offhook.usecases.routing import presence, sweep

from tests.unit.routing.builders import ADA, BROWSER, Floor, endpoint

A = AgentState
PROMISED_S = 25.0  # out of the pool so long after death


def state(floor: Floor, name: str = "ada") -> tuple[AgentState, str]:
    agent = floor.presence(name)
    return agent.state, agent.reason


def until_noticed(floor: Floor, limit_s: int = 60) -> int:
    """Seconds until Ada's vanishing is noticed by the messages alone."""
    for second in range(1, limit_s):
        floor.clock.advance(1)
        floor.deliver(Topic.PRESENCE)
        if floor.presence().state is A.OFFLINE:
            return second
    raise AssertionError("never noticed")


def test_signing_in_takes_name_profile_skills_and_endpoint_from_the_configuration():
    floor = Floor()
    agent = floor.agent("ada", BROWSER)
    assert (agent.name, agent.state, agent.endpoint) == ("Ada", A.AVAILABLE, endpoint("ada", BROWSER))
    assert floor.presence() == agent


def test_whoever_is_not_configured_cannot_sign_in():
    with pytest.raises(NotFound):
        presence.sign_in(Floor().deps, AgentId("nobody"))


def test_another_endpoint_may_be_taken_for_the_session():
    floor = Floor()
    floor.agent("ada")
    presence.sign_in(floor.deps, ADA, endpoint=endpoint("home"))
    assert floor.presence().endpoint == endpoint("home")
    assert [a.endpoint for _, a in floor.deps.agents.ready(floor.presence().profile_id)] == [endpoint("home")]


@pytest.mark.parametrize("asked", [A.RESERVED, A.BUSY, A.WRAP_UP])
def test_nobody_signs_in_to_a_state_that_only_work_brings(asked):
    floor = Floor()
    contact = floor.talk("carol")
    with pytest.raises(IllegalTransition):
        presence.sign_in(floor.deps, ADA, state=asked)
    floor.customer_hangs_up(contact)
    assert floor.contact(contact).state is ContactState.ENDED


def test_signing_in_as_away_while_free_is_away_at_once():
    floor = Floor()
    floor.agent("ada")
    presence.sign_in(floor.deps, ADA, state=A.AWAY)
    floor.caller("carol")
    assert state(floor)[0] is A.AWAY


@pytest.mark.parametrize("every_s", [5, 10, 11, 12, 15])
@pytest.mark.parametrize("beats", [0, 1, 2, 3, 4, 5, 6, 7])
def test_presence_ends_15_to_25_seconds_after_the_last_heartbeat(beats, every_s):
    floor = Floor()
    floor.agent("ada")
    for second in range(1, beats * every_s + 1):
        floor.clock.advance(1)
        if second % every_s == 0:
            floor.beat("ada")
        floor.deliver(Topic.PRESENCE)
        assert floor.presence().state is not A.OFFLINE
    assert 15 <= until_noticed(floor) <= 25
    assert state(floor) == (A.OFFLINE, "heartbeat_lost")


def test_a_check_comes_with_every_second_heartbeat():
    floor = Floor()
    floor.agent("ada")
    for second in range(1, 241):
        floor.clock.advance(1)
        if second % (presence.BEAT_MS / 1000) == 0:
            floor.beat("ada")
        floor.deliver(Topic.PRESENCE)
    assert [m.topic for m in floor.mail.sent].count(Topic.PRESENCE) <= 1 + 240 // 22


def test_the_worst_case_leaves_more_than_a_second_of_the_promise():
    """Last heard just now, a check just then: the next one finds nobody, however late its message is within reason."""
    late_s = 0.9  # what a message may take beyond its delay
    worst_s = presence.LOOK_MS / 1000 + late_s
    assert worst_s < PROMISED_S - 1
    unheard_s = (presence.LOOK_MS - presence.BEAT_MS) / 1000 + late_s
    assert unheard_s < presence.LEASE_MS / 1000, "one lost heartbeat ends no presence"


@pytest.mark.parametrize("on_its_way_ms", [0, 400, 1400])
def test_whenever_a_desk_dies_it_is_out_before_the_worst_case(on_its_way_ms):
    """Heartbeats that take their way, deaths at moments of two rounds; messages come a moment late."""
    for dies_at_ms in range(30_000, 54_000, 1_700):
        floor, heard = Floor(), 0
        floor.agent("ada")
        for now_ms in range(200, 90_000, 200):
            floor.clock.advance(0.2)
            beat_at = now_ms - on_its_way_ms
            if beat_at > 0 and beat_at % presence.BEAT_MS == 0 and beat_at <= dies_at_ms:
                floor.beat("ada")
                heard = now_ms
            if now_ms % 400 == 0:
                floor.deliver(Topic.PRESENCE)
            if floor.presence().state is A.OFFLINE:
                break
        assert now_ms > dies_at_ms, "out while at work"
        assert presence.LEASE_MS <= now_ms - heard <= presence.LOOK_MS + 400


def test_a_heartbeat_of_a_replaced_session_neither_ends_nor_keeps_the_new_one():
    floor = Floor()
    old = floor.agent("ada").session_id
    floor.clock.advance(30)
    floor.agent("ada")
    for _ in range(10):
        floor.clock.advance(5)
        floor.beat("ada")
        presence.heartbeat(floor.deps, ADA, old)
        floor.deliver(Topic.PRESENCE)
        sweep.sweep(floor.deps)
        assert state(floor)[0] is A.AVAILABLE
    for _ in range(5):
        floor.clock.advance(5)
        presence.heartbeat(floor.deps, ADA, old)
        floor.deliver(Topic.PRESENCE)
    assert state(floor)[0] is A.OFFLINE


def test_the_timer_of_a_replaced_session_does_nothing():
    floor = Floor()
    old = floor.agent("ada").session_id
    floor.clock.advance(15)
    floor.agent("ada")
    floor.clock.advance(10)
    presence.check_presence(floor.deps, ADA, old)
    assert state(floor)[0] is A.AVAILABLE
    assert not [m for m in floor.mail.sent if m.topic is Topic.PRESENCE and m.arg == old][1:]


def test_an_agent_who_vanishes_while_rung_passes_the_caller_on_to_another():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    floor.clock.advance(15)
    floor.agent("ben")
    floor.clock.advance(9)
    floor.deliver(Topic.PRESENCE)
    assert state(floor) == (A.OFFLINE, "device_lost")
    assert floor.offer(contact).agent_id == "ben"
    assert floor.events("offer_ended")[0]["end"] == OfferEnd.DEVICE_LOST


def test_an_agent_who_vanishes_in_conversation_talks_on_and_is_offline_afterwards():
    floor = Floor()
    contact = floor.talk("carol")
    floor.clock.advance(30)
    floor.deliver(Topic.PRESENCE)
    assert floor.presence().state is A.BUSY and floor.contact(contact).state is ContactState.CONNECTED
    floor.customer_hangs_up(contact)
    floor.clock.advance(61)
    floor.deliver(Topic.WRAP_UP_LIMIT)
    assert state(floor) == (A.OFFLINE, "heartbeat_lost")


def test_an_agent_who_vanishes_in_wrap_up_is_offline_when_the_limit_is_reached():
    floor = Floor()
    contact = floor.talk("carol")
    floor.customer_hangs_up(contact)
    floor.clock.advance(30)
    floor.deliver(Topic.PRESENCE)
    assert floor.presence().state is A.WRAP_UP
    floor.clock.advance(31)
    sweep.sweep(floor.deps)
    assert state(floor) == (A.OFFLINE, "heartbeat_lost")
    assert floor.contact(contact).is_closed


def test_away_needs_a_reason():
    floor = Floor()
    floor.agent("ada")
    with pytest.raises(InvalidInput):
        presence.choose_state(floor.deps, ADA, A.AWAY)


def test_becoming_available_takes_the_next_caller():
    floor = Floor()
    floor.agent("ada", state=A.AWAY)
    contact = floor.caller("carol")
    presence.choose_state(floor.deps, ADA, A.AVAILABLE)
    assert floor.offer(contact).agent_id == ADA


def test_whoever_is_offline_signs_in_and_does_not_merely_choose():
    floor = Floor()
    floor.agent("ada")
    presence.sign_out(floor.deps, ADA)
    with pytest.raises(IllegalTransition):
        presence.choose_state(floor.deps, ADA, A.AVAILABLE)


def test_signing_out_of_a_conversation_waits_for_its_end():
    floor = Floor()
    floor.queue(wrap_up_s=0.0)
    contact = floor.talk("carol")
    presence.sign_out(floor.deps, ADA)
    assert floor.presence().state is A.BUSY
    floor.customer_hangs_up(contact)
    assert state(floor) == (A.OFFLINE, "signed_out")


def test_a_telephone_agent_rings_at_the_telephone():
    floor = Floor()
    floor.agent("ada")
    contact = floor.caller("carol")
    assert floor.ringing(contact).to == endpoint("ada", EndpointKind.PHONE).address
