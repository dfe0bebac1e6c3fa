"""A worker dies before or after each commit and each carrier request of a conversation: nothing is left over."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import pytest

from local.carrier.inprocess import InProcessHttpClient
from tests.world import checks
from tests.world.agents import Habits, staff
from tests.world.world import WorkerKilled, World, world

NUMBER, CALLER = "+14155550100", "+14155550999"


BRISK = Habits(talks_s=20.0, wraps_s=5.0)


@dataclass(frozen=True)
class Story:
    """What one conversation is like. agents: how many are signed in."""

    caller: str
    agents: int = 1
    habits: Habits = BRISK


STORIES = {
    "the agent hangs up and the customer is surveyed": Story(
        "press 1 after the first prompt, press 1, press 1, press 9"
    ),
    "the customer hangs up in conversation": Story("press 1 after the first prompt, hang up 15 s after connecting"),
    "the customer hangs up while an agent rings": Story(
        "press 1 after the first prompt, hang up at 21 s", habits=Habits(answers_after_s=15.0)
    ),
    "the agent declines and another accepts": Story(
        "press 1 after the first prompt, hang up 15 s after connecting",
        agents=2,
        habits=Habits(declines=0.5, talks_s=20.0),
    ),
    "nobody answers for a while": Story(
        "press 1 after the first prompt, hang up 15 s after connecting",
        agents=2,
        habits=Habits(misses=0.6, talks_s=20.0),
    ),
}


class Killer:
    """Counts the moments at which a worker may die, and kills at one of them."""

    def __init__(self, at: int) -> None:
        self.at, self.moments = at, 0

    def __call__(self, *seen: object) -> None:
        """One moment."""
        self.moments += 1
        if self.moments == self.at:
            raise WorkerKilled


@contextmanager
def dying(made: World, at: int) -> Iterator[Killer]:
    """From now on a worker dies at that moment, once."""
    killer = Killer(at)
    request = InProcessHttpClient.request

    def deadly(self: InProcessHttpClient, *args: Any, **kwargs: Any) -> Any:
        killer()
        answer = request(self, *args, **kwargs)
        killer()
        return answer

    made.aws.store.before_commit = made.aws.store.after_commit = killer
    with patch.object(InProcessHttpClient, "request", deadly):
        yield killer
    made.aws.store.before_commit = made.aws.store.after_commit = None


def tell(story: Story, at: int) -> int:
    """The story with a death at that moment, then rest and every check; returns how many moments there were."""
    with world(seed=5) as made:
        tenant = made.add_tenant("acme", NUMBER, agents=story.agents)
        actors = staff(made, tenant, story.habits)
        made.run(3)
        with dying(made, at) as killer:
            sid = made.carrier.place_call(CALLER, NUMBER, story.caller)
            made.run(150)
        made.run(300)
        for actor in actors:
            actor.sign_out()
        made.run(70)
        checks.no_double_offers(made, tenant)
        checks.nothing_left(made, tenant)
        checks.report_identity(made, tenant)
        checks.replay_equals_tables(made, tenant)
        checks.every_call_recorded(made, tenant, [sid])
        assert made.aws.queue.dead == []
        return killer.moments


def told_with_every_death(name: str, stride: int) -> None:
    """Dies at the first moment, `stride` later, and so on; the stories differ in where that falls."""
    story = STORIES[name]
    moments = tell(story, 0)
    assert moments > 40, "the conversation must really take place"
    for at in range(1 + len(name) % stride, moments + 1, stride):
        try:
            tell(story, at)
        except AssertionError as failure:
            raise AssertionError(f"after a death at moment {at} of {moments}: {failure}") from failure


@pytest.mark.parametrize("name", STORIES)
def test_a_worker_may_die_anywhere(name):
    told_with_every_death(name, 7)


@pytest.mark.soak
@pytest.mark.parametrize("name", STORIES)
def test_a_worker_may_die_at_every_moment(name):
    told_with_every_death(name, 1)
