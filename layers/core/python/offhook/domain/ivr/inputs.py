"""What comes back to a waiting flow."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ANSWERED, BUSY, NO_ANSWER, FAILED = "answered", "busy", "no_answer", "failed"  # how a transfer ended


@dataclass(frozen=True, slots=True)
class Started:
    """The call begins."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What the caller pressed; "" = nothing in time."""

    digits: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the caller said instead. confidence: of the recogniser, 0 to 1; None = it told none."""

    words: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """The caller comes back from a queue, an outside number or a survey by this exit."""

    exit: str


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Another system was asked. outcome: found, not_found or failed; attributes: what it said."""

    outcome: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The caller spoke a message of so many seconds."""

    seconds: int


Input = Started | Keys | Spoken | Returned | LookedUp | Recorded
