"""More time for wrap-up through the route: the desk as it is then, once for a key, told to the agent's pages."""

from collections.abc import Iterator
from typing import Any

import pytest
from offhook.domain.analytics.changes import ItemChange
from offhook.domain.ids import SECOND, AgentId
from offhook.domain.routing.agent import AgentState
from offhook.usecases.analytics.tell import desk_messages
from offhook.web.testing import claims_by_name

from tests.unit.web.worlds import add_member, asks
from tests.world import checks
from tests.world.scene import NUMBER, Scene
from tests.world.world import app_of, world

AGENT = AgentId("a_1")
WRAP_UP_S = 20.0


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """a_1 has just finished a conversation; in the end all is over."""
    monkeypatch.setattr("offhook.web.tokens.claims_of", claims_by_name)
    with world() as made:
        scene = Scene(made, made.add_tenant("acme", NUMBER, wrap_up_s=WRAP_UP_S))
        add_member(made.aws, scene.tenant, "agent", "agent", AGENT)
        scene.sign_in(AGENT)
        scene.call()
        scene.ends(scene.contact.call_sid)
        scene.until(lambda: scene.agent(AGENT).state is AgentState.WRAP_UP)
        yield scene
        scene.sign_out()
        made.run(120)
        checks.nothing_left(made, scene.tenant)
        checks.replay_equals_tables(made, scene.tenant)


def more_time(key: str) -> Any:
    path, headers = "/agents/me/wrap-up/extension", {"Idempotency-Key": key}
    return asks(app_of("routing"), "POST", path, "agent", headers=headers)


def told(scene: Scene) -> list[int]:
    events = checks.events(scene.world, scene.tenant)
    return [event["extensions"] for event in events if event["type"] == "agent_wrap_up_extended"]


def test_the_answer_is_the_desk_and_a_repeated_key_adds_nothing(scene: Scene) -> None:
    ends_at = scene.agent(AGENT).wrap_up_until or 0
    for _ in range(2):
        work = more_time("first").json()["work"]
        assert (work["wrap_up_until"], work["wrap_up_extensions_left"]) == (ends_at + 20 * SECOND, 1)
    assert told(scene) == [1]


def test_a_third_time_is_refused_by_its_rule_and_changes_nothing(scene: Scene) -> None:
    assert [more_time(key).status for key in ("a", "b")] == [200, 200]
    before = scene.agent(AGENT)
    refused = more_time("c")
    assert (refused.status, refused.json()["code"]) == (409, "illegal_transition")
    assert [one["code"] for one in refused.json()["errors"]] == ["wrap_up_extended_most"]
    assert (scene.agent(AGENT), told(scene)) == (before, [1, 2])


def test_the_agents_pages_are_told_and_the_timer_of_before_ends_nothing(scene: Scene) -> None:
    seen = len(scene.world.aws.store.stream)
    more_time("a")
    changes = [ItemChange(r.old, r.new, str(r.seq)) for r in scene.world.aws.store.stream[seen:]]
    assert {(who, message["type"]) for who, message in desk_messages(changes)} == {
        (AGENT, "agent"),
        (AGENT, "contact"),
    }
    scene.run(WRAP_UP_S + 5)
    assert scene.agent(AGENT).state is AgentState.WRAP_UP
    scene.run(WRAP_UP_S)
    assert scene.agent(AGENT).state is AgentState.AVAILABLE
