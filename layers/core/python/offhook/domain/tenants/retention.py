"""How long a tenant keeps recordings and closed contacts, and how far what is over has been deleted."""

from dataclasses import dataclass

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import DAY, Instant

SHORTEST, LONGEST = 1, 3650
DAYS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Retention:
    """recordings_days, contacts_days: None = as long as the tenant; contacts_done: the last day (since
    1970) whose contacts were dealt with; recordings are found by their age."""

    id: str = "retention"
    version: int = 0
    recordings_days: int | None = None
    contacts_days: int | None = None
    contacts_done: int = 0


def checked(retention: Retention) -> Retention:
    """The setting, when it is within bounds; raises InvalidInput naming the field."""
    for name in ("recordings_days", "contacts_days"):
        days = getattr(retention, name)
        if days is not None and not SHORTEST <= days <= LONGEST:
            raise InvalidInput("days_between", field=f"$.{name}", least=SHORTEST, most=LONGEST)
    return retention


def days_over(days: int | None, done: int, now: Instant) -> range:
    """The UTC days, counted from 1970, whose contacts are over now and were not dealt with; a hundred at most."""
    if days is None:
        return range(0)
    end = now // DAY - days
    begin = max(done + 1, end - LONGEST)
    return range(begin, min(end, begin + DAYS_AT_ONCE))
