"""What a queue says of missed calls: an agent whose device rings out is away at once, after some in a row, or never."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from offhook.domain.ids import SECOND, AgentId, CallSid, ContactId, contact_id_for
from offhook.domain.routing.agent import REST_S, AgentState, EndpointKind
from offhook.domain.routing.queues import Queue
from offhook.usecases.deps import Deps
from offhook.usecases.routing import presence

from tests.world import callers, chaos, checks
from tests.world.agents import Habits, staff
from tests.world.scene import CALLER, NUMBER, QUIET, SILENT, Scene
from tests.world.world import world

A = AgentState
ANSWERS, IGNORES = QUIET, SILENT
PATIENT = "press 1 after the first prompt"


def policy(scene: Scene, away_after: int) -> None:
    """Of every queue."""

    def said(deps: Deps) -> None:
        for queue in deps.config.list(Queue):
            deps.config.put(replace(queue, away_after_missed=away_after))

    scene.act(said)


@contextmanager
def missing(away_after: int) -> Iterator[Scene]:
    """One agent, who lets it ring; in the end everybody goes and nobody was lost."""
    with world() as made:
        scene = Scene(made, made.add_tenant("acme", NUMBER))
        policy(scene, away_after)
        scene.sign_in("a_4", EndpointKind.BROWSER, IGNORES)
        yield scene
        for contact in checks.contacts(made, scene.tenant):
            scene.ends(contact.call_sid)
        scene.sign_out()
        made.run(180)
        checks.nothing_left(made, scene.tenant)
        checks.report_identity(made, scene.tenant)
        checks.replay_equals_tables(made, scene.tenant)
        checks.no_poison(made)


def calls(scene: Scene, number: str = CALLER) -> ContactId:
    sid = scene.world.carrier.place_call(number, NUMBER, PATIENT)
    scene.contact_id = contact_id_for(scene.tenant, CallSid(sid))
    scene.run(1)
    return scene.contact_id


def offers(scene: Scene, agent: str = "a_4") -> list[dict[str, Any]]:
    """Those made to the agent and ended, each with when it was made."""
    told = checks.events(scene.world, scene.tenant)
    made = {e["offer_id"]: e["at"] for e in told if e["type"] == "offer_made"}
    ended = [e for e in told if e["type"] == "offer_ended" and e["agent_id"] == agent]
    return [{**e, "made_at": made[e["offer_id"]]} for e in ended]


def state(scene: Scene, agent: str = "a_4") -> tuple[A, str]:
    found = scene.agent(AgentId(agent))
    return found.state, found.reason


def comes_back(scene: Scene) -> None:
    """The agent says so, and answers from then on."""
    scene.will("client:a_4", ANSWERS)
    scene.act(lambda deps: presence.choose_state(deps, AgentId("a_4"), A.AVAILABLE))


@pytest.mark.parametrize("away_after", [1, 3])
def test_an_agent_is_away_after_so_many_missed_calls_and_the_caller_waits_until_they_are_back(away_after: int) -> None:
    with missing(away_after) as scene:
        calls(scene)
        scene.until(lambda: state(scene) == (A.AWAY, "no_answer"), 150)
        assert [e["end"] for e in offers(scene)] == ["no_answer"] * away_after
        scene.run(90)
        assert len(offers(scene)) == away_after
        comes_back(scene)
        scene.until(lambda: scene.leader_talks)


def test_an_agent_who_is_never_away_for_it_is_asked_again_after_a_rest() -> None:
    with missing(0) as scene:
        calls(scene)
        scene.until(lambda: len(offers(scene)) == 4, 180)
        assert state(scene) == (A.AVAILABLE, "")
        told = offers(scene)
        rests = [(then["made_at"] - before["at"]) / SECOND for before, then in pairwise(told)]
        assert all(REST_S <= rest < REST_S + 1 for rest in rests), rests
        scene.will("client:a_4", ANSWERS)
        scene.until(lambda: scene.leader_talks)


def test_whoever_stays_available_rests_from_that_caller_alone() -> None:
    with missing(0) as scene:
        first = calls(scene)
        scene.run(15)
        scene.will("client:a_4", ANSWERS)
        second = calls(scene, "+14155550998")
        scene.until(lambda: scene.leader_talks)
        assert [e["contact_id"] for e in offers(scene)] == [first, second]
        assert {c.id: c.state for c in checks.contacts(scene.world, scene.tenant)}[first] == "waiting"


def test_an_accepted_call_begins_the_count_anew() -> None:
    with missing(2) as scene:
        calls(scene)
        scene.until(lambda: len(offers(scene)) == 1, 60)
        scene.will("client:a_4", ANSWERS)
        scene.until(lambda: scene.leader_talks)
        assert scene.agent(AgentId("a_4")).missed == 0


@pytest.mark.parametrize("away_after", [0, 2])
@pytest.mark.parametrize("contacts", [6, pytest.param(300, marks=pytest.mark.soak)])
def test_nobody_is_lost_by_agents_who_miss_half_while_everything_goes_wrong(away_after: int, contacts: int) -> None:
    with world(seed=5 + away_after) as made:
        scene = Scene(made, made.add_tenant("acme", NUMBER))
        policy(scene, away_after)
        actors = staff(made, scene.tenant, Habits(misses=0.5, declines=0.1, fidgets=0.05))
        chaos.unleash(made)
        chance, placed = random.Random(made.seed), []
        for _ in range(contacts):
            made.run(chance.expovariate(0.1))
            placed.append(made.carrier.place_call(callers.number(chance), NUMBER, callers.script(chance)))
            checks.no_double_offers(made, scene.tenant)
        made.run(600)
        chaos.calm(made)
        made.run(600)
        for actor in actors:
            actor.sign_out()
        made.run(300)
        checks.nothing_left(made, scene.tenant)
        checks.report_identity(made, scene.tenant)
        checks.replay_equals_tables(made, scene.tenant)
        checks.every_call_recorded(made, scene.tenant, placed)
        checks.no_poison(made)
        assert [e for name in (a.id for a in actors) for e in offers(scene, name) if e["end"] == "no_answer"]
