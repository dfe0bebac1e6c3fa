"""Intervals tile the range, and days follow the tenant's clock."""

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from offhook.domain.analytics.intervals import Grain, interval_at, intervals, utc_days
from offhook.domain.ids import HOUR, MINUTE

ZONES = ["UTC", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Havana", "Africa/Cairo"]


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


@given(
    start=st.integers(at("2024-01-01T00:00+00:00"), at("2026-01-01T00:00+00:00")),
    length=st.integers(1, 20 * 24 * HOUR),
    grain=st.sampled_from(list(Grain)),
    zone=st.sampled_from(ZONES),
)
def test_intervals_tile_the_range_and_find_their_moments(start: int, length: int, grain: Grain, zone: str) -> None:
    cut = intervals(start, start + length, grain, ZoneInfo(zone))
    assert (cut[0].start, cut[-1].end) == (start, start + length)
    assert all(a.end == b.start for a, b in pairwise(cut))
    assert all(interval_at(cut, i.start) == interval_at(cut, i.end - 1) == i for i in cut)
    assert interval_at(cut, start - 1) is None and interval_at(cut, start + length) is None


def test_the_day_summer_time_ends_has_25_hours_and_100_quarters():
    berlin = ZoneInfo("Europe/Berlin")
    start, end = at("2025-10-26T00:00+02:00"), at("2025-10-27T00:00+01:00")
    assert [i.end - i.start for i in intervals(start, end, Grain.DAY, berlin)] == [25 * HOUR]
    assert len(intervals(start, end, Grain.QUARTER, berlin)) == 100


def test_the_day_summer_time_begins_has_23_hours():
    start, end = at("2026-03-29T00:00+01:00"), at("2026-03-30T00:00+02:00")
    assert [i.end - i.start for i in intervals(start, end, Grain.DAY, ZoneInfo("Europe/Berlin"))] == [23 * HOUR]


def test_half_hours_follow_a_clock_that_is_off_by_45_minutes():
    start = at("2025-10-10T12:07+00:00")
    second = intervals(start, start + HOUR, Grain.HALF, ZoneInfo("Asia/Kathmandu"))[1]
    assert datetime.fromtimestamp(second.start / 1000, UTC).minute == 15
    assert second.end - second.start == 30 * MINUTE


def test_a_range_touches_the_utc_days_it_reaches_into():
    assert utc_days(at("2025-10-10T23:00+00:00"), at("2025-10-12T00:00+00:00")) == ["2025-10-10", "2025-10-11"]
