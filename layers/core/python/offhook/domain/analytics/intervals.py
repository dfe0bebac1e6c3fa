"""Intervals of reports: exact edges in the tenant's time zone; a day with a clock change has 23 or 25 hours."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import MINUTE, Instant

MAX_INTERVALS = 3000


class Grain(StrEnum):
    """How long an interval is."""

    QUARTER = "15min"
    HALF = "30min"
    HOUR = "60min"
    DAY = "day"
    WHOLE = "whole"  # the range is one interval


_STEP: dict[Grain, Instant] = {Grain.QUARTER: 15 * MINUTE, Grain.HALF: 30 * MINUTE, Grain.HOUR: 60 * MINUTE}


@dataclass(frozen=True, slots=True)
class Interval:
    """From start (inclusive) to end (exclusive)."""

    start: Instant
    end: Instant

    def overlap_ms(self, since: Instant, until: Instant) -> int:
        """Milliseconds of [since, until) inside."""
        return max(0, min(self.end, until) - max(self.start, since))


def midnight(day: date, zone: ZoneInfo) -> Instant:
    """When the day begins there; where the clock skips midnight, the moment of the change."""
    return round(datetime.combine(day, time(), zone).timestamp() * 1000)


def local_day(at: Instant, zone: ZoneInfo) -> date:
    """The calendar day there."""
    return datetime.fromtimestamp(at / 1000, zone).date()


def utc_days(start: Instant, end: Instant) -> list[str]:
    """The UTC days (yyyy-mm-dd) that [start, end) touches."""
    first, last = _utc_day(start), _utc_day(max(start, end - 1))
    return [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]


def intervals(start: Instant, end: Instant, grain: Grain, zone: ZoneInfo) -> list[Interval]:
    """[start, end) cut at the grain's edges of the zone, without gap or overlap; raises InvalidInput on too many."""
    if start >= end:
        raise InvalidInput("range_empty", field="to")
    cut = [Interval(start, end)] if grain is Grain.WHOLE else list(_cut(start, end, grain, zone))
    if len(cut) > MAX_INTERVALS:
        raise InvalidInput("report_intervals", field="grain", most=MAX_INTERVALS)
    return cut


def interval_at(cut: Sequence[Interval], at: Instant) -> Interval | None:
    """The interval that holds the moment, of a list in order."""
    place = bisect_right(cut, at, key=lambda i: i.start) - 1
    return cut[place] if place >= 0 and at < cut[place].end else None


def _utc_day(at: Instant) -> date:
    return datetime.fromtimestamp(at / 1000, UTC).date()


def _cut(start: Instant, end: Instant, grain: Grain, zone: ZoneInfo) -> Iterator[Interval]:
    day = local_day(start, zone)
    if (end - start) / _STEP.get(grain, 60 * MINUTE * 23) > MAX_INTERVALS + 1:
        raise InvalidInput("report_intervals", field="grain", most=MAX_INTERVALS)
    while (begin := midnight(day, zone)) < end:
        day += timedelta(days=1)
        over = midnight(day, zone)
        for edge in range(begin, over, _STEP.get(grain, over - begin)):
            piece = Interval(max(edge, start), min(edge + _STEP.get(grain, over - begin), over, end))
            if piece.start < piece.end:
                yield piece
