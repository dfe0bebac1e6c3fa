"""Dial Queue: take the caller at the front, waiting for one if there is none."""

from local.carrier.calls.context import Context
from local.carrier.calls.source import Next
from local.carrier.model.rooms import Queue
from local.carrier.process import Interrupt, Steps, receive, sleep
from local.carrier.signals import BridgeOver, QueueConnected
from local.carrier.twiml.verbs import Dial, WaitingLine
from local.carrier.verbs.after_dial import lead_on, report


def run(context: Context, verb: Dial, line: WaitingLine) -> Steps[Next]:
    context.answer()
    lines = context.carrier.lines
    queue = lines.existing(context.call.account_sid, line.name)
    if queue is None:
        context.carrier.report(context.call, 13247, f"Queue {line.name!r} does not exist", context.url, "error")
        yield from sleep(0)
        return lead_on(context, verb, {"DialCallStatus": "failed", "DialBridged": "false"})
    result: dict[str, str] = {"DialCallStatus": "no-answer", "DialBridged": "false", "QueueSid": queue.sid}
    try:
        joined = yield from _reach(context, verb, line, queue)
        if joined is not None:
            result |= _connected(context, joined)
            yield from receive(verb.time_limit, BridgeOver)
    except Interrupt:
        report(context, verb, result)
        raise
    finally:
        lines.give_up(queue, context.call)
    return lead_on(context, verb, result)


def _reach(context: Context, verb: Dial, line: WaitingLine, queue: Queue) -> Steps[QueueConnected | None]:
    """The front of the queue, or the next one if it goes before it is connected; None when the time is up."""
    end = context.carrier.clock.now() + verb.timeout
    while (left := end - context.carrier.clock.now()) > 0:
        context.carrier.lines.take(queue, context.call, line.url and context.absolute(line.url), line.method)
        signal = yield from receive(left, QueueConnected, BridgeOver)
        if isinstance(signal, QueueConnected):
            return signal
    return None


def _connected(context: Context, joined: QueueConnected) -> dict[str, str]:
    return {
        "DialCallStatus": "completed", "DialBridged": "true", "DialCallSid": joined.call_sid,
        "QueueTime": str(joined.waited_s), "DequeingCallSid": context.call.sid,
    }  # fmt: skip
