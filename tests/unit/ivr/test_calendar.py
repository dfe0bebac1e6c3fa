"""Opening hours on the wall clock: weeks, holidays, nights, and days of 23 and 25 hours."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from offhook.domain.ids import Instant
from offhook.domain.ivr.calendar import Calendar, Holiday, Opening, Override, calendar_faults, hours_at, is_open

DAYTIME = (Opening("09:00", "17:30"),)
WEEK = (DAYTIME, DAYTIME, DAYTIME, DAYTIME, (Opening("09:00", "12:00"), Opening("13:00", "15:00")))
BERLIN = Calendar(
    "c", "Office", "Europe/Berlin", weekly=WEEK,
    holidays=(Holiday("2025-12-25", "Christmas"), Holiday("2025-12-24", "Eve", (Opening("09:00", "12:00"),))),
)  # fmt: skip


def at(local: str, zone: str = "Europe/Berlin", fold: int = 0) -> Instant:
    return round(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp() * 1000)


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("2025-06-16T09:00", "open"),
        ("2025-06-16T08:59:59", "closed"),
        ("2025-06-16T17:29:59", "open"),
        ("2025-06-16T17:30", "closed"),
        ("2025-06-20T12:30", "closed"),
        ("2025-06-20T13:00", "open"),
        ("2025-06-21T10:00", "closed"),
        ("2025-12-25T10:00", "holiday"),
        ("2025-12-24T10:00", "open"),
        ("2025-12-24T13:00", "holiday"),
    ],
)
def test_hours_and_holidays_follow_the_wall_clock(local: str, expected: str) -> None:
    assert hours_at(BERLIN, at(local)) == expected


@pytest.mark.parametrize("day", ["2025-03-31", "2025-10-27"])
def test_opening_time_stays_at_nine_after_the_clocks_change(day: str) -> None:
    assert not is_open(BERLIN, at(f"{day}T08:59"))
    assert is_open(BERLIN, at(f"{day}T09:00"))


def test_the_hour_that_comes_twice_is_open_twice_and_the_one_that_never_comes_never() -> None:
    night = Calendar("c", "Night", "Europe/Berlin", weekly=((),) * 6 + ((Opening("02:00", "03:00"),),))
    assert is_open(night, at("2025-10-26T02:30", fold=0))
    assert is_open(night, at("2025-10-26T02:30", fold=1))
    before = at("2025-03-30T01:59:59")
    assert not is_open(night, before)
    assert not is_open(night, before + 1000)


def test_a_night_shift_reaches_into_the_next_day() -> None:
    night = Calendar("c", "Night", "UTC", weekly=((Opening("22:00", "06:00"),),))
    assert is_open(night, at("2025-06-16T23:00", "UTC"))
    assert is_open(night, at("2025-06-17T05:59", "UTC"))
    assert not is_open(night, at("2025-06-17T06:00", "UTC"))
    assert not is_open(night, at("2025-06-16T05:00", "UTC"))


def test_round_the_clock_is_open_at_every_minute() -> None:
    always = Calendar("c", "24/7", "Asia/Kathmandu", weekly=((Opening("00:00", "24:00"),),) * 7)
    start = at("2025-06-16T00:00", "Asia/Kathmandu")
    assert all(is_open(always, start + minute * 60_000) for minute in range(0, 7 * 1440, 7))


@pytest.mark.parametrize(("override", "expected"), [(Override.OPEN, "open"), (Override.CLOSED, "closed")])
def test_the_switch_overrides_hours_and_holidays(override: Override, expected: str) -> None:
    switched = Calendar("c", "x", "UTC", holidays=(Holiday("2025-06-16"),), override=override)
    assert hours_at(switched, at("2025-06-16T12:00", "UTC")) == expected


@pytest.mark.parametrize(
    ("calendar", "path"),
    [
        (Calendar("c", "x", "Mars/Olympus"), "$.time_zone"),
        (Calendar("c", "x", ""), "$.time_zone"),
        (Calendar("c", "x", "../../etc/passwd"), "$.time_zone"),
        (Calendar("c", "x", "UTC", weekly=((),) * 8), "$.weekly"),
        (Calendar("c", "x", "UTC", weekly=((Opening("9:00", "17:00"),),)), "$.weekly[0][0].start"),
        (Calendar("c", "x", "UTC", weekly=((Opening("09:00", "24:01"),),)), "$.weekly[0][0].end"),
        (Calendar("c", "x", "UTC", weekly=((Opening("09:00", "+1:00"),),)), "$.weekly[0][0].end"),
        (Calendar("c", "x", "UTC", holidays=(Holiday("2025-02-30"),)), "$.holidays[0].date"),
        (Calendar("c", "x", "UTC", holidays=(Holiday("20250601"),)), "$.holidays[0].date"),
    ],
)
def test_faulty_calendars_are_named_with_their_place(calendar: Calendar, path: str) -> None:
    assert [p for p, _ in calendar_faults(calendar)] == [path]


def test_a_good_calendar_has_no_faults() -> None:
    assert calendar_faults(BERLIN) == []
