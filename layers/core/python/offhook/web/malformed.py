"""A body that is not of its type: what the decoder says of it, as one of our faults."""

import re

import msgspec

from offhook.domain.errors import InvalidInput

_PATH = re.compile(r" - at `(\$[^`]*)`$")
_SAID = {
    "body_field_missing": r"Object missing required field `(?P<name>[^`]+)`",
    "body_field_unknown": r"Object contains unknown field `(?P<name>[^`]+)`",
    "body_type": r"Expected `(?P<expected>[^`]+)`, got `(?P<got>[^`]+)`",
    "body_expected": r"Expected (?P<expected>.+)",
    "body_value": r"Invalid (?P<said>.+)",
    "body_malformed": r"(?P<said>.*)",
}
"""The first that fits is said."""


def malformed(bad: msgspec.ValidationError) -> InvalidInput:
    """The refusal, with the JSON path of the field ($ = the whole body)."""
    message = str(bad)
    path = _PATH.search(message)
    sentence = message[: path.start()] if path else message
    where = path.group(1) if path else "$"
    fault, params = _read(sentence)
    inside = f".{params['name']}" if fault == "body_field_missing" else ""
    return InvalidInput(fault, field=where + inside, **params)


def _read(sentence: str) -> tuple[str, dict[str, str]]:
    fits = ((fault, re.fullmatch(pattern, sentence, re.DOTALL)) for fault, pattern in _SAID.items())
    return next((fault, found.groupdict()) for fault, found in fits if found)
