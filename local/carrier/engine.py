"""The carrier itself: all state, one lock, and what tests and servers do with it."""

import random
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from local.carrier import ids
from local.carrier.accounts import Accounts
from local.carrier.calls import inbound
from local.carrier.calls.lifecycle import Calls
from local.carrier.calls.outbound import Pacing
from local.carrier.devices import Devices
from local.carrier.faults import Faults
from local.carrier.lines import Lines
from local.carrier.messaging import Messaging
from local.carrier.model.call import Call, CallStatus
from local.carrier.model.callback import Callback
from local.carrier.model.notification import Notification
from local.carrier.people.person import Person
from local.carrier.people.script import Script, from_json
from local.carrier.people.words import from_words
from local.carrier.pricing import Pricing
from local.carrier.process import RunQueue
from local.carrier.recorder import Recorder
from local.carrier.rooms.rooms import Rooms
from local.carrier.scheduler import HOUR_S, Scheduler, VirtualScheduler
from local.carrier.settings import Settings
from local.carrier.transcript import Entry
from local.carrier.webhooks.params import call_params
from local.carrier.webhooks.request import Deliver
from local.carrier.webhooks.sender import Answer, Outgoing, WebhookSender

ScriptLike = str | Iterable[Mapping[str, Any]] | None


def read_script(script: ScriptLike) -> Script | None:
    """A script from words or from JSON steps; None stays None."""
    if script is None:
        return None
    return from_words(script) if isinstance(script, str) else from_json(script)


