"""What a tenant sees of its costs: its charges, by the prices of its plan; what they cost us is never here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import ContactId, Instant, day_of, month_of, start_of
from offhook.domain.metering.account import Sold
from offhook.domain.metering.budgets import Budget
from offhook.domain.metering.charges import Charge, Charges, charged, list_picos
from offhook.domain.metering.forecast import forecast
from offhook.domain.metering.price_book import PICOS, PriceBook
from offhook.domain.metering.statement import CURRENCY, METERS, feature_of, in_units
from offhook.domain.routing.queues import Queue
from offhook.stores.ledger import Ledger
from offhook.usecases.deps import Deps
from offhook.usecases.metering.months import book_of, parse_month
from offhook.usecases.metering.statement import previous_month

BY: Mapping[str, Callable[[Charge], str]] = {
    "day": lambda charge: charge.day,
    "feature": lambda charge: feature_of(charge.meter),
    "queue": lambda charge: charge.queue,
    "service": lambda charge: charge.service,
}


@dataclass(frozen=True, slots=True)
class CostLine:
    """A part of the month at list prices. label: of a queue, its name; share: of all parts, 0-1."""

    name: str
    label: str
    cost: str
    share: float


@dataclass(frozen=True, slots=True)
class Span:
    """Dollars. list: before what the plan includes; included: that, <= 0; total: what is due."""

    list: str
    included: str
    total: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """Dollars that the month will come to; four of five times between low and high."""

    low: str
    expected: str
    high: str


@dataclass(frozen=True, slots=True)
class CostsView:
    """A month (UTC). lines: sum to month_to_date.list exactly; as_of: all that had happened by then is in it, 0 = none.

    today: dollars at list prices; forecast: of the present month, None of another.
    """

    month: str
    currency: str
    plan: str
    as_of: Instant
    today: str | None
    month_to_date: Span
    forecast: Outlook | None
    by: str
    lines: tuple[CostLine, ...]
    budget: Budget | None


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One kind of charge of a contact; quantity: decimal string in `unit`."""

    meter: str
    service: str
    feature: str
    quantity: str
    unit: str
    cost: str


@dataclass(frozen=True, slots=True)
class ContactCharges:
    """What a contact costs the tenant at the plan's list prices, so far; the total is the sum of the lines."""

    contact_id: str
    currency: str
    total: str
    lines: tuple[ContactLine, ...]


def costs(deps: Deps, month: str = "", by: str = "day") -> CostsView:
    """The charges of a month ("" = the present one), cut by day, feature, queue or service; raises InvalidInput."""
    if by not in BY:
        raise InvalidInput("cost_cut", field="by", known=[*BY])
    now = deps.clock.now()
    present = month_of(now)
    asked = parse_month(month or present)
    ledger = Ledger(deps.items, deps.tenant.id)
    state, _ = ledger.state()
    books, days = book_of(state, deps.tenant.plan), ledger.sold(asked)
    charges, today = charged(days, books), day_of(now)
    outlook = None
    if asked == present:
        found = forecast({**ledger.sold(previous_month(now)), **days}, today, now, books)
        outlook = Outlook(dollars(found.low), dollars(found.expected), dollars(found.high))
    return CostsView(
        month=asked,
        currency=CURRENCY,
        plan=deps.tenant.plan,
        as_of=state.as_of,
        today=dollars(charges.by(BY["day"]).get(today, 0)) if asked == present else None,
        month_to_date=_span(charges),
        forecast=outlook,
        by=by,
        lines=_lines(deps, charges, by),
        budget=deps.config.find(Budget, "month"),
    )


def contact_charges(deps: Deps, contact_id: ContactId) -> ContactCharges:
    """What the contact costs; nothing booked yet is "0"."""
    ledger = Ledger(deps.items, deps.tenant.id)
    (entry,) = ledger.entries([contact_id])
    books = book_of(ledger.state()[0], deps.tenant.plan)
    found = [(sold, _picos(sold, books(sold.day).prices)) for sold in entry.account.sold.values()]
    lines = tuple(_contact_line(sold, picos) for sold, picos in found if picos is not None)
    return ContactCharges(contact_id, CURRENCY, dollars(sum(p for _, p in found if p is not None)), lines)


def dollars(picos: int) -> str:
    """An amount as a decimal string."""
    return f"{(picos / PICOS).normalize():f}" if picos else "0"


def _picos(sold: Sold, book: PriceBook) -> int | None:
    if not sold.micros:
        return None
    return list_picos(book.price(sold.meter, start_of(sold.day), {"service": sold.service}), sold.micros)


def _contact_line(sold: Sold, picos: int) -> ContactLine:
    meter = METERS[sold.meter]
    per = Decimal(60) if meter.unit == "minute" else Decimal(1)
    quantity = in_units(sold.micros, per)
    return ContactLine(sold.meter, sold.service, meter.feature, quantity, meter.unit, dollars(picos))


def _span(charges: Charges) -> Span:
    return Span(dollars(charges.list_picos), dollars(charges.allowance_picos), dollars(charges.due_picos))


def _lines(deps: Deps, charges: Charges, by: str) -> tuple[CostLine, ...]:
    labels = {str(q.id): q.name for q in deps.config.list(Queue)} if by == "queue" else {}
    whole = charges.list_picos
    return tuple(
        CostLine(name, labels.get(name, ""), dollars(picos), round(picos / whole, 4) if whole else 0.0)
        for name, picos in charges.by(BY[by]).items()
    )
