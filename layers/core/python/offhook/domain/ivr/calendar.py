"""Opening hours: weekly hours, holidays and an override-now switch, in the calendar's own time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from offhook.domain.ids import Instant

DAY_MINUTES = 24 * 60


class Override(StrEnum):
    """The override-now switch."""

    NONE = ""
    OPEN = "open"
    CLOSED = "closed"


class Hours(StrEnum):
    """What a calendar says of a moment."""

    OPEN = "open"
    CLOSED = "closed"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Opening:
    """Open from `start` until before `end`, local wall-clock time "HH:MM"; end "24:00" is midnight.

    An end at or before its start lies on the following day (22:00-06:00).
    """

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Holiday:
    """A date (yyyy-mm-dd) with hours of its own; none = closed all day."""

    date: str
    name: str = ""
    openings: tuple[Opening, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """When somebody is there. weekly: Monday first, seven entries (fewer: the rest is closed)."""

    id: str
    name: str
    time_zone: str
    version: int = 1
    weekly: tuple[tuple[Opening, ...], ...] = ()
    holidays: tuple[Holiday, ...] = ()
    override: Override = Override.NONE


def hours_at(calendar: Calendar, now: Instant) -> Hours:
    """Open, closed, or closed by a holiday. The clock on the wall decides, so days of 23 or 25 hours need no rule."""
    if calendar.override:
        return Hours(calendar.override.value)
    from zoneinfo import ZoneInfo  # six modules, for flows that look at the hours only

    local = datetime.fromtimestamp(now / 1000, UTC).astimezone(ZoneInfo(calendar.time_zone))
    minute = local.hour * 60 + local.minute
    today, yesterday = local.date(), local.date() - timedelta(days=1)
    if _covers(calendar, today, minute) or _covers(calendar, yesterday, minute + DAY_MINUTES):
        return Hours.OPEN
    return Hours.HOLIDAY if _holiday(calendar, today) else Hours.CLOSED


def is_open(calendar: Calendar, now: Instant) -> bool:
    """Somebody is there at this moment."""
    return hours_at(calendar, now) is Hours.OPEN


def minutes(clock: str) -> int:
    """Minutes since midnight of "HH:MM" (00:00 to 24:00); raises ValueError."""
    hour, colon, minute = clock.partition(":")
    digits = hour + minute
    if not (colon and len(hour) == 2 and len(minute) == 2 and digits.isascii() and digits.isdigit()):
        raise ValueError(f"{clock!r} is not a time of day (HH:MM)")
    total = int(hour) * 60 + int(minute)
    if int(minute) > 59 or not 0 <= total <= DAY_MINUTES:
        raise ValueError(f"{clock!r} is not a time of day (HH:MM)")
    return total


def _covers(calendar: Calendar, day: date, minute: int) -> bool:
    return any(_span(opening)[0] <= minute < _span(opening)[1] for opening in _openings(calendar, day))


def _span(opening: Opening) -> tuple[int, int]:
    start, end = minutes(opening.start), minutes(opening.end)
    return start, end if end > start else end + DAY_MINUTES


def _openings(calendar: Calendar, day: date) -> tuple[Opening, ...]:
    holiday = _holiday(calendar, day)
    if holiday is not None:
        return holiday.openings
    return calendar.weekly[day.weekday()] if day.weekday() < len(calendar.weekly) else ()


def _holiday(calendar: Calendar, day: date) -> Holiday | None:
    wanted = day.isoformat()
    return next((h for h in calendar.holidays if h.date == wanted), None)


def calendar_faults(calendar: Calendar) -> list[tuple[str, str]]:
    """What is wrong with a calendar, as (JSON path, code of the fault); empty when it can be used."""
    faults = [] if _is_zone(calendar.time_zone) else [("$.time_zone", "time_zone_unknown")]
    if len(calendar.weekly) > 7:
        faults.append(("$.weekly", "week_days"))
    for d, day in enumerate(calendar.weekly):
        faults += _opening_faults(f"$.weekly[{d}]", day)
    for h, holiday in enumerate(calendar.holidays):
        faults += _holiday_faults(f"$.holidays[{h}]", holiday)
    return faults


def _holiday_faults(path: str, holiday: Holiday) -> list[tuple[str, str]]:
    faults = _opening_faults(f"{path}.openings", holiday.openings)
    try:
        valid = date.fromisoformat(holiday.date).isoformat() == holiday.date
    except ValueError:
        valid = False
    return faults if valid else [(f"{path}.date", "date"), *faults]


def _opening_faults(path: str, openings: tuple[Opening, ...]) -> list[tuple[str, str]]:
    return [
        (f"{path}[{n}].{name}", "time_of_day")
        for n, opening in enumerate(openings)
        for name, clock in (("start", opening.start), ("end", opening.end))
        if not _is_clock(clock)
    ]


def _is_clock(clock: str) -> bool:
    try:
        minutes(clock)
    except ValueError:
        return False
    return True


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # unknown, malformed, or a folder of the zone database
        return False
    return True