class Carrier:
    """A whole carrier. State changes in small steps under `step()`; webhooks go out outside of it.

    clock: a VirtualScheduler in tests (shared with other simulated parts if wished), a RealScheduler in a server.
    deliver: sends one webhook and returns the answer; raises ConnectFailed or ReadTimeout.
    """

    def __init__(
        self, clock: Scheduler, deliver: Deliver, rng: random.Random | None = None, settings: Settings | None = None
    ) -> None:
        self.clock = clock
        self.rng = rng or random.Random(7)
        self.settings = settings or Settings()
        self.faults = Faults(random.Random(self.rng.random()))
        self.run_queue = RunQueue()
        self.accounts = Accounts(self)
        self.sender = WebhookSender(clock, deliver, self.rng, self.faults, self.accounts.token_of)
        self.calls = Calls(self)
        self.pacing = Pacing(self.settings.calls_per_second)
        self.rooms = Rooms(self)
        self.lines = Lines(self)
        self.recorder = Recorder(self)
        self.messaging = Messaging(self)
        self.pricing = Pricing(self)
        self.notifications: list[Notification] = []
        self.clients: set[str] = set()
        self.devices = Devices(self)
        self.scripts: dict[str, Script] = {}
        self.bridges: dict[str, str] = {}
        self.changes = 0
        self.closing = False
        self._lock = threading.RLock()
        self._depth = 0
        self.changed = threading.Condition(self._lock)

    # -- steps ---------------------------------------------------------------------------------------------------

    @contextmanager
    def step(self) -> Iterator[None]:
        """Change state: everything that follows from the change has happened when the outermost step ends."""
        with self._lock:
            self._depth += 1
            try:
                yield
                if self._depth == 1:
                    self.settle()
            finally:
                self._depth -= 1

    def settle(self) -> None:
        """Let every leg react to what was changed in this step so far."""
        self.run_queue.drain()
        self.changes += 1
        self.changed.notify_all()

    def close(self) -> None:
        """Let everybody who waits for a change go: the process is about to end."""
        with self.step():
            self.closing = True

    def enter(self, action: Callable[[], None]) -> None:
        with self.step():
            action()

    # -- virtual time --------------------------------------------------------------------------------------------

    @property
    def _virtual(self) -> VirtualScheduler:
        if not isinstance(self.clock, VirtualScheduler):
            raise TypeError("only a carrier in virtual time can be told to run")
        return self.clock

    def next_event_at(self) -> float | None:
        return self._virtual.next_event_at()

    def run_until(self, moment: float) -> None:
        self._virtual.run_until(moment)

    def advance(self, seconds: float) -> None:
        self._virtual.advance(seconds)

    def run_until_idle(self, limit_s: float = HOUR_S) -> bool:
        return self._virtual.run_until_idle(limit_s)

    # -- people --------------------------------------------------------------------------------------------------

    def place_call(
        self, from_: str, to: str, script: ScriptLike = None, params: Mapping[str, str] | None = None
    ) -> str:
        """A person calls a bought number, or (from_ "client:identity") an application sid with params; the call sid."""
        with self.step():
            return inbound.place(self, from_, to, read_script(script) or (), dict(params or {})).sid

    def set_script(self, address: str, script: ScriptLike) -> None:
        """What the person at a number, client:identity or sip: address does whenever rung; None: lets it ring."""
        with self.step():
            read = read_script(script)
            if read is None:
                self.scripts.pop(address, None)
            else:
                self.scripts[address] = read

    def register_client(self, identity: str) -> None:
        """A browser signs in: client:<identity> can be rung."""
        with self.step():
            self.clients.add(identity)

    def unregister_client(self, identity: str) -> None:
        with self.step():
            self.clients.discard(identity)

    def press(self, call_sid: str, digits: str) -> None:
        with self.step():
            self._person(call_sid).press(digits)

    def say(self, call_sid: str, words: str) -> None:
        with self.step():
            self._person(call_sid).say(words)

    def answer(self, call_sid: str) -> None:
        """The person rung by this leg picks up."""
        with self.step():
            self._person(call_sid).pick_up()

    def decline(self, call_sid: str) -> None:
        with self.step():
            self._person(call_sid).refuse(CallStatus.BUSY)

    def hang_up(self, call_sid: str) -> None:
        """The person at the end of this leg hangs up; nothing when it is over already."""
        with self.step():
            if not self.calls.get(call_sid).over:
                self._person(call_sid).hang_up()

    def person_for(self, call: Call) -> Person:
        return Person(self, call, self.scripts.get(call.to))

    def _person(self, call_sid: str) -> Person:
        person = self.calls.get(call_sid).person
        if person is None:
            raise KeyError(call_sid)
        return person

    # -- looking -------------------------------------------------------------------------------------------------

    def call(self, call_sid: str) -> Call:
        return self.calls.get(call_sid)

    def transcript(self, call_sid: str, since: int = 0) -> list[Entry]:
        """What happened on a leg, from an index on."""
        return self.calls.get(call_sid).transcript.since(since)

    def live_calls(self) -> list[Call]:
        return self.calls.live()

    def ringing_at(self, address: str) -> list[Call]:
        """Legs that ring at an address now, the oldest first."""
        return [call for call in self.calls.live() if call.to == address and call.status is CallStatus.RINGING]

    def hearing(self, call_sid: str) -> set[str]:
        """The call sids that the person on this leg hears now."""
        peer = self.bridges.get(call_sid)
        heard = {peer} if peer else set()
        conference = self.rooms.of_call(call_sid)
        if conference is not None:
            heard |= self.rooms.hears(conference, conference.participants[call_sid])
        return heard

    def is_connected(self, call: Call) -> bool:
        return bool(self.hearing(call.sid))

    def forget(self, before: float) -> None:
        """Drop calls, rooms and recordings that were over before a time: long runs need not keep them all."""
        with self.step():
            self.rooms.forget(before)
            self.calls.forget(before)
            self.recorder.forget(before)

    # -- for the parts of the engine -----------------------------------------------------------------------------

    def bridge(self, first: Call, second: Call) -> None:
        self.bridges[first.sid], self.bridges[second.sid] = second.sid, first.sid
        self.connected(first, second)
        self.connected(second, first)

    def unbridge(self, first: Call, second: Call) -> None:
        for one, other in ((first, second), (second, first)):
            if self.bridges.get(one.sid) == other.sid:
                del self.bridges[one.sid]

    def connected(self, call: Call, other: Call) -> None:
        """Tell a person that another can be heard; once for each other."""
        far = other.from_ if other.direction == "inbound" else other.to
        text = f"connected with {far}"
        if text in call.transcript.lines():
            return
        self.note(call, "connected", text)
        if call.person:
            call.person.connected()

    def note(self, call: Call, kind: str, text: str) -> None:
        call.transcript.add(self.clock.now(), kind, text)

    def speech_s(self, words: str) -> float:
        return max(0.5, self.settings.speech_s_per_word * len(words.split()))

    def report(self, call: Call, code: int, message: str, url: str, level: str) -> None:
        """Show the developer an error or a warning."""
        self.report_for(call.account_sid, call.sid, code, message, url, level)

    def report_for(self, account_sid: str, call_sid: str, code: int, message: str, url: str, level: str) -> None:
        sid = ids.sid(self.rng, "NO")
        self.notifications.append(Notification(sid, self.clock.now(), account_sid, call_sid, code, message, url, level))

    def outgoing(self, call: Call, kind: str, url: str, method: str, params: Mapping[str, str]) -> Outgoing:
        return Outgoing(kind, call.account_sid, url, method, call_params(call) | dict(params), call.sid)

    def notify(self, call: Call, kind: str, url: str, method: str, params: Mapping[str, str]) -> None:
        """Report with the standard voice parameters."""
        self._send(self.outgoing(call, kind, url, method, params))

    def send_plain(self, call: Call, kind: str, callback: Callback, form: Mapping[str, str]) -> None:
        """Report with exactly these parameters."""
        self._send(Outgoing(kind, call.account_sid, callback.url, callback.method, dict(form), call.sid))

    def send_form(
        self, kind: str, account_sid: str, callback: Callback, form: Mapping[str, str], call_sid: str = ""
    ) -> None:
        self._send(Outgoing(kind, account_sid, callback.url, callback.method, dict(form), call_sid))

    def _send(self, outgoing: Outgoing) -> None:
        self.sender.notify(outgoing, lambda answer: self._watch(outgoing, answer))

    def _watch(self, outgoing: Outgoing, answer: Answer) -> None:
        """A callback that failed is worth an entry in the debugger; nothing else follows from it."""
        if not answer.error_code:
            return
        with self.step():
            message = f"{outgoing.kind} callback: {answer.reason}"
            self.report_for(
                outgoing.account_sid, outgoing.call_sid, answer.error_code, message, outgoing.url, "warning"
            )
