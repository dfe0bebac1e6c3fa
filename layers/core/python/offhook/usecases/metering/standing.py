"""What costs by being there: files of sound, numbers at the carrier, people who sign in; booked once a day.

A day's share of a month's price is a month divided by its days. Run twice, a day is booked as it was last seen.
Storage is booked a day late, when it is known for how much of the day each file lay there; a recording that was
deleted is paid for while it can be restored.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from hashlib import sha256
from itertools import chain
from typing import Any

from offhook.domain.ids import DAY, HOUR, Instant, day_of, start_of
from offhook.domain.metering.usage import STANDING
from offhook.domain.numbers.line import Line
from offhook.domain.objects import Objects, prompts_of, recordings_of
from offhook.domain.recordings.stored import GONE_FOR_GOOD_DAYS
from offhook.stores.active_people import ActivePeople
from offhook.stores.recordings import Recordings
from offhook.usecases.analytics.ledger import book_events
from offhook.usecases.deps import Deps
from offhook.usecases.metering.statement import CLOSE_AFTER

PAGE = 1000
PLACES = 9
Measured = tuple[str, Fraction, str]  # meter, quantity, the day that it is booked on
STORAGE, NUMBER, USER = "aws.s3.byte_month", "carrier.number_month", "aws.cognito.user_month"


def book_today(deps: Deps, objects: Objects) -> int:
    """Book what is there today, and what lay in the bucket yesterday; returns how many facts were new."""
    day, yesterday = day_of(deps.clock.now()), day_of(deps.clock.now() - DAY)
    lines = [line for line in deps.config.list(Line) if line.sid]
    month = Fraction(1, _days_of_month(day))
    found: dict[str, Measured] = {
        f"storage:{yesterday}": (STORAGE, _byte_months(deps, objects, yesterday), yesterday),
        f"numbers:{day}": (NUMBER, len(lines) * month, day),
        **_people(deps),
    }
    facts = [_fact(deps, name, *measured) for name, measured in found.items() if measured[1]]
    return book_events(deps, facts).booked


def _people(deps: Deps) -> dict[str, Measured]:
    """Of this month so far, and of the one before until it may be closed: who comes on its last day counts, too."""
    now, seen = deps.clock.now(), ActivePeople(deps.items, deps.tenant.id)
    months = {day_of(at)[:7]: at for at in (now, now - CLOSE_AFTER)}
    return {f"people:{month}": (USER, Fraction(seen.in_month_of(at)), f"{month}-01") for month, at in months.items()}


def _byte_months(deps: Deps, objects: Objects, day: str) -> Fraction:
    begins = start_of(day)
    lain = chain(_there(deps, objects, begins + DAY), _restorable(deps, begins))
    byte_ms = sum(size * max(0, min(gone, begins + DAY) - max(stored, begins)) for size, stored, gone in lain)
    return Fraction(byte_ms, DAY * _days_of_month(day))


def _there(deps: Deps, objects: Objects, until: Instant) -> Iterator[tuple[int, Instant, Instant]]:
    """Bytes, since when, and until when, of what lies there now."""
    for prefix in (recordings_of(deps.tenant.id), prompts_of(deps.tenant.id)):
        after = ""
        while page := objects.page(prefix, after, PAGE):
            yield from ((one.size, one.stored_at, until) for one in page)
            after = page[-1].key


def _restorable(deps: Deps, since: Instant) -> Iterator[tuple[int, Instant, Instant]]:
    """The same of those that were deleted and could be restored then, by the proofs of their deletion."""
    kept, after = Recordings(deps.items, deps.tenant.id), f"{since - GONE_FOR_GOOD_DAYS * DAY:013d}"
    while page := kept.deletions(after, PAGE):
        yield from ((one.size, one.stored_at, one.versions_gone_at) for _, one in page)
        after = page[-1][0]


def _fact(deps: Deps, name: str, meter: str, quantity: Fraction, day: str) -> dict[str, Any]:
    """at: noon of the day that it is booked on; as_of: of what is said twice, the later counts."""
    text = f"{float(quantity):.{PLACES}f}"
    now = deps.clock.now()
    digest = sha256(f"{text} {now}".encode()).hexdigest()[:16]
    return {
        "event_id": f"standing:{name}:{digest}",
        "type": STANDING,
        "at": start_of(day) + 12 * HOUR,
        "contact_id": f"standing-{day}",
        "usage_id": f"standing:{name}",
        "meter": meter,
        "quantity": text,
        "as_of": now,
    }


def _days_of_month(day: str) -> int:
    of = date.fromisoformat(day)
    return monthrange(of.year, of.month)[1]
