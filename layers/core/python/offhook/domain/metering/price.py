"""One price: of how much of what, in tiers, rounded how, valid when, for which of the things that a meter counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise

from offhook.domain.ids import Instant

PICOS = Decimal(10) ** 12  # a millionth of a millionth of a dollar
ROUNDING: Mapping[str, str] = {"ceil": ROUND_CEILING, "floor": ROUND_FLOOR, "half_up": ROUND_HALF_UP}
Dims = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tier:
    """From this quantity of the account's total on (in base units), `per` units cost this."""

    start: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class Price:
    """The price of `per` units of a meter in [valid_from, valid_to), for what has all dimensions of `match`.

    quantum, mode, least: a record's quantity is rounded to a multiple of the first in that way and is at least the
    last; quantum 0 = not rounded.
    """

    meter: str
    unit: str
    per: Decimal
    tiers: tuple[Tier, ...]
    valid_from: Instant
    valid_to: Instant | None
    match: tuple[tuple[str, str], ...] = ()
    quantum: Decimal = Decimal(0)
    mode: str = "ceil"
    least: Decimal = Decimal(0)

    @property
    def price(self) -> Decimal:
        """The list price: the dearest tier, so that what tiers change is never more than this."""
        return max(tier.price for tier in self.tiers)

    @property
    def rounding(self) -> tuple[Decimal, str, Decimal]:
        """How a quantity becomes the quantity billed."""
        return self.quantum, self.mode, self.least

    def fits(self, dims: Dims) -> bool:
        """Whether it is for something with these dimensions."""
        return all(dims.get(name) == value for name, value in self.match)

    def holds_at(self, at: Instant) -> bool:
        """Whether it is valid then."""
        return self.valid_from <= at and (self.valid_to is None or at < self.valid_to)

    def billed(self, quantity: Decimal) -> Decimal:
        """The quantity of one record as it is billed; nothing is never rounded to something."""
        if not quantity:
            return Decimal(0)
        if not self.quantum:
            return max(quantity, self.least)
        steps = (quantity / self.quantum).to_integral_value(ROUNDING[self.mode])
        return max(steps * self.quantum, self.least)

    def picos(self, quantity: Decimal) -> int:
        """What the quantity of one record costs by the list price, rounded once."""
        exact = self.billed(quantity) * self.price * PICOS / self.per
        return int(exact.to_integral_value(ROUND_HALF_EVEN))

    def total(self, billed: Fraction) -> Fraction:
        """What an account's total costs, exactly, in dollars: each part at the price of its tier.

        billed: the sum of what was billed of each record.
        """
        cost, bounds = Fraction(0), [*(Fraction(tier.start) for tier in self.tiers), None]
        for tier, (start, end) in zip(self.tiers, pairwise(bounds), strict=True):
            assert start is not None
            top = billed if end is None else min(billed, end)
            cost += max(Fraction(0), top - start) * Fraction(tier.price) / Fraction(self.per)
        return cost

    def blended(self, billed: Fraction) -> Fraction:
        """Dollars for one unit when the account has used this much: what each tenant's share is priced at."""
        return self.total(billed) / billed if billed else Fraction(self.tiers[0].price) / Fraction(self.per)

    def free(self) -> Decimal:
        """How much of the total costs nothing, in base units."""
        paid: Sequence[Decimal] = [tier.start for tier in self.tiers if tier.price]
        return min(paid, default=Decimal(0))
