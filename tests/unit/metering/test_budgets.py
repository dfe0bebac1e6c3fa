"""Budgets: each threshold is told once a month, a cap stops what may be stopped and never a caller."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from offhook.domain.errors import InvalidInput
from offhook.domain.metering.budgets import STOPPABLE, Budget, Spend, check_budget, may_spend, passed, picos_of
from offhook.domain.metering.charges import charged
from offhook.domain.metering.forecast import forecast
from offhook.usecases.analytics.ledger import book_events
from offhook.usecases.metering import caps
from offhook.usecases.metering.alerts import check_budget as check
from offhook.usecases.metering.months import sell_book_of
from offhook.wiring.memory import MemoryMailer

from tests.unit.metering.kit import Bench, at, call

TEN = Budget(version=1, amount="10.00", notify=("boss@acme.example", "desk@acme.example"))


class Failing(MemoryMailer):
    """Does not send."""

    def send(self, mail: Any) -> None:
        raise ConnectionError


def bench_with(budget: Budget, plan: str = "pay_per_use", now: str = "2026-10-05T12:00") -> Bench:
    bench = Bench(plan=plan, now=at(now))
    bench.deps.config.put(budget)
    return bench


def used(bench: Bench, cents: float, contact: str = "c_1", when: str = "2026-10-05T10:00") -> None:
    book_events(bench.deps, call(contact, when, round(cents / 3.5)))


def test_each_threshold_is_mailed_once_to_everybody():
    bench, mailer = bench_with(TEN), MemoryMailer()
    used(bench, 560)
    assert "actual-50" in check(bench.deps, mailer) and check(bench.deps, mailer) == ()
    used(bench, 560, "c_2")
    assert check(bench.deps, mailer) == ("actual-80", "actual-100")
    told = [mail for mail in mailer.sent if mail.template == "budget_actual"]
    assert len(told) == 6 and {mail.to for mail in told} == set(TEN.notify)
    assert len({mail.id for mail in mailer.sent}) == len(mailer.sent)


def test_another_month_and_another_amount_begin_anew():
    bench, mailer = bench_with(TEN), MemoryMailer()
    used(bench, 1200)
    assert {"actual-50", "actual-80", "actual-100"} <= set(check(bench.deps, mailer))
    bench.deps.config.put(Budget(version=2, amount="20.00"))
    assert "actual-50" in check(bench.deps, mailer)
    bench.now = at("2026-11-02T00:00")
    assert not any(name.startswith("actual") for name in check(bench.deps, mailer))
    used(bench, 1100, "c_2", "2026-11-01T10:00")
    assert "actual-50" in check(bench.deps, mailer)


def test_a_mail_that_could_not_be_sent_is_sent_the_next_time():
    bench, mailer = bench_with(TEN), MemoryMailer()
    used(bench, 1200)
    with pytest.raises(ConnectionError):
        check(bench.deps, Failing())
    assert "actual-100" in check(bench.deps, mailer)


def test_without_a_budget_nobody_is_told():
    bench = Bench()
    used(bench, 10_000)
    assert check(bench.deps, MemoryMailer()) == ()


def test_the_forecast_warns_before_the_budget_is_used():
    bench, mailer = bench_with(TEN, now="2026-10-08T12:00"), MemoryMailer()
    for day in range(1, 8):
        used(bench, 70, f"c_{day}", f"2026-10-{day:02d}T10:00")
    assert check(bench.deps, mailer) == ("forecast-50", "forecast-80", "forecast-100")
    assert {mail.template for mail in mailer.sent} == {"budget_forecast"}


@pytest.mark.parametrize("kind", Spend)
def test_a_cap_stops_outbound_and_ai_and_never_a_caller(kind: Spend) -> None:
    bench = bench_with(Budget(version=1, hard_cap="1.00"))
    assert caps.may_spend(bench.deps, kind)
    used(bench, 105)
    assert caps.may_spend(bench.deps, kind) == (kind not in STOPPABLE)
    assert caps.may_spend(bench.deps, Spend.INBOUND_CALL) and caps.may_spend(bench.deps, Spend.EMERGENCY_CALL)


def test_a_free_plan_has_a_cap_that_its_budget_cannot_lift():
    bench = bench_with(Budget(version=1, hard_cap="900.00"), plan="trial")
    assert caps.may_spend(bench.deps, Spend.OUTBOUND_CALL)
    used(bench, 1200)
    assert not caps.may_spend(bench.deps, Spend.OUTBOUND_CALL)
    assert caps.may_spend(bench.deps, Spend.INBOUND_CALL)


@given(cap=st.integers(1, 5000), prices=st.lists(st.integers(1, 100), max_size=60), at_once=st.integers(1, 8))
def test_a_cap_is_passed_by_at_most_what_is_begun_at_once(cap: int, prices: list[int], at_once: int) -> None:
    budget, cents, spent = Budget(hard_cap=f"{cap / 100:.2f}"), 10**10, 0
    for start in range(0, len(prices), at_once):
        if may_spend(Spend.SMS, budget, spent * cents):  # all of them look before any is booked
            spent += sum(prices[start : start + at_once])
    assert spent < cap + at_once * max(prices, default=0)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": "-1"}, "$.amount"),
        ({"amount": "1e3"}, "$.amount"),
        ({"amount": "0"}, "$.amount"),
        ({"hard_cap": "NaN"}, "$.hard_cap"),
        ({"hard_cap": "1.234"}, "$.hard_cap"),
        ({"notify": ("a@b.c", "nobody")}, "$.notify[1]"),
        ({"notify": ("a@b.cd",) * 11}, "$.notify"),
    ],
)
def test_a_budget_that_is_none_is_refused_with_its_field(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_budget(Budget(**wrong))
    assert refused.value.field == field


@given(actual=st.integers(0, 10**14), more=st.integers(0, 10**14))
def test_thresholds_are_passed_in_order_and_never_unpassed(actual: int, more: int) -> None:
    budget = Budget(amount="50.00")
    now, later = passed(budget, actual, actual), passed(budget, actual + more, actual + more)
    assert set(now) <= set(later)
    reached = {alert.percent for alert in now if alert.basis == "actual"}
    assert all(small in reached for small, large in pairwise((50, 80, 100)) if large in reached)
    assert (100 in reached) == (actual >= picos_of("50.00"))


BUCKET = "voice.call|inbound|"
days = st.dictionaries(st.integers(1, 30), st.integers(0, 500), max_size=30)


@given(minutes=days, today=st.integers(1, 30), hour=st.integers(0, 23))
def test_a_forecast_is_never_below_what_was_used_and_its_band_holds_it(
    minutes: dict[int, int], today: int, hour: int
) -> None:
    used_ = {f"2026-11-{day:02d}": {BUCKET: n * 60_000_000} for day, n in minutes.items() if day <= today}
    now = at(f"2026-11-{today:02d}T{hour:02d}:00")
    found = forecast(used_, f"2026-11-{today:02d}", now, lambda _: sell_book_of("starter"))
    so_far = charged(used_, lambda _: sell_book_of("starter")).due_picos
    assert so_far <= found.low <= max(found.expected, so_far) <= found.high


def test_an_even_month_is_forecast_as_even():
    used_ = {f"2026-11-{day:02d}": {BUCKET: 600 * 1_000_000} for day in range(1, 16)}
    found = forecast(used_, "2026-11-16", at("2026-11-16T00:00"), lambda _: sell_book_of("pay_per_use"))
    assert found.low == found.expected == found.high == 30 * 10 * 35 * 10**9
