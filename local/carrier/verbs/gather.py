"""Gather: ask, and collect keys or words."""

from dataclasses import dataclass

from local.carrier.calls.context import Context
from local.carrier.calls.source import Next
from local.carrier.process import CONFIDENCE, Pressed, Signal, Spoke, Steps, receive
from local.carrier.twiml.verbs import Gather
from local.carrier.verbs.prompts import perform

PAUSE_AFTER_SPEECH_S = 1.0


@dataclass(frozen=True, slots=True)
class Collected:
    """What was entered; key is the finish key if that ended it."""

    digits: str = ""
    key: str = ""
    words: str | None = None
    confidence: float = CONFIDENCE

    @property
    def empty(self) -> bool:
        return not self.digits and self.words is None


def run(context: Context, verb: Gather) -> Steps[Next]:
    context.answer()
    collected = yield from _collect(context, verb)
    if collected.empty and not verb.action_on_empty_result:
        return None
    url = context.url if verb.action is None else verb.action
    return context.follow(url, verb.method, _params(verb, collected))


def _collect(context: Context, verb: Gather) -> Steps[Collected]:
    kinds = _kinds(verb)
    signal = yield from _ask(context, verb, kinds)
    digits = ""
    while True:
        if signal is None:
            signal = yield from receive(verb.timeout, *kinds)
        if isinstance(signal, Spoke):
            yield from receive(context.carrier.speech_s(signal.words) + PAUSE_AFTER_SPEECH_S)
            return Collected(words=signal.words, confidence=signal.confidence)
        if not isinstance(signal, Pressed):
            return Collected(digits)
        if verb.finish_on_key and signal.digit in verb.finish_on_key:
            return Collected(digits, signal.digit)
        digits, signal = digits + signal.digit, None
        if len(digits) == verb.num_digits:
            return Collected(digits)


def _ask(context: Context, verb: Gather, kinds: tuple[type[Signal], ...]) -> Steps[Signal | None]:
    """Play the prompts; a key or a word cuts them short. Silence after them is the caller's turn."""
    for prompt in verb.prompts:
        signal = yield from perform(context, prompt, *kinds)
        if signal is not None:
            return signal
    if context.call.person:
        context.call.person.questioned()
    return None


def _kinds(verb: Gather) -> tuple[type[Signal], ...]:
    wanted: dict[str, type[Signal]] = {"dtmf": Pressed, "speech": Spoke}
    return tuple(wanted[word] for word in verb.input.split())


def _params(verb: Gather, collected: Collected) -> dict[str, str]:
    if collected.words is not None:
        return {"SpeechResult": collected.words, "Confidence": str(collected.confidence), "Language": verb.language}
    return {"Digits": collected.digits, "FinishedOnKey": collected.key, "msg": "Gather End"}
