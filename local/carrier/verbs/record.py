"""Record: leave a message; its action is always requested."""

from local.carrier.calls.context import Context
from local.carrier.calls.source import Next
from local.carrier.model.media import Recording
from local.carrier.process import HungUp, Interrupt, Pressed, Spoke, Steps, receive
from local.carrier.twiml.verbs import Record

BEEP_S = 0.5


def run(context: Context, verb: Record) -> Steps[Next]:
    context.answer()
    if verb.play_beep:
        context.note("heard", "heard: beep")
        yield from receive(BEEP_S)
    recording = context.carrier.recorder.start("RecordVerb", call=context.call, callback=verb.callback)
    try:
        digits = yield from _listen(context, verb)
    except HungUp:
        context.report_action(_action(context, verb), verb.method, _stop(context, recording, "hangup"))
        raise
    except Interrupt:
        context.carrier.recorder.stop(recording)
        raise
    return context.follow(_action(context, verb), verb.method, _stop(context, recording, digits))


def _action(context: Context, verb: Record) -> str:
    return context.url if verb.action is None else verb.action


def _listen(context: Context, verb: Record) -> Steps[str]:
    """Until a finish key, silence or the maximum; the key that ended it."""
    if context.call.person:
        context.call.person.questioned()
    end = context.carrier.clock.now() + verb.max_length
    while (left := end - context.carrier.clock.now()) > 0:
        signal = yield from receive(min(verb.timeout or left, left), Pressed, Spoke)
        if signal is None:
            return ""
        if isinstance(signal, Pressed) and signal.digit in verb.finish_on_key:
            return signal.digit
        if isinstance(signal, Spoke):
            yield from receive(min(context.carrier.speech_s(signal.words), left))
    return ""


def _stop(context: Context, recording: Recording, digits: str) -> dict[str, str]:
    context.carrier.recorder.stop(recording)
    return {
        "RecordingUrl": context.carrier.recorder.url(recording), "RecordingSid": recording.sid,
        "RecordingDuration": str(recording.duration_s), "Digits": digits,
    }  # fmt: skip
