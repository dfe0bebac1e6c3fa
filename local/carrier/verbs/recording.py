"""Start and Stop of a recording that goes on in the background across documents."""

from local.carrier.calls.context import Context
from local.carrier.calls.source import Next
from local.carrier.process import Steps, sleep
from local.carrier.twiml.verbs import StartRecording, StopRecording


def start(context: Context, verb: StartRecording) -> Steps[Next]:
    yield from sleep(0)
    context.answer()
    context.carrier.recorder.start(
        "StartCallRecordingTwiML", call=context.call, callback=verb.callback, channels=verb.channels, track=verb.track
    )
    return None


def stop(context: Context, verb: StopRecording) -> Steps[Next]:
    yield from sleep(0)
    context.carrier.recorder.stop_all(context.call)
    return None
