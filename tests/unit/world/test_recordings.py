"""Recordings through the functions and the simulated carrier: copied, paused, resumed, whatever goes wrong."""

import hashlib
import random
from collections.abc import Callable

import pytest
from offhook.adapters.memory.outgoing import Unreliability
from offhook.domain.errors import CarrierUnavailable, OffhookError
from offhook.domain.ids import AgentId, ContactId, TenantId
from offhook.domain.routing.contact import Contact, ContactState
from offhook.stores.recordings import Recordings
from offhook.usecases.recordings import controlling
from offhook.usecases.routing import desk

from local.carrier.faults import Fault
from local.carrier.model.media import Recording as Tape
from local.carrier.model.media import RecordingStatus
from tests.world import chaos, checks
from tests.world.agents import AgentActor, Habits, staff
from tests.world.world import WorkerKilled, World, world

NUMBER, CALLER = "+14155550100", "+14155550999"
SCRIPT = "press 1 after the first prompt, hang up 200 s after connecting"
LONG_TALK = Habits(talks_s=100_000)


def one_call(made: World) -> tuple[TenantId, list[AgentActor], ContactId, AgentId]:
    """A conversation that has lasted for a moment."""
    tenant = made.add_tenant("acme", NUMBER, agents=1)
    actors = staff(made, tenant, LONG_TALK)
    made.carrier.place_call(CALLER, NUMBER, SCRIPT)
    made.run(90)
    contact = present(made, tenant)
    assert contact.state is ContactState.CONNECTED and contact.assignment is not None
    return tenant, actors, contact.id, contact.assignment.agent_id


def present(made: World, tenant: TenantId) -> Contact:
    (contact,) = checks.contacts(made, tenant)
    return contact


def tape(made: World) -> Tape:
    """What the carrier records, or recorded."""
    (found,) = made.carrier.recorder.all.values()
    return found


def press(made: World, tenant: TenantId, agent: AgentId, contact: ContactId, wanted: str) -> controlling.Mark:
    with made.within(tenant) as deps:
        return controlling.control(deps, agent, contact, wanted)


def mark(made: World, tenant: TenantId) -> controlling.Mark:
    return controlling.mark_of(present(made, tenant))


def told(made: World, tenant: TenantId, kind: str) -> list[dict[str, object]]:
    return [event for event in checks.events(made, tenant) if event["type"] == kind]


def drain(made: World, actors: list[AgentActor], seconds: float = 500) -> None:
    for actor in actors:
        actor.sign_out()
    made.run(seconds)


def test_a_recording_of_which_the_carrier_tells_nothing_is_found_by_its_room_and_stored():
    with world() as made:
        tenant = made.add_tenant("acme", NUMBER)
        actors = staff(made, tenant)
        made.carrier.faults.rules.append(Fault("drop", kind="recording"))
        made.carrier.place_call(CALLER, NUMBER, "press 1 after the first prompt, hang up 60 s after connecting")
        made.run(120)
        for actor in actors:
            actor.sign_out()
        assert [r.status for r in present(made, tenant).recordings] == ["expected"]
        made.run(180)
        (found,) = present(made, tenant).recordings
        assert (found.status, found.media_key) == ("stored", f"t/{tenant}/recordings/{found.sid}")
        assert found.duration_s > 5
        checks.nothing_left(made, tenant)


def test_the_agent_pauses_and_resumes_and_what_was_said_meanwhile_is_in_no_file():
    with world() as made:
        tenant, actors, contact, agent = one_call(made)
        assert mark(made, tenant).state == "recording"
        shown = press(made, tenant, agent, contact, "paused")
        assert (shown.state, shown.recording_sid) == ("paused", tape(made).sid)
        assert tape(made).status is RecordingStatus.PAUSED and shown.resumes_at is not None
        with made.within(tenant) as deps:
            work = desk.desk(deps, agent).work
        assert work is not None and work.recording == shown
        made.run(20)
        assert press(made, tenant, agent, contact, "in-progress").state == "recording"
        drain(made, actors)
        (found,) = present(made, tenant).recordings
        (pause,) = found.pauses
        assert (found.status, pause.by, pause.ended_by, pause.lasted_s) == ("stored", "agent", "agent", 20.0)
        (resumed,) = told(made, tenant, "recording_resumed")
        assert (resumed["paused_at"], resumed["paused_s"]) == (pause.began_at, 20.0)
        with made.within(tenant) as deps:
            assert controlling.shown(deps, agent, contact).state == "off"  # nothing to refuse: it is asked all the time
            item = Recordings(deps.items, tenant).get(found.sid)
        assert item is not None and item.pauses == (pause,) and item.channels == 2 and len(item.peaks) == 2
        file = made.aws.files[item.media_key]
        assert (item.size, item.sha256) == (len(file), hashlib.sha256(file).hexdigest())
        assert tape(made).status is RecordingStatus.DELETED and item.carrier_gone_at
        checks.nothing_left(made, tenant)


