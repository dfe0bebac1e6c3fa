"""What a tenant pays for its usage: days of sold quantities, priced by the plan that each day was on.

Everything below a month is at the list price. What a plan includes, or gives for volume, is a line of its own, because
it is the month's and no call's. So days, queues, services and contacts always sum to the month before allowances.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from offhook.domain.ids import start_of
from offhook.domain.metering.books import SellBook
from offhook.domain.metering.price import PICOS, Price

MICRO = 1_000_000
Days = Mapping[str, Mapping[str, int]]  # UTC day to bucket to millionths
BookOf = Callable[[str], SellBook]  # of a UTC day


@dataclass(frozen=True, slots=True)
class Charge:
    """What one bucket of a day costs at the list price."""

    day: str
    meter: str
    service: str
    queue: str
    micros: int
    picos: int
    book: str
    price: Price


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much less than the list price everything of one price cost: included in the plan, or given for volume."""

    book: str
    price: Price
    micros: int
    list_picos: int
    picos: int

    @property
    def due_picos(self) -> int:
        """What is to be paid."""
        return self.list_picos + self.picos

    @property
    def included_micros(self) -> int:
        """How much of the quantity was free."""
        return min(self.micros, int(self.price.free() * MICRO))


@dataclass(frozen=True, slots=True)
class Charges:
    """A month (or a part of it), in parts."""

    charges: tuple[Charge, ...]
    allowances: tuple[Allowance, ...]

    @property
    def list_picos(self) -> int:
        """Before allowances."""
        return sum(one.picos for one in self.charges)

    @property
    def allowance_picos(self) -> int:
        """What the plan includes and gives, <= 0."""
        return sum(one.picos for one in self.allowances)

    @property
    def due_picos(self) -> int:
        """What is to be paid."""
        return self.list_picos + self.allowance_picos

    def by(self, name: Callable[[Charge], str]) -> dict[str, int]:
        """List picos by something, in order of name."""
        found: dict[str, int] = defaultdict(int)
        for charge in self.charges:
            found[name(charge)] += charge.picos
        return dict(sorted(found.items()))


def charged(days: Days, book_of: BookOf) -> Charges:
    """The charges of the days; raises UnknownMeter."""
    charges = tuple(_charges(days, book_of))
    groups: dict[tuple[str, Price], list[Charge]] = defaultdict(list)
    for charge in charges:
        groups[charge.book, charge.price].append(charge)
    return Charges(charges, tuple(_allowance(book, price, group) for (book, price), group in groups.items()))


def list_picos(price: Price, micros: int) -> int:
    """What a billed quantity costs at the list price: exact, for books are made so."""
    exact = Fraction(price.price) * micros * int(PICOS) / (Fraction(price.per) * MICRO)
    assert exact.denominator == 1, price
    return exact.numerator


def _charges(days: Days, book_of: BookOf) -> Iterable[Charge]:
    for day, buckets in sorted(days.items()):
        book, at = book_of(day), start_of(day)
        for bucket, micros in sorted(buckets.items()):
            meter, service, queue = bucket.split("|", 2)
            if micros:
                price = book.prices.price(meter, at, {"service": service})
                yield Charge(day, meter, service, queue, micros, list_picos(price, micros), book.name, price)


def _allowance(book: str, price: Price, group: Iterable[Charge]) -> Allowance:
    micros, picos = 0, 0
    for charge in group:
        micros, picos = micros + charge.micros, picos + charge.picos
    due = price.total(Fraction(micros, MICRO)) * int(PICOS)
    assert due.denominator == 1, price
    return Allowance(book, price, micros, picos, due.numerator - picos)
