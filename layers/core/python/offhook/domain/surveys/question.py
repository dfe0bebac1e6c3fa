"""One survey question: what is asked, which keys answer it, and which end of the scale is good."""

from dataclasses import dataclass, field
from enum import StrEnum


class End(StrEnum):
    """An end of a scale."""

    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Question:
    """A question answered by key.

    kind: a name in kinds.KINDS; text: what is spoken, by language (BCP 47);
    low, high: the keys at the ends of the scale (10 is typed as two keys); good: which of them is the good one.
    """

    id: str
    kind: str
    text: dict[str, str] = field(default_factory=dict)
    low: int = 1
    high: int = 5
    good: End = End.HIGH
