"""Which module runs which verb."""

from collections.abc import Callable, Mapping

from local.carrier.calls.source import Next
from local.carrier.process import Steps
from local.carrier.twiml import verbs
from local.carrier.verbs import dial, enqueue, gather, leading, prompts, record, recording

EXECUTE: Mapping[type, Callable[..., Steps[Next]]] = {
    verbs.Say: prompts.run,
    verbs.Play: prompts.run,
    verbs.Pause: prompts.run_pause,
    verbs.Gather: gather.run,
    verbs.Record: record.run,
    verbs.Dial: dial.run,
    verbs.Enqueue: enqueue.run,
    verbs.Redirect: leading.redirect,
    verbs.Hangup: leading.hang_up,
    verbs.Leave: leading.leave,
    verbs.Reject: leading.reject,
    verbs.StartRecording: recording.start,
    verbs.StopRecording: recording.stop,
}
