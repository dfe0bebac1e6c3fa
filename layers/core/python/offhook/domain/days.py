"""Days and months in UTC: by them providers cut their bills, the lake its events, and statements the year."""

from datetime import UTC, datetime

from offhook.domain.ids import Instant


def day_of(at: Instant) -> str:
    """The day of an instant, yyyy-mm-dd."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d")


def month_of(at: Instant) -> str:
    """The month of an instant, yyyy-mm."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m")


def start_of(day: str) -> Instant:
    """When a day begins."""
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000)
