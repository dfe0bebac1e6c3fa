"""Whom a call can go to: states, lines and staff as they are, within what the agent may see."""

from collections.abc import Iterator
from typing import Any

import pytest
from offhook.domain.ids import AgentId
from offhook.domain.tenants.scope import Team
from offhook.web.testing import claims_by_name

from tests.unit.web.worlds import add_member, asks
from tests.world.scene import NUMBER, Scene
from tests.world.world import app_of, world

AGENT, OTHER = AgentId("a_1"), AgentId("a_2")


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """a_1 talks with a customer, a_2 is free."""
    monkeypatch.setattr("offhook.web.tokens.claims_of", claims_by_name)
    with world() as w:
        scene = Scene(w, w.add_tenant("acme", NUMBER))
        add_member(w.aws, scene.tenant, "agent", "agent", AGENT)
        scene.sign_in(AGENT)
        scene.call()
        scene.sign_in(OTHER)
        yield scene


def targets(user: str = "agent") -> Any:
    answer = asks(app_of("routing"), "GET", "/targets", user)
    assert answer.status == 200
    return answer.json()


def test_the_free_colleague_is_listed_with_their_queues_and_oneself_is_not(scene: Scene):
    (one,) = targets()["agents"]
    assert (one["id"], one["state"], one["free"]) == (OTHER, "available", True)
    assert one["queues"]


def test_a_queue_says_how_many_work_there_and_how_many_are_free(scene: Scene):
    queues = {one["id"]: one for one in targets()["queues"]}
    served = targets()["agents"][0]["queues"][0]
    assert (queues[served]["signed_in"], queues[served]["free"], queues[served]["waiting"]) == (2, 1, 0)


def test_who_is_limited_to_a_team_and_queues_sees_no_others(scene: Scene):
    queue = targets()["queues"][0]["id"]
    scene.act(lambda deps: deps.config.put(Team("team_x", "Mine", (AGENT,))))
    add_member(scene.world.aws, scene.tenant, "narrow", "agent", AGENT, teams=("team_x",), queues=(queue,))
    seen = targets("narrow")
    assert (seen["agents"], [one["id"] for one in seen["queues"]]) == ([], [queue])
