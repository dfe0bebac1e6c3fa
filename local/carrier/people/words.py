"""The compact form of a script: "press 1 after the second prompt, hang up after 40 s"."""

import re
from typing import Any

from local.carrier.people.script import Act, BadScript, Script, Step
from local.carrier.process import CONFIDENCE

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_SECONDS = r"(\d+(?:\.\d+)?) ?(?:s|sec|seconds?)?"

_ACTS: tuple[tuple[str, Act], ...] = (
    (r"press ([0-9*#wW]+)", Act.PRESS),
    (r'say "([^"]*)"', Act.SAY),
    (r"hang up", Act.HANG_UP),
    (r"(?:do not answer|don't answer|no answer)", Act.NO_ANSWER),
    (r"answer", Act.ANSWER),
    (r"(?:busy|decline)", Act.BUSY),
    (r"fail", Act.FAIL),
    (r"voicemail", Act.VOICEMAIL),
    (r"wait", Act.WAIT),
)
_TRIGGERS: tuple[tuple[str, str], ...] = (
    (rf"{_SECONDS} after connecting", "after_connected_s"),
    (rf"after {_SECONDS}", "after_s"),
    (rf"at {_SECONDS}", "at_s"),
    (r"after the (\w+) prompt", "after_prompt"),
    (r'on hearing "([^"]+)"', "when_heard"),
    (_SECONDS, "after_s"),
)


def from_words(text: str) -> Script:
    """Read clauses separated by commas, semicolons or "then"; raises BadScript naming the first unreadable one."""
    clauses = re.split(r'(?:[,;]|\bthen\b)(?=(?:[^"]*"[^"]*")*[^"]*$)', text)
    return tuple(_clause(clause.strip()) for clause in clauses if clause.strip())


def _clause(clause: str) -> Step:
    for pattern, act in _ACTS:
        match = re.match(rf"{pattern}(?=\s|$)", clause, re.IGNORECASE)
        if match:
            value = match.group(1) if match.groups() else ""
            rest = clause[match.end() :].strip()
            confidence, rest = _confidence(rest) if act is Act.SAY else (CONFIDENCE, rest)
            return Step(act, value, confidence=confidence, **_trigger(rest, clause))
    raise BadScript(f"cannot read {clause!r}")


def _confidence(rest: str) -> tuple[float, str]:
    """How sure the recogniser is, and what follows."""
    match = re.match(r"with confidence (0(?:\.\d+)?|1(?:\.0+)?)(?=\s|$)", rest, re.IGNORECASE)
    return (float(match.group(1)), rest[match.end() :].strip()) if match else (CONFIDENCE, rest)


def _trigger(rest: str, clause: str) -> dict[str, Any]:
    if not rest:
        return {}
    for pattern, field in _TRIGGERS:
        match = re.fullmatch(pattern, rest, re.IGNORECASE)
        if match:
            return {field: _value(field, match.group(1))}
    raise BadScript(f"cannot read {rest!r} in {clause!r}")


def _value(field: str, text: str) -> Any:
    if field == "when_heard":
        return text
    if field != "after_prompt":
        return float(text)
    if text.lower() in _ORDINALS:
        return _ORDINALS.index(text.lower()) + 1
    digits = re.sub(r"(st|nd|rd|th)$", "", text)
    if not digits.isdigit():
        raise BadScript(f"cannot read the number {text!r}")
    return int(digits)
