"""Supervisors in calls of others: what each hears, who leaves when, and that nobody else is disturbed."""

import itertools
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from offhook.domain.errors import CarrierUnavailable, Conflict, NotFound
from offhook.domain.ids import AgentId, ContactId, QueueId
from offhook.domain.routing.agent import AgentState, EndpointKind
from offhook.domain.routing.contact import ContactState, Outcome
from offhook.domain.routing.party import Monitoring, PartyRole
from offhook.domain.routing.supervision import SupervisionRules
from offhook.domain.storage import Put, Table, Write
from offhook.domain.tenants.scope import EVERYTHING, Scope
from offhook.usecases.routing import control, desk, party_join, presence, supervise
from offhook.usecases.routing.targets import TargetKind

from tests.world import chaos, checks
from tests.world.scene import NUMBER, QUIET, Scene, media_is_as_written
from tests.world.world import WorkerKilled, world

AGENT, BOSS, OTHER, THIRD = AgentId("a_1"), AgentId("a_2"), AgentId("a_3"), AgentId("a_4")
LISTEN, WHISPER, BARGE = Monitoring
TAKEOVER = "takeover"


@contextmanager
def call(seed: int = 1, *, boss: EndpointKind = EndpointKind.BROWSER) -> Iterator[Scene]:
    """A customer in conversation with an agent; a supervisor is signed in, and away."""
    with world(seed=seed) as w:
        scene = Scene(w, w.add_tenant("acme", NUMBER))
        scene.sign_in(AGENT)
        scene.call()
        scene.sign_in(BOSS, boss)
        scene.act(lambda deps: presence.choose_state(deps, BOSS, AgentState.AWAY, "meeting"))
        yield scene


def watches(scene: Scene, mode: Monitoring = LISTEN, who: AgentId = BOSS, *, private: bool = False) -> None:
    scene.act(lambda deps: supervise.monitor(deps, who, EVERYTHING, scene.contact_id, mode, private=private))


def joins(scene: Scene, mode: Monitoring = LISTEN, who: AgentId = BOSS) -> str:
    """The supervisor is in the room; returns the leg."""
    watches(scene, mode, who)
    scene.until(lambda: any(p.agent_id == who and p.is_joined for p in scene.contact.supervisors))
    scene.run(6)
    return next((p.call_sid or "" for p in scene.contact.supervisors if p.agent_id == who), "")


def takes_over(scene: Scene) -> None:
    scene.act(lambda deps: supervise.take_over(deps, BOSS, EVERYTHING, scene.contact_id))


def stops(scene: Scene) -> None:
    scene.act(lambda deps: supervise.stop(deps, BOSS, scene.contact_id))


def heard(scene: Scene, listener: str | None) -> set[str]:
    """Who was ever audible to that leg."""
    return scene.world.carrier.rooms.heard.get(listener or "", set())


def over(scene: Scene) -> None:
    """Everybody goes, and nothing is left."""
    scene.world.carrier.hang_up(scene.contact.call_sid)
    scene.run(120)
    scene.sign_out()
    scene.run(120)
    checks.nothing_left(scene.world, scene.tenant)
    checks.no_poison(scene.world)
    checks.report_identity(scene.world, scene.tenant)
    checks.replay_equals_tables(scene.world, scene.tenant)


def test_who_listens_hears_both_and_is_heard_by_nobody():
    with call() as scene:
        boss = joins(scene, LISTEN)
        agent, customer = scene.contact.leader.call_sid, scene.contact.call_sid
        assert heard(scene, boss) == {agent, customer}
        assert boss not in heard(scene, customer) | heard(scene, agent)
        media_is_as_written(scene)
        over(scene)


@pytest.mark.parametrize("device", [EndpointKind.BROWSER, EndpointKind.PHONE])
def test_a_whisper_is_heard_by_the_agent_and_never_by_the_customer(device: EndpointKind):
    with call(boss=device) as scene:
        boss = joins(scene, WHISPER)
        for mode in (LISTEN, WHISPER, LISTEN):
            watches(scene, mode)
            scene.run(3)
            media_is_as_written(scene)
        assert boss in heard(scene, scene.contact.leader.call_sid)
        customer = scene.contact.call_sid
        over(scene)
        assert boss not in heard(scene, customer)


def test_who_barges_in_is_heard_by_both_and_can_go_back_to_whispering():
    with call() as scene:
        boss = joins(scene, BARGE)
        assert boss in heard(scene, scene.contact.call_sid) & heard(scene, scene.contact.leader.call_sid)
        watches(scene, WHISPER)
        scene.world.carrier.rooms.heard.clear()
        scene.run(10)
        media_is_as_written(scene)
        over(scene)


def test_a_mode_chosen_while_the_leg_is_on_its_way_into_the_room_is_the_one_that_holds():
    with call(boss=EndpointKind.PHONE) as scene:
        scene.will(scene.agent(BOSS).endpoint.address, QUIET)
        watches(scene, BARGE)
        scene.run(4)
        party = scene.party
        sid = party.call_sid
        assert sid is not None
        audible = scene.act(lambda deps: party_join.join(deps, scene.contact_id, party.id, sid))
        watches(scene, LISTEN)
        scene.act(lambda deps: deps.telephony.redirect(sid, audible))
        scene.run(6)
        media_is_as_written(scene)
        over(scene)


