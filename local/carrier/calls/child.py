"""A leg that a Dial makes: ring, screen, talk until either side goes."""

from local.carrier.calls.context import Context
from local.carrier.calls.detection import detect
from local.carrier.calls.outbound import ring
from local.carrier.calls.program import run_scope
from local.carrier.calls.source import DocumentFailed, FromUrl, Scope, Stop
from local.carrier.model.call import Call, Detection, Direction
from local.carrier.process import Steps, receive, sleep
from local.carrier.signals import ChildAccepted
from local.carrier.twiml.verbs import Dial, Endpoint


def start(context: Context, verb: Dial, endpoint: Endpoint) -> Call:
    """Create the leg and let it ring; it tells its parent when it accepts and when it is over."""
    carrier, parent = context.carrier, context.call
    caller = verb.caller_id or parent.from_
    call = carrier.calls.create(parent.account_sid, caller, endpoint.address, Direction.OUTBOUND_DIAL)
    call.parent_sid = parent.sid
    call.status_callback = endpoint.status_callback
    call.time_limit_s = verb.time_limit
    call.detection = Detection(
        endpoint.machine_detection, endpoint.detection_timeout, endpoint.detection_callback, asynchronous=True
    )
    carrier.note(parent, "dialling", f"rings {endpoint.address}")
    carrier.calls.begin(call, carrier.person_for(call), _body(context, call, verb, endpoint))
    return call


def _body(context: Context, call: Call, verb: Dial, endpoint: Endpoint) -> Steps[None]:
    carrier = context.carrier
    if not (yield from ring(carrier, call, verb.timeout)):
        return
    yield from sleep(0.5 * len(endpoint.send_digits))
    yield from detect(carrier, call)
    if endpoint.url and not (yield from _screened(context, call, endpoint)):
        return
    if context.call.process is not None:
        context.call.process.tell(ChildAccepted(call.sid))
    yield from receive(None)


def _screened(context: Context, call: Call, endpoint: Endpoint) -> Steps[bool]:
    """Whether the document lets the call through; one that fails or hangs up does not."""
    source = FromUrl(context.absolute(endpoint.url), endpoint.method, {}, "voice")
    try:
        return (yield from run_scope(context.carrier, call, source, Scope.SCREEN)) is not Stop.HANG_UP
    except DocumentFailed:
        return False
