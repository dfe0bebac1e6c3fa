"""Price books: prices by meter that tile time, chosen by when something was used and by the most specific match."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any

from offhook.domain.ids import Instant
from offhook.domain.metering.price import PICOS, ROUNDING, Dims, Price, Tier

__all__ = ["PICOS", "BookInvalid", "Price", "PriceBook", "UnknownMeter", "book", "refuse_changed_past"]

ANYTHING: Dims = {}


class UnknownMeter(LookupError):
    """No price is valid for this meter at this time; the record is set aside, never counted as free."""


class BookInvalid(ValueError):
    """A book's prices leave a gap, overlap, are ambiguous, or are not decimal strings."""


@dataclass(frozen=True, slots=True)
class PriceBook:
    """Prices by meter: the more specific match first, then in order of time, each match's without gap or overlap."""

    prices: Mapping[str, Sequence[Price]]

    def price(self, meter: str, at: Instant, dims: Dims = ANYTHING) -> Price:
        """The price of a meter at a time for something of these dimensions; raises UnknownMeter."""
        for price in self.prices.get(meter, ()):
            if price.holds_at(at) and price.fits(dims):
                return price
        raise UnknownMeter(meter)


def book(prices: Iterable[Mapping[str, Any]]) -> PriceBook:
    """A book of prices as written in JSON; raises BookInvalid."""
    by_meter: dict[str, list[Price]] = {}
    for written in prices:
        price = _price(written)
        by_meter.setdefault(price.meter, []).append(price)
    for of_meter in by_meter.values():
        of_meter.sort(key=lambda p: (-len(p.match), p.match, p.valid_from))
        _refuse_gaps(of_meter)
        _refuse_ambiguity(of_meter)
    return PriceBook(by_meter)


def refuse_changed_past(old: PriceBook, new: PriceBook, published: Instant) -> None:
    """Raises BookInvalid when the new version of a book has another price than the old one before it was published."""
    for meter in old.prices.keys() | new.prices.keys():
        before, after = (set(_before(one.prices.get(meter, ()), published)) for one in (old, new))
        if not before <= after or any(p.valid_from < published and p.meter in old.prices for p in after - before):
            raise BookInvalid(f"The new version changes what {meter} cost before it was published.")


def _before(prices: Sequence[Price], published: Instant) -> Iterable[Price]:
    """What the prices say of the time before, cut there."""
    for price in prices:
        if price.valid_from < published:
            ends = price.valid_to is None or price.valid_to >= published
            yield replace(price, valid_to=None if ends else price.valid_to)


def _refuse_gaps(prices: Sequence[Price]) -> None:
    for a, b in pairwise(prices):
        if a.match == b.match and a.valid_to != b.valid_from:
            raise BookInvalid(f"The prices of {a.meter} {dict(a.match)} leave a gap or overlap.")


def _refuse_ambiguity(prices: Sequence[Price]) -> None:
    """Two matches of one size that one thing can fit would leave the choice to their order in the file."""
    for a, b in combinations({p.match for p in prices}, 2):
        if len(a) == len(b) and not any(dict(b).get(name, value) != value for name, value in a):
            raise BookInvalid(f"{prices[0].meter}: {dict(a)} and {dict(b)} can be true of the same thing.")


def _price(written: Mapping[str, Any]) -> Price:
    rounding = written.get("round", {})
    try:
        price = Price(
            meter=str(written["meter"]),
            unit=str(written["unit"]),
            per=_decimal(written["per"]),
            tiers=_tiers(written),
            valid_from=instant_of(written["valid_from"]),
            valid_to=instant_of(written["valid_to"]) if written["valid_to"] else None,
            match=tuple(sorted(written.get("match", {}).items())),
            quantum=_decimal(rounding.get("quantum", "0")),
            mode=str(rounding.get("mode", "ceil")),
            least=_decimal(rounding.get("min", "0")),
        )
    except (KeyError, ValueError, ArithmeticError, AttributeError) as wrong:
        raise BookInvalid(str(written)) from wrong
    if not _is_sound(price):
        raise BookInvalid(str(written))
    return price


def _tiers(written: Mapping[str, Any]) -> tuple[Tier, ...]:
    """`price` alone is one tier from nothing on."""
    tiers = written["tiers"] if "tiers" in written else [{"from": "0", "price": written["price"]}]
    return tuple(Tier(_decimal(one["from"]), _decimal(one["price"])) for one in tiers)


def _is_sound(price: Price) -> bool:
    starts = [tier.start for tier in price.tiers]
    numbers = (price.quantum, price.least, *(tier.price for tier in price.tiers))
    return (
        price.per > 0
        and starts[:1] == [Decimal(0)]
        and all(a < b for a, b in pairwise(starts))
        and all(number >= 0 for number in numbers)
        and price.mode in ROUNDING
        and (price.valid_to is None or price.valid_to > price.valid_from)
    )


def _decimal(text: Any) -> Decimal:
    if not isinstance(text, str):
        raise ValueError(f"{text!r} is no decimal string.")
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(f"{text!r} is no number.")
    return number


def instant_of(text: str) -> Instant:
    """A time as books write it."""
    return round(datetime.fromisoformat(text).timestamp() * 1000)
