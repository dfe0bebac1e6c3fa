"""Prices are chosen by when something was used, and what is published never changes."""

from decimal import Decimal
from hashlib import sha256
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from offhook.domain.metering.account import Account, post
from offhook.domain.metering.price_book import BOOKS, BookInvalid, UnknownMeter, book, current
from offhook.domain.metering.usage import Record, Usage

CHANGE = 1_760_097_600_000
WHEN = "2025-10-10T12:00:00+00:00"
PUBLISHED = {
    "aws-us-east-1-v1.json": "d691135474d5149c0bbca5a194eaa619f72a4c511b53b2f232fa2b882f06b6f0",
    "carrier-us-v1.json": "134dc0f511d5e423b081532bffc160de58878a462181c91f58336d3c82c014e2",
}


def price(price: str, valid_from: str = "2024-01-01T00:00:00+00:00", valid_to: str | None = None, **more: Any) -> Any:
    return {
        "meter": "m", "unit": "s", "price": price, "per": "60", "valid_from": valid_from, "valid_to": valid_to,
        "round": {"quantum": "60"}, **more,
    }  # fmt: skip


TWO = book([price("0.02", valid_from=WHEN), price("0.01", valid_to=WHEN)])


def cost(at: int, seconds: int) -> int:
    account, _ = post(Account(), [Record("r", at, "c", (Usage("m", Decimal(seconds), at),))], TWO)
    return account.totals["m"].picos


@given(seconds=st.integers(1, 10_000), off=st.integers(0, 10**9))
def test_crossing_the_boundary_changes_the_cost_by_exactly_the_price_difference(seconds: int, off: int) -> None:
    minutes = -(-seconds // 60)
    assert cost(CHANGE - 1 - off, seconds) == minutes * 10**10
    assert cost(CHANGE + off, seconds) - cost(CHANGE - 1 - off, seconds) == minutes * 10**10


def test_a_new_version_changes_nothing_before_it_begins():
    later = book([price("0.01", valid_to=WHEN), price("0.02", valid_from=WHEN, valid_to="2026-01-01T00:00:00+00:00"),
                  price("9", valid_from="2026-01-01T00:00:00+00:00")])  # fmt: skip
    for at in (CHANGE - 1, CHANGE, CHANGE + 1):
        assert later.price("m", at).picos(Decimal(61)) == TWO.price("m", at).picos(Decimal(61))


@pytest.mark.parametrize(
    "prices",
    [
        [price("0.01", valid_to=WHEN), price("0.02", valid_from="2025-10-10T12:00:01+00:00")],
        [price("0.01"), price("0.02", valid_from=WHEN)],
        [price("0.01"), price("0.01")],
        [price("-1")],
        [price("0.01", per="0")],
        [{**price("0.01"), "price": 0.01}],
        [price("cheap")],
        [{"meter": "m"}],
    ],
)
def test_a_book_with_gaps_overlaps_or_no_decimals_is_refused(prices: list[Any]) -> None:
    with pytest.raises(BookInvalid):
        book(prices)


def test_a_meter_without_a_price_is_no_free_meter():
    with pytest.raises(UnknownMeter):
        current().price("carrier.voice.satellite", CHANGE)
    with pytest.raises(UnknownMeter):
        current().price("carrier.recording", 0)


@pytest.mark.parametrize("name", BOOKS)
def test_a_published_book_is_never_edited(name: str) -> None:
    content = files("offhook.domain.metering").joinpath("books", name).read_bytes()
    assert sha256(content).hexdigest() == PUBLISHED[name], "Publish a new version instead."


def test_rounding_is_up_to_whole_minutes_and_to_the_least_of_a_query():
    assert current().price("carrier.voice.inbound", CHANGE).billed(Decimal("60.001")) == 120
    assert current().price("aws.athena.byte", CHANGE).picos(Decimal(1)) == 50_000_000
    assert current().price("aws.dynamodb.rru", CHANGE).picos(Decimal("0.5")) == 62_500
