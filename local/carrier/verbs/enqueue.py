"""Enqueue: wait in a line, listening to documents, until taken, left, moved or over."""

from local.carrier.calls.context import Context
from local.carrier.calls.program import run_scope
from local.carrier.calls.source import DocumentFailed, FromUrl, Next, Scope, Stop
from local.carrier.model.rooms import Member, Queue
from local.carrier.process import HungUp, Steps, receive, sleep
from local.carrier.signals import BridgeOver, Dequeued, Redirected
from local.carrier.twiml.verbs import Enqueue
from local.carrier.verbs.prompts import music

MAX_NAME = 64


class _Visit:
    """One leg's stay in one queue: what becomes of it, told to the action address."""

    def __init__(self, context: Context, verb: Enqueue, queue: Queue, member: Member) -> None:
        self.context = context
        self.verb = verb
        self.queue = queue
        self.member = member
        self.wait_s = 0

    def out(self) -> None:
        self.wait_s = round(self.context.carrier.lines.leave(self.queue, self.member))

    def params(self, result: str) -> dict[str, str]:
        return {"QueueResult": result, "QueueSid": self.queue.sid, "QueueTime": str(self.wait_s)}

    def lead_on(self, result: str) -> Next:
        if not self.verb.action:
            return None
        return self.context.follow(self.verb.action, self.verb.method, self.params(result))

    def report(self, result: str) -> None:
        if self.verb.action:
            self.context.report_action(self.verb.action, self.verb.method, self.params(result))


def run(context: Context, verb: Enqueue) -> Steps[Next]:
    context.answer()
    lines = context.carrier.lines
    queue = lines.named(context.call.account_sid, verb.name) if 0 < len(verb.name) <= MAX_NAME else None
    if queue is None or len(queue.members) >= queue.max_size:
        yield from sleep(0)
        return _refused(context, verb, "error" if queue is None else "queue-full")
    visit = _Visit(context, verb, queue, lines.join(queue, context.call))
    context.note("queued", f"waiting in queue {verb.name}")
    return (yield from _wait(visit))


def _refused(context: Context, verb: Enqueue, result: str) -> Next:
    context.note("queue", f"queue {verb.name}: {result}")
    return context.follow(verb.action, verb.method, {"QueueResult": result}) if verb.action else None


def _wait(visit: _Visit) -> Steps[Next]:
    try:
        stopped = yield from _listen(visit)
    except DocumentFailed:
        visit.out()
        return visit.lead_on("error")
    except Dequeued as dequeued:
        visit.out()
        return (yield from _bridge(visit, dequeued))
    except HungUp:
        visit.out()
        visit.report("hangup")
        raise
    except Redirected:
        visit.out()
        visit.report("redirected")
        raise
    visit.out()
    if stopped is Stop.HANG_UP:
        visit.report("hangup")
        return stopped
    return visit.lead_on("leave")


def _listen(visit: _Visit) -> Steps[Stop | None]:
    """The waitUrl again and again; silence when it is empty, the carrier's music when there is none."""
    context, verb = visit.context, visit.verb
    if verb.wait_url is None:
        yield from music(context)
    if not verb.wait_url:
        yield from receive(None)
    while True:
        params = context.carrier.lines.wait_params(visit.queue, context.call)
        source = FromUrl(context.absolute(verb.wait_url or ""), verb.wait_method, params, "wait")
        began = context.carrier.clock.now()
        stopped = yield from run_scope(context.carrier, context.call, source, Scope.QUEUE_WAIT)
        if stopped is not None:
            return stopped
        yield from sleep(0.0 if context.carrier.clock.now() - began >= 1.0 else 1.0)


def _bridge(visit: _Visit, dequeued: Dequeued) -> Steps[Next]:
    """Hear the whisper, then talk; the action comes only when the bridge ends."""
    result = "bridging-in-process"
    carrier = visit.context.carrier
    try:
        yield from _whisper(visit, dequeued)
        if carrier.lines.connect(visit.context.call, dequeued.taker_sid, visit.wait_s):
            result = "bridged"
            yield from receive(None, BridgeOver)
    except DocumentFailed:
        result = "error"
    except HungUp:
        visit.report(result)
        raise
    except Redirected:
        visit.report("redirected-from-bridged")
        raise
    finally:
        carrier.lines.part(visit.context.call, dequeued.taker_sid)
    return visit.lead_on(result)


def _whisper(visit: _Visit, dequeued: Dequeued) -> Steps[None]:
    if not dequeued.url:
        return
    params = {"QueueSid": visit.queue.sid, "QueueTime": str(visit.wait_s), "DequeingCallSid": dequeued.taker_sid}
    source = FromUrl(visit.context.absolute(dequeued.url), dequeued.method, params, "voice")
    yield from run_scope(visit.context.carrier, visit.context.call, source, Scope.QUEUE_WHISPER)
