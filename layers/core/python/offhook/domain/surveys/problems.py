"""What the survey validator says."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One rule that a survey breaks. code, params: as faults.py says them; path: JSON path of the offending part."""

    code: str
    path: str
    params: Mapping[str, object] = field(default_factory=dict)
