"""A carrier in memory for the telephony port: legs and rooms as plain values, failures on request."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from offhook.domain.documents import Document, EnterQueue, EnterRoom
from offhook.domain.errors import CallerGone
from offhook.domain.ids import CallSid, Clock, Instant
from offhook.domain.telephony import CallFacts, RecordingFacts, RingRequest

OVER = "completed"
T = TypeVar("T")


@dataclass
class Leg:
    """One call at the carrier: its status, and the room it sits in, if any."""

    sid: CallSid
    to: str
    created_at: Instant
    direction: str = "outbound-api"
    status: str = "queued"
    room: str = ""
    queue: str = ""
    request: RingRequest | None = None


@dataclass
class FakeCarrier:
    """Implements Telephony. fail: raised instead of the named method, once each; lose: raised after its effect.

    on_call(method, "before" | "after") sees every request; done lists the requests that had an effect.
    """

    clock: Clock
    legs: dict[CallSid, Leg] = field(default_factory=dict)
    fail: dict[str, list[Exception]] = field(default_factory=dict)
    lose: dict[str, list[Exception]] = field(default_factory=dict)
    done: list[tuple[str, str]] = field(default_factory=list)
    on_call: Callable[[str, str], None] = lambda method, when: None
    recordings: dict[str, RecordingFacts] = field(default_factory=dict)
    held: set[CallSid] = field(default_factory=set)
    muted: set[CallSid] = field(default_factory=set)

    def customer(self, sid: CallSid) -> Leg:
        """A customer's call is up."""
        leg = self.legs[sid] = Leg(sid, "", self.clock.now(), "inbound", "in-progress")
        return leg

    def live(self) -> list[Leg]:
        """Legs that are not over."""
        return [leg for leg in self.legs.values() if leg.status != OVER]

    def rung(self) -> list[Leg]:
        """Every leg ever started for an agent."""
        return [leg for leg in self.legs.values() if leg.direction == "outbound-api"]

    def end(self, sid: CallSid) -> None:
        """Somebody hangs up; a customer's room ends with them."""
        leg = self.legs[sid]
        room = leg.room
        leg.status, leg.room, leg.queue = OVER, "", ""
        if leg.direction == "inbound" and room:
            self._close(room)

    def ring(self, request: RingRequest) -> CallSid:
        """Start a leg."""
        return self._do("ring", request.to, lambda: self._ring(request))

    def find_ring(self, request: RingRequest) -> CallSid | None:
        """The leg to the address made since the offer."""

        def found() -> CallSid | None:
            legs = [x.sid for x in self.rung() if x.to == request.to and x.created_at >= request.made_at]
            return legs[-1] if legs else None

        return self._do("find_ring", request.to, found)

    def hang_up(self, sid: CallSid) -> None:
        """End a leg."""
        self._do("hang_up", sid, lambda: self.end(sid) if sid in self.legs else None)

    def redirect(self, sid: CallSid, document: Document) -> None:
        """The leg leaves where it is and goes where the document says."""
        self._do("redirect", sid, lambda: self.enter(sid, document))

    def end_room(self, room: str) -> None:
        """Everybody leaves; agents' legs end with it, the customer's goes on."""
        self._do("end_room", room, lambda: self._close(room))

    def hold(self, room: str, sid: CallSid, on: bool) -> None:
        """Hold."""
        self._do("hold", sid, lambda: self._switch(self.held, room, sid, on))

    def mute(self, room: str, sid: CallSid, on: bool) -> None:
        """Mute."""
        self._do("mute", sid, lambda: self._switch(self.muted, room, sid, on))

    def monitor(self, room: str, sid: CallSid, *, muted: bool, coached: CallSid | None) -> None:
        """Mute; whom they coach is the simulator's business."""
        self._do("monitor", sid, lambda: self._switch(self.muted, room, sid, muted))

    def announce(self, room: str, sid: CallSid, path: str) -> None:
        """Somebody hears a document."""
        self._do("announce", path, lambda: self._switch(set(), room, sid, True))

    def call(self, sid: CallSid) -> CallFacts | None:
        """The call's facts."""
        leg = self._do("call", sid, lambda: self.legs.get(sid))
        return CallFacts(sid, leg.status, leg.direction) if leg else None

    def room_members(self, room: str) -> tuple[CallSid, ...]:
        """Who is in the room."""
        return self._do("room_members", room, lambda: tuple(x.sid for x in self.live() if x.room == room))

    def live_rooms(self) -> tuple[str, ...]:
        """Rooms that somebody is in."""
        return self._do("live_rooms", "", lambda: tuple(sorted({x.room for x in self.live() if x.room})))

    def recording(self, sid: str) -> RecordingFacts | None:
        """The recording's facts."""
        return self._do("recording", sid, lambda: self.recordings.get(sid))

    def recordings_of(self, source: str) -> tuple[RecordingFacts, ...]:
        """Those whose name begins with the room's or call's."""
        mine = [replace(facts, sid=sid) for sid, facts in self.recordings.items() if sid.startswith(f"{source}-")]
        return self._do("recordings_of", source, lambda: tuple(mine))

    def running_recording(self, source: str) -> RecordingFacts | None:
        """The one that is not over."""
        return self._do("running_recording", source, lambda: self._running(source))

    def set_recording(self, source: str, status: str) -> RecordingFacts | None:
        """The running one is so now."""

        def change() -> RecordingFacts | None:
            facts = self._running(source)
            if facts is not None:
                self.recordings[facts.sid] = replace(facts, status=status)
            return self.recordings[facts.sid] if facts else None

        return self._do("set_recording", status, change)

    def record(self, sid: CallSid, events_path: str) -> RecordingFacts:
        """A recording of the leg begins."""

        def begin() -> RecordingFacts:
            if self.legs[sid].status == OVER:
                raise CallerGone()
            made = f"{sid}-RE{len(self.recordings)}"
            self.recordings[made] = RecordingFacts("in-progress", 0, f"https://carrier/{made}", made)
            return self.recordings[made]

        return self._do("record", sid, begin)

    def _running(self, source: str) -> RecordingFacts | None:
        live = ("in-progress", "paused")
        return next(
            (
                replace(facts, sid=sid)
                for sid, facts in self.recordings.items()
                if sid.startswith(f"{source}-") and facts.status in live
            ),
            None,
        )

    def enter(self, sid: CallSid, document: Document) -> None:
        """The leg carries out a document that leads to a room or a queue."""
        leg = self.legs.get(sid)
        if leg is None or leg.status != "in-progress":
            raise CallerGone()
        for verb in document:
            if isinstance(verb, EnterRoom):
                leg.room, leg.queue = verb.room, ""
            elif isinstance(verb, EnterQueue):
                leg.room, leg.queue = "", verb.queue

    def _ring(self, request: RingRequest) -> CallSid:
        sid = CallSid(f"CA{len(self.legs):032d}")
        self.legs[sid] = Leg(sid, request.to, self.clock.now(), request=request)
        return sid

    def _close(self, room: str) -> None:
        for leg in self.live():
            if leg.room == room:
                leg.room = ""
                leg.status = leg.status if leg.direction == "inbound" else OVER

    def _switch(self, where: set[CallSid], room: str, sid: CallSid, on: bool) -> None:
        if self.legs[sid].room != room:
            raise CallerGone()
        (where.add if on else where.discard)(sid)

    def _do(self, method: str, about: str, action: Callable[[], T]) -> T:
        self.on_call(method, "before")
        if self.fail.get(method):
            raise self.fail[method].pop(0)
        result = action()
        self.done.append((method, about))
        self.on_call(method, "after")
        if self.lose.get(method):
            raise self.lose[method].pop(0)
        return result
