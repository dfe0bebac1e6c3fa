"""What `from` and `to` of a request mean, in the tenant's time zone."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from offhook.domain.analytics.intervals import local_day, midnight
from offhook.domain.errors import InvalidInput
from offhook.domain.ids import DAY, Instant

LONGEST = 400 * DAY  # each day is read by itself


def asked_range(asked: Mapping[str, str], zone: ZoneInfo, now: Instant) -> tuple[Instant, Instant]:
    """[start, end) of `from` and `to`: local days, both included, or ISO times, `to` excluded; default: today.

    Raises InvalidInput on what is neither, on an empty range and on one of more than 400 days.
    """
    today = local_day(now, zone).isoformat()
    start = _moment("from", asked.get("from") or today, zone, days_later=0)
    end = _moment("to", asked.get("to") or max(today, asked.get("from", "")[:10]), zone, days_later=1)
    if start >= end:
        raise InvalidInput("range_empty", field="to")
    if end - start > LONGEST:
        raise InvalidInput("range_too_long", field="from", most=LONGEST // DAY)
    return start, end


def _moment(name: str, text: str, zone: ZoneInfo, days_later: int) -> Instant:
    try:
        if len(text) == len("2026-01-01"):
            return midnight(date.fromisoformat(text) + timedelta(days=days_later), zone)
        moment = datetime.fromisoformat(text)
        return round((moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp() * 1000)
    except (ValueError, OverflowError) as bad:
        raise InvalidInput("day_or_time", field=name) from bad
