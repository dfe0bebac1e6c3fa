"""Every bill is shared to the cent, whatever is on it; margins sum to revenue less the bill."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from offhook.adapters.memory.store import MemoryStore
from offhook.domain.metering.bill import PLATFORM, BillLine, Policy, Spread, at_blended_rate, share, share_all
from offhook.domain.metering.price_book import book
from offhook.domain.metering.shares import proportionally, rounded
from offhook.stores.codec import encode
from offhook.usecases.analytics.ledger import book_events
from offhook.usecases.metering.margins import (
    POLICIES,
    TenantMonth,
    bill_line,
    close_bill,
    margins,
    restate_bill,
    tenant_month,
)
from offhook.usecases.metering.platform import PLATFORM as PLATFORM_TENANT

from bench.bill_random import random_bill
from tests.unit.metering.kit import ACME, OTHER, Bench, call

METERS = ("aws.lambda.mb_ms", "aws.dynamodb.wru", "carrier.voice.inbound")


def balanced(lines: list[BillLine], costs: Any) -> None:
    shares = share_all(lines, costs)
    for line, shared in zip(sorted(lines, key=lambda one: one.id), shares, strict=True):
        assert sum(shared.charged.values()) + shared.platform == line.amount
    parts = [TenantMonth(tenant, meters, 1000) for tenant, meters in costs.items()]
    found = margins("2026-10", shares, parts)
    assert sum(row.margin for row in found.rows) == 1000 * len(parts) - found.bill
    assert sum(row.cost for row in found.rows) == found.bill == sum(line.amount for line in lines)


def test_two_thousand_random_bills_balance_to_the_cent():
    chance = Random(20261122)
    for n in range(2_000):
        balanced(*random_bill(chance, most_tenants=5_000 if n % 200 == 0 else 60))


amounts = st.integers(-(10**7), 10**7)
costs_ = st.dictionaries(
    st.sampled_from([*(f"t_{n}" for n in range(7)), PLATFORM]),
    st.dictionaries(st.sampled_from(METERS), st.integers(0, 10**15), max_size=3),
    max_size=8,
)
policies = st.one_of(
    st.just(Policy()),
    st.just(Policy(Spread.EVEN)),
    st.builds(lambda m: Policy(Spread.PROPORTIONAL, (m,)), st.sampled_from(METERS)),
    st.builds(lambda s: Policy(Spread.FIXED, shares=s), st.dictionaries(st.sampled_from(["t_1", "t_9"]), amounts)),
)


@settings(max_examples=300, deadline=None)
@given(amount=amounts, costs=costs_, policy=policies, meters=st.lists(st.sampled_from(METERS), max_size=2))
def test_any_line_is_shared_to_the_cent_and_a_credit_as_its_charge(
    amount: int, costs: Any, policy: Policy, meters: list[str]
) -> None:
    line = BillLine("l", amount, tuple(meters), policy)
    shared = share(line, costs)
    assert sum(shared.charged.values()) + shared.platform == amount
    if not meters:
        back = share(replace(line, amount=-amount), costs)
        assert back.platform == -shared.platform
        assert back.charged == {tenant: -cents for tenant, cents in shared.charged.items()}


@settings(max_examples=200, deadline=None)
@given(amount=amounts, costs=costs_, more=st.integers(1, 10**15))
def test_what_another_uses_changes_only_how_the_rest_is_spread(amount: int, costs: Any, more: int) -> None:
    line = BillLine("l", amount, METERS, Policy(Spread.PROPORTIONAL, METERS))
    after = {**costs, "t_new": {METERS[0]: more}}
    before, then = share(line, costs), share(line, after)
    assert {t: p for t, p in then.measured.items() if t != "t_new"} == before.measured


def test_where_nobody_has_weight_the_platform_pays():
    line = BillLine("l", 999, ("aws.lambda.mb_ms",), Policy(Spread.PROPORTIONAL, ("aws.lambda.mb_ms",)))
    assert share(line, {"t_a": {"aws.lambda.mb_ms": 0}}).platform == 999
    assert share(line, {}).platform == 999


def test_equal_remainders_go_to_the_first_by_name():
    line = BillLine("l", 10, (), Policy(Spread.EVEN))
    costs = {name: {"aws.lambda.mb_ms": 1} for name in ("t_c", "t_a", "t_b")}
    assert share(line, costs).charged == {"t_a": 4, "t_b": 3, "t_c": 3}
    assert share(replace(line, amount=-10), costs).charged == {"t_a": -4, "t_b": -3, "t_c": -3}


@given(total=amounts, weights=st.dictionaries(st.text(max_size=3), st.integers(0, 10**12), max_size=30))
def test_parts_by_weight_sum_to_the_whole_and_are_within_one_of_their_share(total: int, weights: Any) -> None:
    parts = proportionally(total, weights)
    whole = sum(weights.values())
    assert sum(parts.values()) == (total if whole else 0)
    for name, part in parts.items():
        assert abs(part - Fraction(total * weights[name], whole)) < 1
        assert part == 0 or weights[name] > 0


@given(targets=st.dictionaries(st.text(max_size=2), st.fractions(-100, 100), max_size=9), total=st.integers(-999, 999))
def test_whole_numbers_sum_to_the_total_that_is_asked_for(targets: Any, total: int) -> None:
    parts = rounded(targets, total)
    assert sum(parts.values()) == (total if targets else 0)


TIERED = book([{
    "meter": "m", "unit": "request", "per": "1000000", "valid_from": "2024-01-01T00:00:00+00:00", "valid_to": None,
    "tiers": [{"from": "0", "price": "3.50"}, {"from": "333000000", "price": "2.80"}, {"from": "1000000000",
    "price": "2.38"}],
}])  # fmt: skip


@given(quantities=st.dictionaries(st.text(max_size=3), st.integers(0, 2 * 10**9), max_size=9))
def test_tiers_are_the_accounts_and_everybody_pays_the_same_rate(quantities: dict[str, int]) -> None:
    price = TIERED.price("m", 1_760_097_600_000)
    shares = at_blended_rate(price, {name: Decimal(n) for name, n in quantities.items()})
    total = sum(quantities.values())
    assert sum(shares.values(), Fraction(0)) == price.total(Fraction(total))
    by_hand = (min(total, 333 * 10**6) * Fraction("3.5") + max(0, min(total, 10**9) - 333 * 10**6) * Fraction("2.8")
               + max(0, total - 10**9) * Fraction("2.38")) / 10**6  # fmt: skip
    assert price.total(Fraction(total)) == by_hand


def test_a_closed_bill_stays_and_a_restatement_is_a_new_version():
    store = MemoryStore()
    for tenant, minutes in ((ACME, 100), (OTHER, 50)):
        book_events(Bench(store=store, tenant=tenant).deps, call("c_1", "2026-10-05T10:00", minutes, tenant=tenant))
    platform = Bench(store=store, tenant=PLATFORM_TENANT.id).deps
    lines = [bill_line("2026-10", "carrier", "voice", 130), bill_line("2026-10", "Support", "", 29)]
    parts = [tenant_month(Bench(store=store, tenant=tenant).deps, "2026-10") for tenant in (ACME, OTHER)]
    closed = close_bill(platform, "2026-10", lines, parts)
    book_events(Bench(store=store).deps, call("c_2", "2026-10-06T10:00", 100))
    later = [tenant_month(Bench(store=store, tenant=tenant).deps, "2026-10") for tenant in (ACME, OTHER)]
    assert encode(close_bill(platform, "2026-10", lines, later)) == encode(closed)
    again = restate_bill(platform, "2026-10", lines, later)
    assert (again.version, close_bill(platform, "2026-10", lines, parts)) == (2, again)
    support, voice = closed.shares
    assert (support.platform, support.charged) == (29, {ACME: 0, OTHER: 0})
    assert voice.charged == {ACME: 87, OTHER: 43}  # 85 + 42.5 metered, 2.5 in proportion
    found = margins("2026-10", closed.shares, parts)
    assert (found.direct, found.unexplained, found.bill) == (130, 2, 159)
    assert found.rows[0].tenant == ACME


def test_each_policy_names_meters_that_exist():
    from offhook.domain.metering.books import current

    known = current().prices
    for meters, policy, direct in POLICIES.values():
        for name in (*meters, *policy.meters):
            assert any(m == name or m.startswith(name) for m in known), name
        assert meters or not direct
