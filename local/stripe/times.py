"""Calendar months from an anchor, in UTC."""

import calendar
from datetime import UTC, datetime


def months_after(anchor: int, months: int) -> int:
    """The anchor's day and time so many months on; the last day of a month that is too short."""
    at = datetime.fromtimestamp(anchor, UTC)
    year, month = at.year + (at.month - 1 + months) // 12, (at.month - 1 + months) % 12 + 1
    day = min(at.day, calendar.monthrange(year, month)[1])
    return int(at.replace(year=year, month=month, day=day).timestamp())


def next_end(anchor: int, start: int) -> int:
    """The end of the period that begins at `start`."""
    months = 1
    while months_after(anchor, months) <= start:
        months += 1
    return months_after(anchor, months)
