"""The books that ship with the product: what we pay (cost), and what tenants pay by their plan (sell).

A published file never changes; a new version is a new file, which may differ from the last one only from when it was
published on.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from offhook.domain.ids import DAY
from offhook.domain.metering.price import PICOS, Price
from offhook.domain.metering.price_book import (
    BookInvalid,
    PriceBook,
    UnknownMeter,
    book,
    instant_of,
    refuse_changed_past,
)

COST: Mapping[str, int] = {"aws-us-east-1": 4, "carrier-us": 2}  # book to its newest version
SELL: Mapping[str, int] = {"plan-trial": 1, "plan-starter": 1, "plan-growth": 1, "plan-pay_per_use": 1}
Rounding = tuple[Decimal, str, Decimal]


@dataclass(frozen=True, slots=True)
class SellBook:
    """What usage costs on a plan. name: with its version, such as plan-starter@1."""

    name: str
    prices: PriceBook


@cache
def current() -> PriceBook:
    """What we pay: the newest versions of all cost books."""
    return book(price for name, version in COST.items() for price in _document(name, version)["prices"])


@cache
def sell_book(plan: str) -> SellBook:
    """What a tenant on that plan pays, with or without the plan's version; raises UnknownMeter for no plan."""
    name, _, version = f"plan-{plan}".partition("@")
    if name not in SELL or (version and not 1 <= int(version) <= SELL[name]):
        raise UnknownMeter(plan)
    number = int(version or 1)
    return SellBook(f"{name}@{number}", sold(_document(name, number)["prices"]))


def sold(prices: Any) -> PriceBook:
    """A book for selling: each step of a quantity costs a whole number of picos, and prices change at midnight UTC.

    So that what parts cost, however they are cut, sums exactly to what the whole costs. Raises BookInvalid.
    """
    made = book(prices)
    for price in (one for of_meter in made.prices.values() for one in of_meter):
        step = price.quantum * PICOS / price.per
        if not price.quantum or any((tier.price * step) % 1 or tier.start % price.quantum for tier in price.tiers):
            raise BookInvalid(f"{price.meter}: a step costs no whole number.")
        if price.least % price.quantum or any(at % DAY for at in (price.valid_from, price.valid_to or 0)):
            raise BookInvalid(f"{price.meter}: neither its least nor its time is round.")
    return made


@cache
def sell_price(meter: str) -> Price:
    """Some price of a meter that is sold: all plans measure alike (a test compares them); raises UnknownMeter."""
    for name in SELL:
        found = sell_book(name.removeprefix("plan-")).prices.prices.get(meter)
        if found:
            return found[0]
    raise UnknownMeter(meter)


def refuse_changed_books() -> None:
    """Raises BookInvalid when a shipped version of a book changes what an earlier one said of the past."""
    for name, newest in {**COST, **SELL}.items():
        for version in range(2, newest + 1):
            old, new = _document(name, version - 1), _document(name, version)
            refuse_changed_past(book(old["prices"]), book(new["prices"]), instant_of(new["published"]))


def _document(name: str, version: int) -> Mapping[str, Any]:
    """A book's file, read once."""
    text = files("offhook.domain.metering").joinpath("books", f"{name}-v{version}.json").read_text("utf-8")
    document: Mapping[str, Any] = json.loads(text)
    return document
