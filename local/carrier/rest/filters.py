"""Filters of lists by day, as in StartTime>=2026-01-31."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from local.carrier import errors, times
from local.carrier.rest.http import RestRequest

T = TypeVar("T")


def by_day(request: RestRequest, name: str, items: Sequence[T], at: Callable[[T], float | None]) -> list[T]:
    """Keep what is of a UTC day, or on either side of it (both inclusive); times within a day are not looked at."""
    kept = list(items)
    for sign in ("", "<", ">"):
        text = request.text(f"{name}{sign}")
        if text:
            kept = [item for item in kept if _fits(at(item), _day(name, text), sign)]
    return kept


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise errors.invalid_parameter(name, text) from error


def _fits(at: float | None, day: date, sign: str) -> bool:
    if at is None:
        return False
    own = times.utc_day(at)
    return own == day if not sign else (own <= day if sign == "<" else own >= day)
