"""Whatever people, the application and the network do, everything ends and nothing is left over."""

import random
from contextlib import suppress

import pytest
from requests.exceptions import ReadTimeout
from twilio.base.exceptions import TwilioException

from local.carrier.engine import Carrier
from local.carrier.model.call import Call
from local.carrier.testing import APP, NUMBER, World, twiml, world
from local.carrier.webhooks.request import WebhookResponse

PEOPLE = [f"+1415555{number:04d}" for number in range(8)]
SCRIPTS = ("answer after 2 s, press 1", "busy", "do not answer", "voicemail after 3 s", "answer, hang up after 9 s")
ROOM = '<Dial action="/after"><Conference endConferenceOnExit="{}" statusCallback="/events"'
ROOM += ' statusCallbackEvent="start end join leave">{}</Conference></Dial>'
MEMBER = '<Dial action="/after" timeout="9"><Number url="/screen">{}</Number><Number>{}</Number></Dial>'


class Chaos:
    """An application that answers at random, and random events around it."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.w: World = world(seed=seed)
        for path in ("/voice", "/menu", "/after", "/agent"):
            self.w.pages[path] = lambda form: self.document()
        self.w.pages["/wait"] = lambda form: self.waiting()
        self.w.pages["/screen"] = lambda form: twiml(self.rng.choice(("", "<Hangup/>", "<Say>You have a call</Say>")))
        self.w.pages["/events"] = self.w.pages["/status"] = WebhookResponse(204)
        for person in PEOPLE:
            self.w.carrier.set_script(person, self.rng.choice(SCRIPTS))
        for effect in ("duplicate", "drop", "reorder", "answer_lost"):
            self.w.carrier.faults.add(effect, probability=0.05)
        for effect in ("429", "500_after", "timeout_after"):
            self.w.carrier.faults.add(effect, kind="rest", probability=0.05)

    def document(self) -> str:
        choices = (
            '<Gather numDigits="1" action="/menu" timeout="3"><Say>Press something</Say></Gather>',
            '<Enqueue action="/after" waitUrl="/wait">sales</Enqueue>',
            '<Dial timeout="9" action="/after"><Queue>sales</Queue></Dial>',
            ROOM.format(self.rng.choice(("true", "false")), self.rng.choice("ab")),
            MEMBER.format(*self.rng.sample(PEOPLE, 2)),
            '<Record timeout="2" maxLength="9" action="/after"/>',
            "<Hangup/>",
            "<Say>A few words to hear</Say>",
        )
        return twiml(*self.rng.choices(choices, k=2)) if self.rng.random() < 0.95 else "<Response><broken"

    def waiting(self) -> str:
        return twiml(*self.rng.choices(("<Play>hold.mp3</Play>", "<Leave/>", "<Say>Soon</Say>"), (8, 1, 4), k=2))

    def disturb(self) -> None:
        act = self.rng.choice((self.call, self.call, self.ring, self.leave, self.redirect, self.end_room, self.switch))
        with suppress(TwilioException, ReadTimeout):
            act()

    def some_call(self) -> Call | None:
        live = self.w.carrier.live_calls()
        return self.rng.choice(live) if live else None

    def call(self) -> None:
        self.w.call(self.rng.choice(("press 1", "hang up after 7 s", "press 2, hang up after 30 s")))

    def ring(self) -> None:
        status = {"status_callback": f"{APP}/status", "status_callback_event": ["initiated", "answered", "completed"]}
        target = self.rng.choice(PEOPLE)
        if self.rng.random() < 0.5:
            self.w.client().calls.create(to=target, from_=NUMBER, url=f"{APP}/agent", **status)
        else:
            room = self.w.client().conferences(self.rng.choice("ab"))
            room.participants.create(from_=NUMBER, to=target, **status)

    def leave(self) -> None:
        call = self.some_call()
        if call is not None:
            self.w.carrier.hang_up(call.sid)

    def redirect(self) -> None:
        call = self.some_call()
        if call is not None:
            self.w.client().calls(call.sid).update(twiml=twiml(f"<Redirect>{APP}/voice</Redirect>"))

    def end_room(self) -> None:
        for conference in self.w.client().conferences.list(status="in-progress", limit=1):
            conference.update(status="completed")

    def switch(self) -> None:
        for conference in self.w.carrier.rooms.all.values():
            for participant in conference.present():
                which = self.w.client().conferences(conference.sid).participants(participant.call_sid)
                if self.rng.random() < 0.2:
                    which.delete()
                else:
                    which.update(hold=self.rng.random() < 0.5, muted=self.rng.random() < 0.5)


def leftovers(carrier: Carrier) -> list[object]:
    """What still stands when every leg is over."""
    rooms = [one for one in carrier.rooms.all.values() if one.live or one.present() or not one.closed]
    queued = [one for queue in carrier.lines.all.values() for one in (*queue.members, *queue.takers)]
    recordings = [one for one in carrier.recorder.all.values() if one.live]
    waiting = [call.sid for call in carrier.calls.all.values() if call.process and not call.process.over]
    return [*rooms, *queued, *recordings, *waiting, *carrier.bridges]


@pytest.mark.parametrize("seed", range(16))
def test_after_any_disorder_nothing_is_left_over(seed: int):
    chaos = Chaos(seed)
    for _ in range(60):
        chaos.disturb()
        chaos.w.carrier.advance(chaos.rng.expovariate(0.3))
    for call in chaos.w.carrier.live_calls():
        chaos.w.carrier.hang_up(call.sid)
    assert chaos.w.carrier.run_until_idle()
    assert chaos.w.carrier.live_calls() == [] and leftovers(chaos.w.carrier) == []


@pytest.mark.parametrize("seed", range(4))
def test_every_room_that_is_told_to_begin_is_told_to_end_exactly_once(seed: int):
    chaos = Chaos(seed)
    chaos.w.carrier.faults.clear()
    for _ in range(60):
        chaos.disturb()
        chaos.w.carrier.advance(chaos.rng.expovariate(0.3))
    for call in chaos.w.carrier.live_calls():
        chaos.w.carrier.hang_up(call.sid)
    chaos.w.carrier.run_until_idle()
    told = [(form["ConferenceSid"], form["StatusCallbackEvent"]) for form in chaos.w.at("/events")]
    for conference, event in told:
        joins, leaves = told.count((conference, "participant-join")), told.count((conference, "participant-leave"))
        assert told.count((conference, "conference-end")) == 1 and joins <= leaves, event


def test_the_same_seed_gives_the_same_run():
    def run() -> list[tuple[str, float]]:
        chaos = Chaos(5)
        for _ in range(30):
            chaos.disturb()
            chaos.w.carrier.advance(chaos.rng.expovariate(0.3))
        return [(one.path, one.at) for one in chaos.w.seen]

    assert run() == run()
