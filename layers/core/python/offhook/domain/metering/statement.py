"""The usage statement of a month: lines in cents that sum to its total, which billing turns into an invoice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from offhook.domain.metering.charges import MICRO, Allowance, Charges
from offhook.domain.metering.shares import rounded

PICOS_A_CENT = 10**10
CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Meter:
    """How a meter is named on a statement. unit: what `per` of the price is called."""

    feature: str
    unit: str
    description: str


METERS: Mapping[str, Meter] = {
    "voice.call": Meter("call", "minute", "Minutes of calls"),
    "recording": Meter("recording", "minute", "Minutes recorded"),
    "sms.message": Meter("sms", "segment", "Text messages"),
    "ai.transcription": Meter("transcript", "minute", "Minutes transcribed"),
    "ai.token": Meter("ai", "thousand tokens", "Assistant"),
}
SERVICES = ("inbound", "outbound", "agent_telephone", "recording")  # what acts.py tells of a meter


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One meter at one price. id: stable for the month; amount: cents, < 0 only when it corrects an earlier month.

    quantity, included: decimal strings in `unit`; included: how much of the quantity the plan gives; unit_price: in
    dollars, of what is not included. origin_period: the month in which it was used, which is an earlier one when the
    usage became known after that month was closed.
    """

    id: str
    meter: str
    feature: str
    description: str
    plan: str
    quantity: str
    unit: str
    included: str
    unit_price: str
    amount: int
    origin_period: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A month's usage. total: cents, the sum of the lines. status: open, until the month is closed; then it stays.

    version: 0 while open, 1 when closed, more when it was restated. Plan fees, seats and tax are not usage.
    """

    month: str
    currency: str = CURRENCY
    status: str = "open"
    version: int = 0
    closed_at: int | None = None
    lines: tuple[StatementLine, ...] = field(default_factory=tuple)
    total: int = 0


def statement_lines(month: str, charges: Charges, cents: int | None = None) -> tuple[StatementLine, ...]:
    """The month's own lines, by meter and price; cents: what they shall sum to (None: what is due, rounded)."""
    parts: Sequence[Allowance] = charges.allowances
    names = [_id(month, part, n) for n, part in enumerate(parts)]
    targets = {name: Fraction(part.due_picos, PICOS_A_CENT) for name, part in zip(names, parts, strict=True)}
    total = due_cents(charges.due_picos) if cents is None else cents
    amounts = rounded(targets, total)
    return tuple(_line(month, name, part, amounts[name]) for name, part in zip(names, parts, strict=True))


def due_cents(picos: int) -> int:
    """Whole cents, half a cent to the even one."""
    return round(Fraction(picos, PICOS_A_CENT))


def total_of(lines: Iterable[StatementLine]) -> int:
    """Cents."""
    return sum(line.amount for line in lines)


def feature_of(meter: str) -> str:
    """What a customer calls it."""
    return METERS[meter].feature if meter in METERS else meter


def _line(month: str, name: str, part: Allowance, amount: int) -> StatementLine:
    meter = METERS[part.price.meter]
    return StatementLine(
        id=name,
        meter=part.price.meter,
        feature=meter.feature,
        description=meter.description,
        plan=part.book.removeprefix("plan-"),
        quantity=in_units(part.micros, part.price.per),
        unit=meter.unit,
        included=in_units(part.included_micros, part.price.per),
        unit_price=f"{part.price.price:f}",
        amount=amount,
        origin_period=month,
    )


def _id(month: str, part: Allowance, number: int) -> str:
    return f"{month}:{part.book}:{part.price.meter}:{number}"


def in_units(micros: int, per: Decimal) -> str:
    """A quantity in what the customer counts, such as minutes."""
    return f"{(Decimal(micros) / MICRO / per).normalize():f}"
