"""Creating, answering, redirecting and ending legs, with the callbacks that tell of it."""

from typing import TYPE_CHECKING

from local.carrier import errors, ids, times
from local.carrier.calls.life import life
from local.carrier.calls.source import Source
from local.carrier.model.call import UNANSWERED, Call, CallStatus, Direction
from local.carrier.people.person import Person
from local.carrier.process import HungUp, Process, Steps
from local.carrier.signals import ChildOver, Redirected

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


class Calls:
    """All legs of all accounts, live and over."""

    def __init__(self, carrier: "Carrier") -> None:
        self._carrier = carrier
        self.all: dict[str, Call] = {}
        self._live: dict[str, Call] = {}

    def create(self, account_sid: str, from_: str, to: str, direction: Direction) -> Call:
        sid = ids.sid(self._carrier.rng, "CA")
        call = Call(sid, account_sid, from_, to, direction, created_at=self._carrier.clock.now())
        self.all[sid] = self._live[sid] = call
        return call

    def get(self, call_sid: str) -> Call:
        """The leg, or KeyError."""
        return self.all[call_sid]

    def live(self) -> list[Call]:
        return [call for call in self._live.values() if not call.over]

    def forget(self, before: float) -> None:
        """Drop legs that were over before a time, as if they had been deleted."""
        for sid in [one.sid for one in self.all.values() if one.over and (one.ended_at or before) < before]:
            del self.all[sid]

    def begin(self, call: Call, person: Person, body: Steps[None]) -> None:
        """Let a leg live: body is what it does until something redirects it."""
        carrier = self._carrier
        call.person = person
        call.process = Process(
            steps=life(carrier, call, body),
            scheduler=carrier.clock,
            queue=carrier.run_queue,
            send=carrier.sender.fetch,
            enter=carrier.enter,
            ended=lambda: self._finish(call),
        )
        call.process.begin()

    def answer(self, call: Call) -> None:
        """From ringing to in-progress; nothing when it is already."""
        if call.status not in UNANSWERED:
            return
        call.status = CallStatus.IN_PROGRESS
        call.answered_at = self._carrier.clock.now()
        self.report(call, "answered")
        if call.record_from_answer:
            call.record_from_answer()
        if call.person:
            call.person.answered()
        limit = self._carrier.clock.now() + call.time_limit_s
        call.limit_timer = self._carrier.clock.at(limit, lambda: self._carrier.enter(lambda: self.hang_up(call)))

    def ringing(self, call: Call) -> None:
        call.status = CallStatus.RINGING
        self.report(call, "ringing")

    def hang_up(self, call: Call, status: CallStatus | None = None) -> None:
        """End a leg from outside: a person, REST, another leg. One that is over stays as it is."""
        if call.over:
            return
        natural = CallStatus.COMPLETED if call.in_progress else CallStatus.CANCELED
        call.status = status or natural
        call.ended_at = self._carrier.clock.now()
        if call.process:
            call.process.interrupt(HungUp())

    def redirect(self, call: Call, source: Source) -> None:
        """Give a leg in progress a new document; raises 21220 for any other."""
        if not call.in_progress or call.process is None:
            raise errors.not_in_progress()
        call.process.interrupt(Redirected(source))

    def tell_parent(self, call: Call, redirected: bool = False) -> None:
        """A dialled leg is over or goes its own way: the leg that dialled it may go on."""
        parent = self.all.get(call.parent_sid or "")
        if parent is not None and parent.process is not None:
            parent.process.tell(ChildOver(call.sid, redirected))

    def report(self, call: Call, event: str) -> None:
        """Send a progress callback if it was asked for."""
        callback = call.status_callback
        sequence = call.next_sequence()
        if callback.wants(event):
            params = self._progress(call, event, sequence)
            self._carrier.notify(call, "status", callback.url, callback.method, params)

    def _progress(self, call: Call, event: str, sequence: int) -> dict[str, str]:
        params = {
            "CallStatus": call.status.value, "Timestamp": str(times.rfc2822(self._carrier.clock.now())),
            "CallbackSource": "call-progress-events", "SequenceNumber": str(sequence),
        }  # fmt: skip
        if event == "completed":
            seconds = call.duration_s() or 0
            params |= {"CallDuration": str(seconds), "Duration": str(-(-seconds // 60))}
            params |= {"SipResponseCode": str(call.sip_code)}
            params |= self._carrier.recorder.latest_of_call(call)
        return params

    def _finish(self, call: Call) -> None:
        self._live.pop(call.sid, None)
        if not call.over:
            call.status = CallStatus.COMPLETED if call.answered_at else CallStatus.FAILED
        if call.ended_at is None:
            call.ended_at = self._carrier.clock.now()
        if call.limit_timer:
            call.limit_timer.cancel()
        if call.person:
            call.person.leave()
        self._carrier.note(call, "ended", f"call over: {call.status.value}")
        self._carrier.recorder.stop_all(call)
        self.tell_parent(call)
        self.report(call, "completed")
        self._carrier.pricing.later(call)
