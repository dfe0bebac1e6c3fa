"""The price book: immutable versions of prices, chosen by when something was used."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from offhook.domain.ids import Instant

PICOS = Decimal(10) ** 12  # a millionth of a millionth of a dollar: exact for every price in the books
BOOKS = ("aws-us-east-1-v1.json", "carrier-us-v1.json")


class UnknownMeter(LookupError):
    """No price is valid for this meter at this time; the record is set aside, never counted as free."""


class BookInvalid(ValueError):
    """A book's prices leave a gap, overlap, or are not decimal strings."""


@dataclass(frozen=True, slots=True)
class Price:
    """The price of `per` units of a meter in [valid_from, valid_to).

    quantum, least: a record's quantity is rounded up to a multiple of the one and to at least the other.
    """

    meter: str
    unit: str
    price: Decimal
    per: Decimal
    quantum: Decimal
    least: Decimal
    valid_from: Instant
    valid_to: Instant | None

    def billed(self, quantity: Decimal) -> Decimal:
        """The quantity as it is billed."""
        if not self.quantum:
            return max(quantity, self.least)
        steps = (quantity / self.quantum).to_integral_value(ROUND_CEILING)
        return max(steps * self.quantum, self.least)

    def picos(self, quantity: Decimal) -> int:
        """What the quantity of one record costs."""
        exact = self.billed(quantity) * self.price * PICOS / self.per
        return int(exact.to_integral_value(ROUND_HALF_EVEN))

    def holds_at(self, at: Instant) -> bool:
        """Whether it is valid then."""
        return self.valid_from <= at and (self.valid_to is None or at < self.valid_to)


@dataclass(frozen=True, slots=True)
class PriceBook:
    """Prices by meter, each meter's in order of time, without gap or overlap."""

    prices: Mapping[str, Sequence[Price]]

    def price(self, meter: str, at: Instant) -> Price:
        """The price of a meter at a time; raises UnknownMeter."""
        for price in self.prices.get(meter, ()):
            if price.holds_at(at):
                return price
        raise UnknownMeter(meter)


@cache
def current() -> PriceBook:
    """The books that ship with the product."""
    folder = files("offhook.domain.metering").joinpath("books")
    documents = [json.loads(folder.joinpath(name).read_text("utf-8")) for name in BOOKS]
    return book([price for document in documents for price in document["prices"]])


def book(prices: Iterable[Mapping[str, Any]]) -> PriceBook:
    """A book of prices as written in JSON; raises BookInvalid."""
    by_meter: dict[str, list[Price]] = {}
    for written in prices:
        price = _price(written)
        by_meter.setdefault(price.meter, []).append(price)
    for meter, of_meter in by_meter.items():
        of_meter.sort(key=lambda p: p.valid_from)
        if any(a.valid_to != b.valid_from for a, b in pairwise(of_meter)):
            raise BookInvalid(f"The prices of {meter} leave a gap or overlap.")
    return PriceBook(by_meter)


def _price(written: Mapping[str, Any]) -> Price:
    rounding = written.get("round", {})
    try:
        price = Price(
            str(written["meter"]),
            str(written["unit"]),
            _decimal(written["price"]),
            _decimal(written["per"]),
            _decimal(rounding.get("quantum", "0")),
            _decimal(rounding.get("min", "0")),
            _instant(written["valid_from"]),
            _instant(written["valid_to"]) if written["valid_to"] else None,
        )
    except (KeyError, ValueError, ArithmeticError) as wrong:
        raise BookInvalid(str(written)) from wrong
    if price.per <= 0 or price.price < 0 or (price.valid_to is not None and price.valid_to <= price.valid_from):
        raise BookInvalid(str(written))
    return price


def _decimal(text: Any) -> Decimal:
    if not isinstance(text, str):
        raise ValueError(f"{text!r} is no decimal string.")
    return Decimal(text)


def _instant(text: str) -> Instant:
    return round(datetime.fromisoformat(text).timestamp() * 1000)
