"""Queues: who waits in them, and who takes from them."""

from typing import TYPE_CHECKING

from local.carrier import errors, ids
from local.carrier.model.call import Call
from local.carrier.model.rooms import Member, Queue
from local.carrier.signals import BridgeOver, Dequeued, QueueConnected

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


class Lines:
    """All queues; an Enqueue makes the one it names."""

    def __init__(self, carrier: "Carrier") -> None:
        self._carrier = carrier
        self.all: dict[str, Queue] = {}
        self._wanted: dict[str, Dequeued] = {}
        self._promised: dict[str, str] = {}

    def existing(self, account_sid: str, name: str) -> Queue | None:
        for queue in self.all.values():
            if queue.account_sid == account_sid and queue.friendly_name == name:
                return queue
        return None

    def create(self, account_sid: str, name: str, max_size: int = 1000) -> Queue:
        if self.existing(account_sid, name) is not None:
            raise errors.RestError(22003, f"Queue with friendly name {name!r} already exists")
        queue = Queue(ids.sid(self._carrier.rng, "QU"), account_sid, name, self._carrier.clock.now(), max_size)
        self.all[queue.sid] = queue
        return queue

    def named(self, account_sid: str, name: str) -> Queue:
        return self.existing(account_sid, name) or self.create(account_sid, name)

    def join(self, queue: Queue, call: Call) -> Member:
        member = Member(call.sid, self._carrier.clock.now())
        queue.members.append(member)
        self._match(queue)
        return member

    def leave(self, queue: Queue, member: Member) -> float:
        """Out of the line, for whatever reason; the seconds waited."""
        waited_s = self._carrier.clock.now() - member.enqueued_at
        if member in queue.members:
            queue.members.remove(member)
            queue.waits += 1
            queue.waited_s += waited_s
        self._refuse_takers(member.call_sid)
        return waited_s

    def _refuse_takers(self, call_sid: str) -> None:
        """A take that came too late: the taker may have the next caller."""
        process = self._carrier.calls.get(call_sid).process
        for late in process.forget(Dequeued) if process is not None else []:
            if isinstance(late, Dequeued) and self._promised.pop(late.taker_sid, None) == call_sid:
                self._tell(late.taker_sid, BridgeOver())

    def wait_params(self, queue: Queue, call: Call) -> dict[str, str]:
        position = queue.position(call.sid)
        member = queue.members[position - 1]
        return {
            "QueuePosition": str(position), "QueueSid": queue.sid,
            "QueueTime": str(round(self._carrier.clock.now() - member.enqueued_at)),
            "AvgQueueTime": str(queue.average_wait_s()), "CurrentQueueSize": str(len(queue.members)),
            "MaxQueueSize": str(queue.max_size),
        }  # fmt: skip

    def take(self, queue: Queue, taker: Call, url: str, method: str) -> None:
        """A leg wants the front of the queue, now or when there is one."""
        self._discard(taker.sid)
        queue.takers.append(taker.sid)
        self._wanted[taker.sid] = Dequeued(taker.sid, url, method)
        self._match(queue)

    def give_up(self, queue: Queue, taker: Call) -> None:
        """The taker is gone: it takes no more, and whoever it talks with is free."""
        if taker.sid in queue.takers:
            queue.takers.remove(taker.sid)
        self._wanted.pop(taker.sid, None)
        self._promised.pop(taker.sid, None)
        peer = self._carrier.bridges.get(taker.sid)
        if peer is not None:
            self._tell(peer, BridgeOver())

    def connect(self, queued: Call, taker_sid: str, waited_s: int) -> bool:
        """Bridge a caller with whoever took it; False when that leg is gone meanwhile."""
        if self._promised.pop(taker_sid, None) != queued.sid:
            return False
        self._discard(queued.sid)
        self._carrier.bridge(queued, self._carrier.calls.get(taker_sid))
        self._tell(taker_sid, QueueConnected(queued.sid, waited_s))
        return True

    def part(self, queued: Call, taker_sid: str) -> None:
        """The caller is gone: its taker is free, or may have the next one if they never met."""
        met = self._carrier.bridges.get(taker_sid) == queued.sid
        if met or self._promised.pop(taker_sid, None) == queued.sid:
            self._tell(taker_sid, BridgeOver())
        self._carrier.unbridge(queued, self._carrier.calls.get(taker_sid))

    def _match(self, queue: Queue) -> None:
        while queue.takers and (waiting := self._waiting(queue)):
            member, taker_sid = waiting[0], queue.takers.pop(0)
            process = self._carrier.calls.get(member.call_sid).process
            member.taken = True
            self._promised[taker_sid] = member.call_sid
            if process is not None:
                process.interrupt(self._wanted.pop(taker_sid))

    def _discard(self, call_sid: str) -> None:
        process = self._carrier.calls.get(call_sid).process
        if process is not None:
            process.discard(BridgeOver, QueueConnected)

    def _waiting(self, queue: Queue) -> list[Member]:
        free = [member for member in queue.members if not member.taken]
        return [member for member in free if not self._carrier.calls.get(member.call_sid).over]

    def _tell(self, call_sid: str, signal: BridgeOver | QueueConnected) -> None:
        process = self._carrier.calls.get(call_sid).process
        if process is not None and not process.over:
            process.tell(signal)
