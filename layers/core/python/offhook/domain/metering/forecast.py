"""What a month will come to: what was used so far, and the rest of it like the last days."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import isqrt

from offhook.domain.ids import DAY, Instant, start_of
from offhook.domain.metering.account import MICROS
from offhook.domain.metering.books import sell_price
from offhook.domain.metering.charges import BookOf, Days, charged

WINDOW = 14  # complete days that the rest of the month is taken to be like
BAND = Fraction(128, 100)  # standard deviations within which four of five sums fall


@dataclass(frozen=True, slots=True)
class Forecast:
    """Picos that the month will come to; four of five times between low and high."""

    low: int
    expected: int
    high: int


def forecast(days: Days, today: str, now: Instant, book_of: BookOf) -> Forecast:
    """The forecast of today's month. days: of this month and the one before."""
    month = {day: buckets for day, buckets in days.items() if day[:7] == today[:7]}
    so_far, left = charged(month, book_of), days_left(today, now)
    seen = _window(days, today)
    if not seen:
        seen, left = [days.get(today, {})], left * _share(today, now)
    more = {bucket: _whole(bucket, mean * left) for bucket, mean in _means(seen).items()}
    expected = charged({**month, today: _plus(month.get(today, {}), more)}, book_of).due_picos
    spread = _spread([charged({today: day}, book_of).list_picos for day in seen], left)
    return Forecast(max(so_far.due_picos, expected - spread), expected, expected + spread)


def days_left(today: str, now: Instant) -> Fraction:
    """Days from now to the end of the month."""
    first = date.fromisoformat(today).replace(day=1)
    end = (first + timedelta(days=31)).replace(day=1)
    return Fraction(max(0, start_of(end.isoformat()) - now), DAY)


def _share(today: str, now: Instant) -> Fraction:
    """How many times what was used today a whole day is taken to be: at most two, for a morning says little."""
    passed = Fraction(max(1, now - start_of(today)), DAY)
    return min(Fraction(2), 1 / passed)


def _window(days: Days, today: str) -> list[Mapping[str, int]]:
    """The last complete days, none before the first that was used."""
    used = sorted(day for day, buckets in days.items() if buckets and day < today)
    if not used:
        return []
    end = date.fromisoformat(today)
    since = max(date.fromisoformat(used[0]), end - timedelta(days=WINDOW))
    return [days.get((since + timedelta(days=n)).isoformat(), {}) for n in range((end - since).days)]


def _means(days: list[Mapping[str, int]]) -> dict[str, Fraction]:
    totals: dict[str, int] = defaultdict(int)
    for buckets in days:
        for bucket, micros in buckets.items():
            totals[bucket] += micros
    return {bucket: Fraction(micros, len(days)) for bucket, micros in totals.items()}


def _whole(bucket: str, micros: Fraction) -> int:
    """The nearest quantity that can be billed."""
    step = int(sell_price(bucket.split("|", 1)[0]).quantum * MICROS)
    return round(micros / step) * step


def _plus(a: Mapping[str, int], b: Mapping[str, int]) -> dict[str, int]:
    return {name: a.get(name, 0) + b.get(name, 0) for name in a.keys() | b.keys()}


def _spread(days: list[int], left: Fraction) -> int:
    """How far the sum of that many further days may be from its mean."""
    if len(days) < 2:
        return sum(days)
    mean = Fraction(sum(days), len(days))
    variance = sum((day - mean) ** 2 for day in days) / (len(days) - 1)
    return int(BAND * isqrt(int(variance * left)))
