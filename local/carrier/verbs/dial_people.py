"""Dial Number, Client and Sip: ring people, together or one after the other, and bridge the first who accepts."""

from dataclasses import dataclass, field

from local.carrier.calls import child
from local.carrier.calls.context import Context
from local.carrier.calls.source import Next
from local.carrier.model.call import Call
from local.carrier.model.media import Recording
from local.carrier.process import Interrupt, Pressed, Steps, receive
from local.carrier.signals import ChildAccepted, ChildOver
from local.carrier.twiml.verbs import Dial, Endpoint
from local.carrier.verbs.after_dial import lead_on, report


@dataclass(slots=True)
class _Dialling:
    """What is known so far: who rings, who accepted, how it ended."""

    children: list[Call] = field(default_factory=list)
    accepted: Call | None = None
    last: Call | None = None
    redirected: bool = False
    recording: Recording | None = None


def run(context: Context, verb: Dial) -> Steps[Next]:
    if not verb.answer_on_bridge:
        context.answer()
    state = _Dialling()
    try:
        yield from _reach(context, verb, state)
        if state.accepted is not None:
            yield from _talk(context, verb, state, state.accepted)
    except Interrupt:
        _end(context, state)
        report(context, verb, _params(context, state))
        raise
    _end(context, state)
    return lead_on(context, verb, _params(context, state))


def _reach(context: Context, verb: Dial, state: _Dialling) -> Steps[None]:
    rounds = [[one] for one in verb.endpoints] if verb.sequential else [list(verb.endpoints)]
    for endpoints in rounds:
        yield from _ring(context, verb, state, endpoints)
        if state.accepted is not None:
            return


def _ring(context: Context, verb: Dial, state: _Dialling, endpoints: list[Endpoint]) -> Steps[None]:
    ringing = {one.sid: one for one in (child.start(context, verb, endpoint) for endpoint in endpoints)}
    state.children.extend(ringing.values())
    while ringing:
        signal = yield from receive(None, ChildAccepted, ChildOver)
        if isinstance(signal, ChildAccepted) and signal.call_sid in ringing:
            state.accepted = state.last = ringing[signal.call_sid]
            _cancel_others(context, state)
            return
        if isinstance(signal, ChildOver) and signal.call_sid in ringing:
            state.last = ringing.pop(signal.call_sid)


def _talk(context: Context, verb: Dial, state: _Dialling, other: Call) -> Steps[None]:
    context.answer()
    if verb.record.startswith("record-from") or verb.record == "true":
        channels = 2 if verb.record.endswith("-dual") else 1
        state.recording = context.carrier.recorder.start(
            "DialVerb", call=context.call, callback=verb.callback, channels=channels
        )
    context.carrier.bridge(context.call, other)
    kinds = (ChildOver, Pressed) if verb.hangup_on_star else (ChildOver,)
    end = context.carrier.clock.now() + verb.time_limit
    while True:
        signal = yield from receive(max(0.0, end - context.carrier.clock.now()), *kinds)
        if signal is None or (isinstance(signal, Pressed) and signal.digit == "*"):
            return
        if isinstance(signal, ChildOver) and signal.call_sid == other.sid:
            state.redirected = signal.redirected
            return


def _cancel_others(context: Context, state: _Dialling) -> None:
    for one in state.children:
        if one is not state.accepted:
            context.carrier.calls.hang_up(one)


def _end(context: Context, state: _Dialling) -> None:
    """Nobody rings on: every leg of this Dial is over, except one that was redirected away."""
    for one in state.children:
        if not (state.redirected and one is state.accepted):
            context.carrier.calls.hang_up(one)
    if state.accepted is not None:
        context.carrier.unbridge(context.call, state.accepted)
    if state.recording is not None:
        context.carrier.recorder.stop(state.recording)


def _params(context: Context, state: _Dialling) -> dict[str, str]:
    last = state.last or (state.children[-1] if state.children else None)
    bridged = state.accepted is not None
    status = "completed" if bridged else (last.status.value if last else "failed")
    params = {"DialCallStatus": status, "DialBridged": str(bridged).lower()}
    if last is not None:
        params["DialCallSid"] = last.sid
        if last.answered_at is not None and not state.redirected:
            params["DialCallDuration"] = str(round(context.carrier.clock.now() - last.answered_at))
    if state.recording is not None:
        params |= {
            "RecordingUrl": context.carrier.recorder.url(state.recording), "RecordingSid": state.recording.sid,
            "RecordingDuration": str(state.recording.duration_s),
        }  # fmt: skip
    return params
