"""What a contact and a day cost us, as decimal strings; tenants see their charges instead (usecases/metering)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import ContactId
from offhook.domain.metering.account import MICROS
from offhook.domain.metering.books import current
from offhook.domain.metering.price_book import PICOS
from offhook.domain.metering.settle import settled
from offhook.stores.ledger import Ledger
from offhook.usecases.deps import Deps

CURRENCY = "USD"
MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class CostLine:
    """What one meter cost; quantity: as billed, in the meter's unit."""

    meter: str
    quantity: str
    unit: str
    cost: str


@dataclass(frozen=True, slots=True)
class CostView:
    """The cost of a contact at list prices, so far: exact to 12 places; the total is the sum of the lines."""

    contact_id: str
    currency: str
    total: str
    lines: tuple[CostLine, ...]


@dataclass(frozen=True, slots=True)
class DayCost:
    """What a UTC day cost, by meter."""

    day: str
    total: str
    meters: dict[str, str]


def contact_cost(deps: Deps, contact_id: ContactId) -> CostView:
    """What the contact has cost; nothing booked yet is "0"."""
    (entry,) = Ledger(deps.items, deps.tenant.id).entries([contact_id])
    totals = entry.account.totals
    lines = [CostLine(m, _text(s.micros / MICROS), _unit(m), dollars(s.picos)) for m, s in totals.items()]
    return CostView(contact_id, CURRENCY, dollars(sum(s.picos for s in totals.values())), tuple(lines))


def daily_costs(deps: Deps, first: str, last: str) -> list[DayCost]:
    """Each UTC day from first to last; raises InvalidInput."""
    ledger = Ledger(deps.items, deps.tenant.id)
    found = [(day, settled(ledger.day(day))) for day in _days(first, last)]
    return [
        DayCost(day, dollars(sum(meters.values())), {m: dollars(p) for m, p in meters.items()}) for day, meters in found
    ]


def dollars(picos: int) -> str:
    """An amount as a decimal string."""
    return _text(picos / PICOS)


def _text(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _unit(meter: str) -> str:
    prices = current().prices.get(meter)
    return prices[-1].unit if prices else ""


def _days(first: str, last: str) -> list[str]:
    try:
        begin, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as bad:
        raise InvalidInput("days", field="from") from bad
    if not 0 <= (end - begin).days < MOST_DAYS:
        raise InvalidInput("range_days", field="to", most=MOST_DAYS)
    return [(begin + timedelta(days=n)).isoformat() for n in range((end - begin).days + 1)]
