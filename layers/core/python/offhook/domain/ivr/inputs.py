"""What comes back to a waiting flow."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Started:
    """The call begins."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What the caller pressed; "" = nothing in time."""

    digits: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """The caller comes back from a queue, an outside number or a survey by this exit."""

    exit: str


Input = Started | Keys | Returned