def test_taking_over_gives_the_supervisor_the_call_and_the_agent_wrap_up_without_breaking_the_customers_leg():
    with call() as scene:
        joins(scene, WHISPER)
        customer = scene.contact.call_sid
        takes_over(scene)
        takes_over(scene)
        scene.run(5)
        contact = scene.contact
        assert contact.leader is not None and contact.leader.agent_id == BOSS and not contact.live_parties
        assert scene.agent(AGENT).state is AgentState.WRAP_UP
        media_is_as_written(scene)
        assert contact.call_sid == customer and not contact.customer_on_hold
        told = [e["type"] for e in checks.events(scene.world, scene.tenant)]
        assert told.count("call_taken_over") == 1
        over(scene)
        assert scene.contact.outcome is Outcome.COMPLETED


def leaves(scene: Scene, who: str) -> None:
    boss = next((p for p in scene.contact.parties if p.agent_id == BOSS), None)
    leader = scene.contact.leader
    match who:
        case "customer":
            scene.ends(scene.contact.call_sid)
        case "agent":
            scene.ends(leader.call_sid if leader else None)
        case "supervisor":
            scene.ends(boss.call_sid if boss else None)
        case "stop":
            stops(scene)


WHO = ("customer", "agent", "supervisor", "stop")
EVERY = [(m, w, t) for m in (*Monitoring, TAKEOVER) for w in WHO for t in (1, 9) if (m, w) != (TAKEOVER, "stop")]
FEW = [c for c in EVERY if (c[0], c[2]) in ((WHISPER, 9), (TAKEOVER, 1)) or c == (LISTEN, "supervisor", 1)]


@pytest.mark.parametrize(("mode", "who", "when_s"), FEW)
def test_whoever_leaves_nothing_is_left_and_nobody_else_is_disturbed(mode: str, who: str, when_s: int):
    _leaving(mode, who, when_s)


@pytest.mark.soak
@pytest.mark.parametrize(("mode", "who", "when_s"), [c for c in EVERY if c not in FEW])
def test_whoever_leaves_in_every_other_case(mode: str, who: str, when_s: int):
    _leaving(mode, who, when_s)


def _leaving(mode: str, who: str, when_s: int) -> None:
    with call(seed=when_s) as scene:
        if mode == TAKEOVER:
            joins(scene)
            takes_over(scene)
        else:
            watches(scene, Monitoring(mode))
            scene.until(lambda: scene.party.call_sid is not None)
        scene.run(when_s)
        leaves(scene, who)
        scene.run(40 if who == "supervisor" and when_s == 1 and mode != TAKEOVER else 8)
        _as_it_should_be(scene, mode, who)
        media_is_as_written(scene)
        if scene.contact.state is not ContactState.ENDED:
            over(scene)


def _as_it_should_be(scene: Scene, mode: str, who: str) -> None:
    contact = scene.contact
    assert not contact.supervisors
    if mode == TAKEOVER or who in ("customer", "agent"):
        assert contact.leader is None
        return
    assert contact.leader is not None and contact.leader.agent_id == AGENT and not contact.customer_on_hold
    assert scene.agent(BOSS).state is AgentState.AWAY and scene.agent(BOSS).reason in ("meeting", "no_answer")
    assert scene.agent(AGENT).state is AgentState.BUSY


def test_the_agent_sees_who_is_there_unless_listening_in_private_is_allowed_and_chosen():
    with call() as scene:
        with pytest.raises(supervise.PrivateNotAllowed):
            watches(scene, private=True)
        joins(scene)
        assert [(p.agent_id, p.mode) for p in _shown_to(scene, AGENT)] == [(BOSS, "listen")]
        scene.act(lambda deps: deps.config.put(SupervisionRules(private_listening=True)))
        watches(scene, private=True)
        assert _shown_to(scene, AGENT) == ()
        watches(scene, WHISPER, private=True)
        assert [p.mode for p in _shown_to(scene, AGENT)] == ["whisper"]
        over(scene)


def test_supervisors_see_each_other():
    with call() as scene:
        joins(scene)
        scene.sign_in(OTHER, EndpointKind.BROWSER)
        joins(scene, WHISPER, OTHER)
        assert [p.agent_id for p in _shown_to(scene, BOSS)] == [OTHER]
        media_is_as_written(scene)
        over(scene)


def _shown_to(scene: Scene, who: AgentId) -> tuple[desk.PartyView, ...]:
    found = scene.act(lambda deps: desk.desk(deps, who))
    assert isinstance(found, desk.Desk) and found.work is not None
    return found.work.parties


def test_an_agent_cannot_drop_mute_or_hand_the_call_to_a_supervisor():
    with call() as scene:
        joins(scene)
        party = scene.party.id
        for act in (
            lambda deps: control.drop(deps, AGENT, scene.contact_id, party),
            lambda deps: control.switch_party(deps, AGENT, scene.contact_id, party, muted=True),
            lambda deps: control.hand_over(deps, AGENT, scene.contact_id, party),
        ):
            with pytest.raises(NotFound):
                scene.act(act)
        over(scene)


