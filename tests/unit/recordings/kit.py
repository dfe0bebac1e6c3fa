"""Closed contacts with a recording in the bucket."""

import io
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from offhook.adapters.media import Sound
from offhook.domain.ids import DAY, AgentId, CallSid, ContactId, FlowId, OfferId, QueueId
from offhook.domain.messages import Message, Topic
from offhook.domain.routing.agent import EndpointKind
from offhook.domain.routing.contact import Assignment, Contact, ContactState, FlowPosition, Outcome
from offhook.stores.recordings import Recordings
from offhook.stores.timelines import Timelines
from offhook.usecases.deps import Deps
from offhook.usecases.recordings import copying
from offhook.wiring.memory import MemoryWorld

from local.carrier.recorder import tones
from tests.unit.exports.kit import deps_of
from tests.unit.web.worlds import A

CALLER = "+14155550123"
SECONDS = 3


@dataclass
class Shelf:
    """The carrier's recordings; down: it answers nothing."""

    sounds: dict[str, bytes] = field(default_factory=dict)

    @contextmanager
    def fetch(self, recording_sid, media_url):
        sound = self.sounds.get(recording_sid)
        yield None if sound is None else Sound(io.BytesIO(sound), "audio/wav")

    def delete(self, recording_sid):
        self.sounds.pop(recording_sid, None)


def recorded(world: MemoryWorld, name: str, days_ago: int = 0, retention: str = "", *, copied: bool = True) -> str:
    """A contact c_<name> that is over, recorded as RE<name>, copied by the worker; the recording's id."""
    if world.sounds is None:
        shelf = Shelf()
        world.sounds = lambda tenant: shelf
        world.shelf_of_sounds = shelf
    sid, one, at = f"RE{name}", ContactId(f"c_{name}"), world.clock.now() - days_ago * DAY
    deps = deps_of(world, A)
    work = Assignment(
        AgentId("a_agent"), OfferId("o"), QueueId("billing"), 1, CallSid("CA_a"), EndpointKind.PHONE, at, talk_at=at,
        talk_ended_at=at, done_at=at,
    )  # fmt: skip
    new = Contact(
        one, A, 0, ContactState.IN_FLOW, at, CallSid(f"CA{name}"), CALLER, "+14155550100", "en-US",
        FlowPosition(FlowId("f"), 1, "n"), assignment=work,
    )  # fmt: skip
    open_ = deps.contacts.start(new, [])
    over = replace(open_, state=ContactState.ENDED, outcome=Outcome.COMPLETED, ended_at=at, closed_at=at)
    deps.contacts.save(open_, over, [])
    Timelines(deps.items, A).add(one, [{"at": at, "event_id": f"{one}:1:0", "type": "talk_started"}])
    world.shelf_of_sounds.sounds[sid] = tones(SECONDS, 2)
    if copied:
        copy(world, name, retention)
    return sid


def copy(world: MemoryWorld, name: str, retention: str = "") -> None:
    """The worker copies the recording."""
    deps, sid = deps_of(world, A), f"RE{name}"
    copying.store_recording(deps, ContactId(f"c_{name}"), sid, SECONDS, "https://carrier/x")
    kept = Recordings(deps.items, A)
    stored = kept.get(sid)
    assert stored is not None
    if retention:
        deps.items.commit(kept.write(replace(stored, retention=retention), stored.version))


def packed(world: MemoryWorld, contact: str) -> bytes:
    """The package of the contact, as the worker makes it."""
    from offhook.web.operator import jobs

    deps = deps_of(world, A)
    asked = [m for m, _ in world.queue.sent if m.topic is Topic.EVIDENCE]
    for message in asked:
        run(deps, message, jobs)
    (key,) = [key for key in world.files if contact in key and key.endswith(".zip")]
    return world.files[key]


def run(deps: Deps, message: Message, jobs: object) -> None:
    """Hand the message to its use case."""
    from offhook import wiring
    from offhook.usecases.recordings import evidence

    evidence.pack(deps, wiring.objects(deps.tenant), ContactId(message.entity))