def test_a_forgotten_pause_ends_by_itself_after_a_minute_also_when_the_timer_is_lost():
    for lost in (False, True):
        with world() as made:
            tenant, actors, contact, agent = one_call(made)
            press(made, tenant, agent, contact, "paused")
            if lost:
                made.aws.queue.unreliability = Unreliability(lost=1.0)
            made.run(58)
            assert mark(made, tenant).state == "paused"
            chaos.calm(made) if lost else None
            made.run(65 if lost else 4)
            assert mark(made, tenant).state == "recording", lost
            assert tape(made).status is RecordingStatus.IN_PROGRESS
            (resumed,) = told(made, tenant, "recording_resumed")
            assert resumed["reason"] == "automatic"
            drain(made, actors)
            checks.nothing_left(made, tenant)


def test_a_carrier_that_does_not_answer_is_asked_again_until_what_is_wanted_holds():
    with world() as made:
        tenant, _, contact, agent = one_call(made)
        made.carrier.faults.rules.append(Fault("503", kind="rest", url="Recordings", count=1))
        with pytest.raises(CarrierUnavailable):
            press(made, tenant, agent, contact, "paused")
        assert (mark(made, tenant).state, mark(made, tenant).asked) == ("recording", "paused")
        made.run(5)
        assert (mark(made, tenant).state, mark(made, tenant).asked) == ("paused", "")


@pytest.mark.parametrize("commit", [1, 2])
@pytest.mark.parametrize("when", ["before_commit", "after_commit"])
@pytest.mark.parametrize("wanted", ["paused", "in-progress"])
def test_a_worker_killed_at_any_commit_leaves_what_was_wanted_to_the_sweep(wanted: str, when: str, commit: int):
    with world() as made:
        tenant, actors, contact, agent = one_call(made)
        if wanted == "in-progress":
            press(made, tenant, agent, contact, "paused")
        setattr(made.aws.store, when, _killed_at(commit))
        with pytest.raises(WorkerKilled):
            press(made, tenant, agent, contact, wanted)
        chaos.calm(made)
        made.run(65)
        asked_for_nothing = commit == 1 and when == "before_commit"
        at_carrier = tape(made).status.value
        shown = mark(made, tenant)
        assert {"recording": "in-progress", "paused": "paused"}[shown.state] == at_carrier and not shown.asked
        if not asked_for_nothing and wanted == "paused":
            assert len(present(made, tenant).recordings[0].pauses) == 1
        made.run(125)
        assert tape(made).status is not RecordingStatus.PAUSED, "no pause is for ever"
        drain(made, actors)
        checks.nothing_left(made, tenant)


def _killed_at(commit: int) -> Callable[[object], None]:
    left = [commit]

    def die(_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise WorkerKilled

    return die


def test_a_copy_that_the_carrier_would_not_delete_is_deleted_by_the_sweep():
    with world() as made:
        tenant, actors, _, _ = one_call(made)
        made.carrier.faults.rules.append(Fault("500", kind="rest", url="DELETE .*Recordings"))
        drain(made, actors, 300)
        (found,) = present(made, tenant).recordings
        assert found.status == "copied" and found.media_key in made.aws.files
        assert tape(made).status is RecordingStatus.COMPLETED
        made.carrier.faults.rules.clear()
        made.run(130)
        (found,) = present(made, tenant).recordings
        assert found.status == "stored" and tape(made).status is RecordingStatus.DELETED
        checks.nothing_left(made, tenant)


def test_pauses_under_every_fault_at_once_agree_with_the_carrier_and_nothing_stays_there():
    with world(seed=5) as made:
        tenant = made.add_tenant("acme", NUMBER, agents=3)
        actors = staff(made, tenant, Habits(talks_s=150))
        chaos.unleash(made)
        chance = random.Random(5)
        for number in range(12):
            made.carrier.place_call(f"+141555510{number:02d}", NUMBER, SCRIPT)
            for _ in range(8):
                made.run(5)
                _somebody_presses(made, tenant, chance)
        made.run(300)
        chaos.calm(made)
        drain(made, actors, 900)
        kept = [r for contact in checks.contacts(made, tenant) for r in contact.recordings]
        assert len(kept) >= 8 and {r.status for r in kept} == {"stored"}
        assert sum(len(r.pauses) for r in kept) >= 5
        assert all(p.ended_at is not None for r in kept for p in r.pauses)
        tapes = {one.sid: one for one in made.carrier.recorder.all.values()}
        assert all(one.status in (RecordingStatus.DELETED, RecordingStatus.ABSENT) for one in tapes.values())
        a_second = made.carrier_settings.sound_hz * 2 * 2
        for one in kept:
            assert one.media_key and len(made.aws.files[one.media_key]) == 44 + one.duration_s * a_second
        checks.nothing_left(made, tenant)


def _somebody_presses(made: World, tenant: TenantId, chance: random.Random) -> None:
    for contact in checks.contacts(made, tenant):
        if contact.is_talking and contact.assignment is not None and chance.random() < 0.5:
            wanted = chance.choice(["paused", "in-progress"])
            try:
                press(made, tenant, contact.assignment.agent_id, contact.id, wanted)
            except (OffhookError, WorkerKilled):
                continue
