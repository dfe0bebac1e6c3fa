"""Prices are chosen by when something was used, and what is published never changes."""

from decimal import Decimal
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from offhook.domain.metering.account import Account, post
from offhook.domain.metering.books import COST, SELL, current, refuse_changed_books, sell_book, sell_price
from offhook.domain.metering.price_book import BookInvalid, UnknownMeter, book, refuse_changed_past
from offhook.domain.metering.records import Record, Usage
from offhook.domain.tenants.plans import CATALOGUE

CHANGE = 1_760_097_600_000
WHEN = "2025-10-10T12:00:00+00:00"
PUBLISHED = {
    "aws-us-east-1-v1.json": "d691135474d5149c0bbca5a194eaa619f72a4c511b53b2f232fa2b882f06b6f0",
    "aws-us-east-1-v2.json": "f83797eb02c224b025a04269fd3a85324ccd7673f64ceb79f7864df213860994",
    "aws-us-east-1-v3.json": "8ed0ad2ffb93e272d3db7ecc916141f7c56ff02763bc3a9ca47bfa24b7663046",
    "aws-us-east-1-v4.json": "b9be61991dffb8f1c50dec6a3e0d3434a0ee946b6a1d377c707294021b070620",
    "carrier-us-v1.json": "134dc0f511d5e423b081532bffc160de58878a462181c91f58336d3c82c014e2",
    "carrier-us-v2.json": "cefc0b093a58cd10258d2b0df2757cc61bc83e4a654516b4f4f711a61ddadf33",
    "plan-growth-v1.json": "16e5edb7197bd4780e28b2eba118ea3bae57a296533c447665cabd3968e5daa2",
    "plan-pay_per_use-v1.json": "6afdbd24faf106c1ca4ef9644ddc0f032cf15b9a258d29b05e17f03cfa9bc672",
    "plan-starter-v1.json": "72d19088682bdd9d08b67572c7cc9a5d90493266f7a7f1b5048ab9c32577642b",
    "plan-trial-v1.json": "f541837294505efcec3eeb07f2f1542086e053213b674c0c25816c71f07d66c9",
}


def price(price: str, valid_from: str = "2024-01-01T00:00:00+00:00", valid_to: str | None = None, **more: Any) -> Any:
    return {
        "meter": "m", "unit": "s", "price": price, "per": "60", "valid_from": valid_from, "valid_to": valid_to,
        "round": {"quantum": "60"}, **more,
    }  # fmt: skip


TWO = book([price("0.02", valid_from=WHEN), price("0.01", valid_to=WHEN)])


def cost(at: int, seconds: int) -> int:
    posted = post(Account(), [Record("r", at, "c", (Usage("m", Decimal(seconds), at),))], TWO)
    return posted.account.totals["m"].picos


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


@pytest.mark.parametrize("name", [f"{n}-v{v}.json" for n, last in {**COST, **SELL}.items() for v in range(1, last + 1)])
def test_a_published_book_is_never_edited(name: str) -> None:
    content = files("offhook.domain.metering").joinpath("books", name).read_bytes()
    assert sha256(content).hexdigest() == PUBLISHED[name], "Publish a new version instead."


def test_rounding_is_up_to_whole_minutes_and_to_the_least_of_a_query():
    assert current().price("carrier.voice.inbound", CHANGE).billed(Decimal("60.001")) == 120
    assert current().price("aws.athena.byte", CHANGE).picos(Decimal(1)) == 50_000_000
    assert current().price("aws.dynamodb.rru", CHANGE).picos(Decimal("0.5")) == 62_500


def test_no_version_of_a_book_changes_the_past():
    refuse_changed_books()


def test_every_plan_has_its_book_with_the_plans_price_and_included_minutes():
    for plan in CATALOGUE:
        calls = sell_book(plan.id).prices.price("voice.call", CHANGE)
        assert calls.free() == plan.included_minutes * 60
        if plan.per_minute:
            assert calls.price == plan.per_minute


def test_all_plans_round_alike():
    for name in SELL:
        for meter, prices in sell_book(name.removeprefix("plan-")).prices.prices.items():
            assert {price.rounding for price in prices} == {sell_price(meter).rounding}


SPECIFIC = [
    price("1"),
    {**price("2"), "match": {"to": "US"}},
    {**price("3"), "match": {"to": "US", "kind": "mobile"}},
]


@given(order=st.permutations(SPECIFIC), dims=st.dictionaries(st.sampled_from(["to", "kind"]),
                                                              st.sampled_from(["US", "mobile", "x"])))  # fmt: skip
def test_the_most_specific_match_counts_in_whatever_order_the_book_is_written(order: Any, dims: dict[str, str]) -> None:
    found = book(order).price("m", CHANGE, dims).price
    us, mobile = dims.get("to") == "US", dims.get("kind") == "mobile"
    assert found == (3 if us and mobile else 2 if us else 1)


def test_matches_that_fit_the_same_thing_equally_are_refused():
    with pytest.raises(BookInvalid):
        book([{**price("2"), "match": {"to": "US"}}, {**price("3"), "match": {"kind": "mobile"}}])


def at_day(n: int) -> str:
    return f"2025-{1 + n // 28:02d}-{1 + n % 28:02d}T00:00:00+00:00"


@given(cuts=st.sets(st.integers(0, 300), min_size=1, max_size=8), spoil=st.integers(0, 3), which=st.integers(0, 99))
def test_intervals_that_tile_are_accepted_and_all_others_refused(cuts: set[int], spoil: int, which: int) -> None:
    bounds = sorted(cuts)
    spans = [[at_day(a), at_day(b)] for a, b in pairwise(bounds)] + [[at_day(bounds[-1]), None]]
    tiles = [price("1", valid_from=a, valid_to=b) for a, b in spans]
    assert len(book(tiles).prices["m"]) == len(spans)
    if spoil and len(tiles) > 1:
        broken = list(tiles)
        n = which % (len(tiles) - 1)
        if spoil == 1:
            broken[n] = {**broken[n], "valid_to": at_day(301)}
        elif spoil == 2:
            broken.append(broken[n])
        else:
            broken[n] = {**broken[n], "valid_to": broken[n]["valid_to"].replace("T00", "T01")}
        with pytest.raises(BookInvalid):
            book(broken)


def test_a_version_that_changes_the_past_is_refused_and_one_that_changes_the_future_is_not():
    old = book([price("1")])
    later = book([price("1", valid_to=WHEN), price("2", valid_from=WHEN)])
    refuse_changed_past(old, later, CHANGE)
    with pytest.raises(BookInvalid):
        refuse_changed_past(old, later, CHANGE + 1)
    with pytest.raises(BookInvalid):
        refuse_changed_past(old, book([price("2")]), CHANGE)
