"""Scripts: what a person does, as values, from JSON or from a line of words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from local.carrier.process import CONFIDENCE


class Act(StrEnum):
    ANSWER = "answer"
    BUSY = "busy"
    FAIL = "fail"
    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    PRESS = "press"
    SAY = "say"
    HANG_UP = "hang_up"
    WAIT = "wait"


RINGING_ACTS = frozenset({Act.ANSWER, Act.BUSY, Act.FAIL, Act.NO_ANSWER, Act.VOICEMAIL})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and when. At most one trigger is set.

    after_s: seconds after the step before (or after the answer); at_s: seconds after the answer;
    after_prompt: when this many questions (a Gather or Record that began to listen) have been heard since the answer;
    after_connected_s: seconds after being connected with another person; when_heard: when these words are heard.
    confidence: how sure the recogniser is of words that are said.
    Without a trigger keys and words wait for the next question, everything else happens at once.
    """

    act: Act
    value: str = ""
    after_s: float | None = None
    at_s: float | None = None
    after_prompt: int | None = None
    after_connected_s: float | None = None
    when_heard: str = ""
    confidence: float = CONFIDENCE

    @property
    def waits_for_question(self) -> bool:
        triggers = (self.after_s, self.at_s, self.after_prompt, self.after_connected_s)
        free = all(one is None for one in triggers) and not self.when_heard
        return free and self.act in (Act.PRESS, Act.SAY)


Script = tuple[Step, ...]
_TRIGGERS = {
    "after": "after_s", "at": "at_s", "after_prompt": "after_prompt", "after_connected": "after_connected_s",
    "when_heard": "when_heard",
}  # fmt: skip


class BadScript(ValueError):
    """A script that cannot be read; the message names the step."""


def from_json(steps: Iterable[Mapping[str, Any]]) -> Script:
    """Read steps such as {"press": "1", "after_prompt": 2}, {"answer_after": 3}, {"busy": true}."""
    return tuple(_step(dict(one)) for one in steps)


def _step(fields: dict[str, Any]) -> Step:
    original = dict(fields)
    for act in Act:
        if f"{act}_after" in fields:
            fields[act.value], fields["after"] = True, fields.pop(f"{act}_after")
    acts = [act for act in Act if act.value in fields]
    if len(acts) != 1:
        raise BadScript(f"a step needs exactly one act: {original}")
    value = fields.pop(acts[0].value)
    confidence = _confidence(fields.pop("confidence", CONFIDENCE), original) if acts[0] is Act.SAY else CONFIDENCE
    triggers = {_TRIGGERS[name]: fields.pop(name) for name in list(fields) if name in _TRIGGERS}
    if fields or len(triggers) > 1:
        raise BadScript(f"a step takes one trigger of {', '.join(_TRIGGERS)}: {original}")
    if acts[0] is Act.WAIT:
        return Step(Act.WAIT, after_s=float(value))
    return Step(acts[0], "" if value is True else str(value), confidence=confidence, **triggers)


def _confidence(given: Any, step: Mapping[str, Any]) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= 1:
        raise BadScript(f"a confidence is between 0 and 1: {step}")
    return float(given)
