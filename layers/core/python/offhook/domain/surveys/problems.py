"""What the survey validator says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One rule that a survey breaks. code: stable; path: JSON path of the offending part."""

    code: str
    path: str
    detail: str
