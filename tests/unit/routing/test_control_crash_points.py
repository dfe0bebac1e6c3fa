"""A worker dies before or after each commit and each carrier request of a transfer or a placed call: it is healed."""

from collections.abc import Callable

import pytest
from offhook.domain.errors import OffhookError
from offhook.domain.routing.agent import EndpointKind
from offhook.domain.routing.contact import ContactState, Outcome
from offhook.domain.routing.party import PartyRole
from offhook.usecases.routing import control
from offhook.usecases.routing.targets import TargetKind

from tests.unit.routing.test_crash_points import dying
from tests.world import checks
from tests.world.scene import ACCEPTS, NUMBER, OUTSIDE, SILENT, Scene
from tests.world.world import WorkerKilled, World, world

A, B = "a_1", "a_2"


def _again(act: Callable[[], object]) -> None:
    """Somebody at a desk asks again when there was no answer, and sees when it is no longer possible."""
    for _ in range(3):
        try:
            act()
        except WorkerKilled:
            continue
        except OffhookError:
            return
        return


def _consulted_and_handed_over(scene: Scene) -> None:
    _again(lambda: scene.invite(A, TargetKind.AGENT, B, PartyRole.CONSULT))
    scene.run(70)
    if scene.contact.parties and scene.party.is_joined:
        party = scene.party.id
        _again(lambda: scene.act(lambda deps: control.speak_with(deps, A, scene.contact_id, "everyone")))
        _again(lambda: scene.act(lambda deps: control.hand_over(deps, A, scene.contact_id, party)))


def _given_to_an_agent(scene: Scene) -> None:
    _again(lambda: scene.transfer(A, TargetKind.AGENT, B))
    scene.run(70)


def _given_to_somebody_silent(scene: Scene) -> None:
    scene.will("+14155560002", SILENT)
    _again(lambda: scene.transfer(A, TargetKind.AGENT, B))
    scene.run(110)


def _given_to_a_queue(scene: Scene) -> None:
    _again(lambda: scene.transfer(A, TargetKind.QUEUE, "sales"))
    scene.run(70)


def _added_and_dropped(scene: Scene) -> None:
    scene.will(OUTSIDE, "answer after 2 s")
    _again(lambda: scene.invite(A, TargetKind.NUMBER, OUTSIDE, PartyRole.CONFERENCE))
    scene.run(70)
    if scene.contact.parties:
        party = scene.party.id
        _again(lambda: scene.act(lambda deps: control.drop(deps, A, scene.contact_id, party)))


STORIES = {
    "consulted and handed over": _consulted_and_handed_over,
    "given to an agent": _given_to_an_agent,
    "given to somebody who does not answer": _given_to_somebody_silent,
    "given to a queue": _given_to_a_queue,
    "an outside number added and dropped": _added_and_dropped,
}


def told(story: Callable[[Scene], None], at: int) -> int:
    """The story with a death at that moment, then rest and every check; returns how many moments there were."""
    with world(seed=4) as made:
        scene = _in_conversation(made)
        with dying(made, at) as killer:
            story(scene)
            scene.run(5)
        scene.run(65)
        assert not scene.contact.unsettled or scene.contact.state is not ContactState.CONNECTED, "a sweep has passed"
        if scene.contact.state is not ContactState.ENDED:
            scene.ends(scene.contact.call_sid)
        scene.run(60)
        scene.sign_out()
        scene.run(180)
        checks.nothing_left(made, scene.tenant)
        checks.no_double_offers(made, scene.tenant)
        checks.report_identity(made, scene.tenant)
        checks.replay_equals_tables(made, scene.tenant)
        return killer.moments


def _in_conversation(made: World) -> Scene:
    scene = Scene(made, made.add_tenant("acme", NUMBER, agents=3))
    scene.sign_in(A, EndpointKind.BROWSER)
    scene.run(1)
    scene.call()
    scene.sign_in(B, EndpointKind.PHONE, ACCEPTS)
    return scene


def _placed(at: int) -> int:
    with world(seed=4) as made:
        scene = Scene(made, made.add_tenant("acme", NUMBER, agents=3))
        scene.sign_in(A, EndpointKind.PHONE)
        scene.will(OUTSIDE, "answer after 2 s, hang up after 20 s")
        scene.run(1)
        with dying(made, at) as killer:
            _again(lambda: scene.dials(A))
            scene.run(70)
        scene.run(200)
        scene.sign_out()
        scene.run(180)
        checks.nothing_left(made, scene.tenant)
        checks.replay_equals_tables(made, scene.tenant)
        assert at or scene.contact.outcome is Outcome.COMPLETED
        return killer.moments


def every_death(tell: Callable[[int], int], stride: int) -> None:
    """Dies at the first moment, `stride` later, and so on."""
    moments = tell(0)
    assert moments > 8, "it must really take place"
    for at in range(1, moments + 1, stride):
        try:
            tell(at)
        except AssertionError as failure:
            raise AssertionError(f"after a death at moment {at} of {moments}: {failure}") from failure


@pytest.mark.parametrize("name", list(STORIES)[:2])
def test_a_worker_may_die_during_a_transfer(name: str) -> None:
    every_death(lambda at: told(STORIES[name], at), 29)


@pytest.mark.soak
@pytest.mark.parametrize("name", STORIES)
def test_a_worker_may_die_at_every_moment_of_a_transfer(name: str) -> None:
    every_death(lambda at: told(STORIES[name], at), 1)


@pytest.mark.soak
def test_a_worker_may_die_at_every_moment_of_a_placed_call() -> None:
    every_death(_placed, 1)
