"""Verbs that lead elsewhere or nowhere: Redirect, Hangup, Leave, Reject."""

from local.carrier.calls.context import Context
from local.carrier.calls.source import FromUrl, Next, Scope, Stop
from local.carrier.model.call import UNANSWERED, CallStatus
from local.carrier.process import Steps, sleep
from local.carrier.twiml.verbs import Hangup, Leave, Redirect, Reject

KINDS = {Scope.QUEUE_WAIT: "wait", Scope.ROOM_WAIT: "wait"}


def redirect(context: Context, verb: Redirect) -> Steps[Next]:
    """Another document; an empty address means the same one again, a moment later."""
    yield from sleep(0.001)
    followed = context.follow(verb.url or context.url, verb.method, {})
    if isinstance(followed, FromUrl):
        return FromUrl(followed.url, followed.method, {}, KINDS.get(context.scope, "voice"))
    return followed


def hang_up(context: Context, verb: Hangup) -> Steps[Next]:
    """End the leg; as the first verb it still answers (and bills)."""
    context.answer()
    yield from sleep(0)
    return Stop.HANG_UP


def leave(context: Context, verb: Leave) -> Steps[Next]:
    yield from sleep(0)
    return Stop.LEAVE


def reject(context: Context, verb: Reject) -> Steps[Next]:
    """Refuse without answering; it means nothing once the call was answered."""
    yield from sleep(0)
    if context.call.status in UNANSWERED:
        context.call.status = CallStatus.BUSY if verb.reason == "busy" else CallStatus.FAILED
        context.note("heard", "heard: busy tone" if verb.reason == "busy" else "heard: not in service")
    return Stop.HANG_UP
