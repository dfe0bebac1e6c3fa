"""Times as the carrier writes them."""

from datetime import UTC, date, datetime
from email.utils import format_datetime


def moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def rfc2822(at: float | None) -> str | None:
    """For example "Tue, 31 Aug 2010 20:36:28 +0000"; None stays None."""
    return None if at is None else format_datetime(moment(at))


def utc_day(at: float) -> date:
    return moment(at).date()
