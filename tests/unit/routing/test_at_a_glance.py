"""Reads that may be old change nothing: whoever saw what was old decides again on what is committed."""

from collections.abc import Callable

import pytest
from offhook.domain.errors import NotFound
from offhook.domain.messages import Message, Topic
from offhook.domain.routing.agent import AgentState
from offhook.domain.routing.contact import ContactState
from offhook.domain.storage import Item, Key, Put, Table
from offhook.usecases.at_a_glance import at_a_glance
from offhook.usecases.deps import Deps
from offhook.usecases.routing import presence, room

from tests.unit.routing.builders import ADA, T1, Floor

EVERYTHING = 64  # commits that a glance may miss


@pytest.fixture
def floor() -> Floor:
    made = Floor()
    made.agent("ada")
    made.store.read_lag = EVERYTHING
    return made


def test_a_contact_that_a_glance_does_not_show_yet_is_found(floor: Floor) -> None:
    contact = floor.caller("carol")
    found = at_a_glance(floor.deps, lambda deps: deps.contacts.get(contact))
    assert found is not None and found.state is ContactState.OFFERED


def test_an_old_refusal_is_not_the_answer(floor: Floor) -> None:
    contact = floor.caller("carol")

    def act(deps: Deps) -> str:
        if deps.contacts.get(contact) is None:
            raise NotFound("There is no such contact.")
        return "found"

    assert at_a_glance(floor.deps, act) == "found"


def test_a_decision_on_an_old_version_is_a_conflict_and_decided_again(floor: Floor) -> None:
    contact = floor.caller("carol")
    offer, leg = floor.offer(contact), floor.ringing(contact)
    floor.answer(contact)
    floor.store.read_lag = 1
    at_a_glance(floor.deps, lambda d: room.leg_reported(d, contact, offer.id, leg.sid, "completed", 40))
    assert [e["duration_s"] for e in floor.events("leg_ended")] == [40]


@pytest.mark.parametrize(
    "effect",
    [
        lambda deps: deps.outgoing.send(Message(T1, Topic.MATCH_AGENT, ADA)),
        lambda deps: deps.telephony.hang_up("CA1"),
        lambda deps: deps.items.commit(Put(Item(Key(Table.LIVE, f"T#{T1}#OTHER", "x")))),
    ],
)
def test_no_effect_rests_on_what_may_be_old(floor: Floor, effect: Callable[[Deps], object]) -> None:
    seen = []

    def act(deps: Deps) -> None:
        agent = deps.agents.get(ADA)
        seen.append(agent.state if agent else None)
        effect(deps)

    at_a_glance(floor.deps, act)
    assert seen == [None, AgentState.AVAILABLE]


def test_a_result_that_is_enough_costs_one_glance(floor: Floor) -> None:
    floor.store.round_trips.clear()
    assert at_a_glance(floor.deps, lambda d: d.agents.get(ADA), is_enough=lambda _: True) is None
    assert floor.store.round_trips == {"get": 1}


def test_an_old_heartbeat_proves_presence_and_never_absence(floor: Floor) -> None:
    floor.store.read_lag = 0
    floor.beat("ada")
    floor.clock.advance(20)
    floor.beat("ada")
    floor.clock.advance(10)
    floor.store.read_lag = 1
    presence.check_presence(floor.deps, ADA, floor.presence().session_id)
    assert floor.presence().state is AgentState.AVAILABLE
