"""Dial: to a room, to a queue, or to people; and what follows it."""

from local.carrier.calls.context import Context
from local.carrier.calls.source import Next
from local.carrier.process import Steps, sleep
from local.carrier.twiml.verbs import Dial
from local.carrier.verbs import dial_people, dial_queue, dial_room
from local.carrier.verbs.after_dial import lead_on


def run(context: Context, verb: Dial) -> Steps[Next]:
    if verb.room is not None:
        return (yield from dial_room.run(context, verb, verb.room))
    if verb.line is not None:
        return (yield from dial_queue.run(context, verb, verb.line))
    if verb.endpoints:
        return (yield from dial_people.run(context, verb))
    context.carrier.report(context.call, 13223, "Dial: nobody to dial", context.url, "error")
    yield from sleep(0)
    return lead_on(context, verb, {"DialCallStatus": "failed", "DialBridged": "false"})