def test_a_transfer_to_another_agent_ends_the_monitoring():
    with call() as scene:
        joins(scene, WHISPER)
        scene.sign_in(OTHER)
        scene.invite(AGENT, TargetKind.AGENT, OTHER, PartyRole.CONSULT)
        scene.until(lambda: any(p.agent_id == OTHER and p.is_joined for p in scene.contact.live_parties))
        colleague = next(p for p in scene.contact.live_parties if p.agent_id == OTHER)
        scene.act(lambda deps: control.hand_over(deps, AGENT, scene.contact_id, colleague.id))
        scene.run(5)
        assert not scene.contact.live_parties and scene.contact.leader.agent_id == OTHER
        assert scene.agent(BOSS).state is AgentState.AWAY
        media_is_as_written(scene)
        over(scene)


def test_who_is_not_signed_in_has_no_device_to_ring():
    with call() as scene:
        with pytest.raises(supervise.NoDevice):
            watches(scene, who=THIRD)
        with pytest.raises(Conflict):
            watches(scene, who=AGENT)
        assert not scene.contact.parties


def test_a_call_of_another_team_or_queue_or_of_nobody_is_not_there():
    with call() as scene:
        for scope in (Scope(agents=frozenset({OTHER})), Scope(queues=frozenset({QueueId("q_none")}))):
            with pytest.raises(NotFound) as hidden:
                scene.act(lambda deps, s=scope: supervise.monitor(deps, BOSS, s, scene.contact_id, LISTEN))
        with pytest.raises(NotFound) as nowhere:
            scene.act(lambda deps: supervise.monitor(deps, BOSS, EVERYTHING, ContactId("c_none"), LISTEN))
        assert str(hidden.value) == str(nowhere.value)


def test_looking_in_again_and_again_does_not_fill_the_contact():
    with call() as scene:
        for _ in range(12):
            joins(scene)
            stops(scene)
            scene.run(3)
        assert len(scene.contact.parties) <= 9
        over(scene)


@pytest.mark.parametrize("step", range(1, 30, 14))
def test_a_worker_killed_between_any_two_steps_leaves_no_leg(step: int):
    _killed_at(step)


@pytest.mark.soak
@pytest.mark.parametrize("step", range(34))
def test_a_worker_killed_at_every_step_leaves_no_leg(step: int):
    _killed_at(step)


def _killed_at(step: int) -> None:
    """Each commit and each carrier request counts as two steps: before it and after it."""
    with call(seed=step) as scene:
        crash = _Crash(step)
        scene.world.aws.store.before_commit = scene.world.aws.store.after_commit = crash
        for act in (lambda: joins(scene, LISTEN), lambda: watches(scene, WHISPER), lambda: takes_over(scene)):
            try:
                act()
            except (WorkerKilled, AssertionError, Conflict):
                continue
        scene.run(180)
        scene.world.aws.store.before_commit = scene.world.aws.store.after_commit = None
        media_is_as_written(scene)
        assert not [p for p in scene.contact.supervisors if p.is_ringing]
        over(scene)


class _Crash:
    """Dies once, at its step."""

    def __init__(self, at: int) -> None:
        self._steps = itertools.count()
        self._at = at

    def __call__(self, writes: Sequence[Write]) -> None:
        if any(isinstance(write, Put) and write.item.key.table is Table.PULSE for write in writes):
            return  # heartbeats are asked for by the scene itself
        if next(self._steps) == self._at:
            raise WorkerKilled


@pytest.mark.parametrize("seed", range(1))
def test_under_every_fault_at_once_the_calls_come_to_rest(seed: int):
    _chaos(seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 201))
def test_under_every_fault_at_once_many_calls_come_to_rest(seed: int):
    _chaos(seed)


def _chaos(seed: int) -> None:
    """Odd seeds also barge in and take over; even ones only ever listen and whisper, which no customer hears."""
    chance, quiet = random.Random(seed), seed % 2 == 0
    with call(seed=seed) as scene:
        customer = scene.contact.call_sid
        chaos.unleash(scene.world, kill_rate=0.02)
        watching: set[str] = set()
        for _ in range(12):
            _something(scene, chance.choice((*QUIETLY, "stop") if quiet else (*Monitoring, TAKEOVER, "stop")))
            scene.run(chance.choice((0.2, 1, 4)))
            watching |= {p.call_sid for p in scene.contact.parties if p.is_supervisor and p.call_sid}
        chaos.calm(scene.world)
        scene.run(240)
        if scene.contact.state is not ContactState.ENDED:
            media_is_as_written(scene)
            over(scene)
        assert not quiet or not watching & heard(scene, customer)


QUIETLY = (LISTEN, WHISPER, LISTEN, WHISPER)


def _something(scene: Scene, act: str) -> None:
    try:
        match act:
            case "stop":
                stops(scene)
            case "takeover":
                takes_over(scene)
            case _:
                watches(scene, Monitoring(act))
    except (Conflict, NotFound, CarrierUnavailable, WorkerKilled):
        pass
