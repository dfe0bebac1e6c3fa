"""Say, Play and Pause: things that take time to hear."""

from collections.abc import Iterator
from contextlib import contextmanager
from posixpath import basename
from urllib.parse import urlsplit

from local.carrier.calls.context import Context
from local.carrier.calls.source import Next, Scope
from local.carrier.process import Signal, Steps, receive, sleep
from local.carrier.twiml.verbs import Pause, Play, Prompt, Say

FOREVER = 1000
DIGIT_S = 0.25


def run(context: Context, verb: Say | Play) -> Steps[Next]:
    context.answer()
    yield from perform(context, verb)
    return None


def run_pause(context: Context, verb: Pause) -> Steps[Next]:
    """Silence; as the first verb it delays the answer."""
    yield from sleep(verb.length)
    return None


def perform(context: Context, prompt: Prompt, *stops: type[Signal]) -> Steps[Signal | None]:
    """Let the person hear a prompt; one of the signals ends it early and is returned."""
    if isinstance(prompt, Pause):
        return (yield from receive(prompt.length, *stops))
    for _ in range(prompt.loop or FOREVER):
        steps = _say(context, prompt, *stops) if isinstance(prompt, Say) else _play(context, prompt, *stops)
        signal = yield from steps
        if signal is not None:
            return signal
    return None


def _say(context: Context, prompt: Say, *stops: type[Signal]) -> Steps[Signal | None]:
    context.note("heard", f"heard: {prompt.text}")
    signal = yield from receive(context.carrier.speech_s(prompt.text), *stops)
    if signal is None and context.call.person:
        context.call.person.heard(prompt.text)
    return signal


def _play(context: Context, prompt: Play, *stops: type[Signal]) -> Steps[Signal | None]:
    if prompt.digits:
        return (yield from receive(DIGIT_S * len(prompt.digits), *stops))
    url = context.absolute(prompt.url)
    with _timed(context, "music" if context.scope in WAITING else f"heard: {basename(urlsplit(url).path)}"):
        return (yield from receive(context.carrier.settings.media_seconds(url), *stops))


WAITING = frozenset({Scope.QUEUE_WAIT, Scope.ROOM_WAIT})


def music(context: Context) -> Steps[None]:
    """The carrier's own music, without end."""
    with _timed(context, "music"):
        yield from receive(None)


@contextmanager
def _timed(context: Context, words: str) -> Iterator[None]:
    """Note what was heard with the seconds it lasted, also when it is cut short."""
    clock = context.carrier.clock
    began = clock.now()
    try:
        yield
    finally:
        seconds = round(clock.now() - began)
        context.note("music" if words == "music" else "heard", f"{words} {seconds} s")
