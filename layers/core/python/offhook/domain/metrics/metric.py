"""What a measure is, and the few words its definitions are made of, each in SQL and in Python."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Row = Mapping[str, Any]
Value = int | float | None

# Rows of this type are spans: they count in every interval they touch, with the milliseconds there in `overlap_ms`.
# All others are points: they count in the interval of their `at`.
SPAN = "agent_state_changed"


class Unit(StrEnum):
    """What a value is counted in."""

    COUNT = "count"
    SECONDS = "s"
    SHARE = "share"  # 0 to 1
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Metric:
    """One measure over the events of a group.

    sql: an aggregate over the columns of the lake (Trino); measure: the same over event dictionaries.
    Both answer None (NULL) where the formula has no meaning, such as a share of nothing.
    sources: the event types it reads.
    """

    name: str
    unit: Unit
    formula: str
    sources: tuple[str, ...]
    sql: str
    measure: Callable[[Sequence[Row]], Value]


def rows_of(rows: Iterable[Row], event_type: str, **equal: object) -> list[Row]:
    """The rows of a type whose fields have these values."""
    return [r for r in rows if r["type"] == event_type and all(r.get(k) == v for k, v in equal.items())]


def count_sql(condition: str) -> str:
    """How many rows meet the condition."""
    return f"COUNT(CASE WHEN {condition} THEN 1 END)"


def sum_sql(expression: str, condition: str) -> str:
    """The sum over the rows that meet the condition; 0 when none do."""
    return f"COALESCE(SUM(CASE WHEN {condition} THEN {expression} END), 0)"


def ratio_sql(part: str, whole: str) -> str:
    """part / whole as a fraction; NULL when whole is 0."""
    return f"CAST({part} AS DOUBLE) / NULLIF({whole}, 0)"


def ratio(part: float, whole: float) -> float | None:
    """part / whole; None when whole is 0."""
    return part / whole if whole else None


def total(rows: Iterable[Row], *names: str) -> float:
    """The sum of these fields over the rows."""
    return float(sum(r[name] for r in rows for name in names))
