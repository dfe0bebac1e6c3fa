"""A month's statement: what the plan includes is free, cents sum to the total, a closed month stays as it was."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offhook.domain.errors import InvalidInput
from offhook.domain.ids import HOUR
from offhook.stores.codec import encode
from offhook.usecases.analytics.ledger import book_events
from offhook.usecases.metering import statement
from offhook.usecases.metering.months import month_charges

from tests.unit.metering.kit import Bench, at, call

OCTOBER, NOVEMBER = "2026-10", "2026-11"


def test_included_minutes_are_free_and_the_rest_costs_the_plans_price():
    bench = Bench(plan="starter")
    book_events(bench.deps, call("c_1", "2026-10-02T10:00", 990) + call("c_2", "2026-10-03T10:00", 30))
    found = statement.of(bench.deps, OCTOBER)
    (line,) = found.lines
    assert (line.quantity, line.unit, line.included, line.unit_price) == ("1020", "minute", "1000", "0.025")
    assert (line.amount, found.total, found.status) == (50, 50, "open")


def test_a_month_without_usage_has_an_empty_statement():
    found = statement.of(Bench().deps, OCTOBER)
    assert (found.lines, found.total, found.currency) == ((), 0, "USD")


@pytest.mark.parametrize("month", ["", "2026-13", "2026-1", "october", "2026-10-01"])
def test_what_is_no_month_is_refused(month: str) -> None:
    with pytest.raises(InvalidInput):
        statement.of(Bench().deps, month)


def test_a_month_closes_five_days_after_its_end_and_then_stays():
    bench = Bench(plan="pay_per_use")
    book_events(bench.deps, call("c_1", "2026-10-31T23:59", 10))
    bench.now = at("2026-11-05T23:59")
    with pytest.raises(statement.NotYet):
        statement.close(bench.deps, OCTOBER)
    bench.now = at("2026-11-06T00:00")
    closed = statement.close(bench.deps, OCTOBER)
    bench.now += 1
    assert encode(statement.close(bench.deps, OCTOBER)) == encode(closed) == encode(statement.of(bench.deps, OCTOBER))
    assert (closed.total, closed.version, closed.status) == (35, 1, "closed")


def test_late_usage_is_on_the_next_statement_once_and_names_its_month():
    bench = Bench(plan="pay_per_use", now=at("2026-11-06T00:00"))
    book_events(bench.deps, call("c_1", "2026-10-10T10:00", 10) + call("c_2", "2026-11-01T10:00", 20))
    closed = statement.close(bench.deps, OCTOBER)
    book_events(bench.deps, call("c_late", "2026-10-11T10:00", 3))
    assert statement.of(bench.deps, OCTOBER) == closed
    november = statement.of(bench.deps, NOVEMBER)
    assert [(one.origin_period, one.quantity, one.amount) for one in november.lines] == [
        (NOVEMBER, "20", 70),
        (OCTOBER, "3", 11),
    ]
    bench.now = at("2026-12-06T00:00")
    assert statement.close(bench.deps, NOVEMBER).total == 81
    assert statement.of(bench.deps, "2026-12").lines == ()
    restated = statement.restate(bench.deps, OCTOBER)
    assert (restated.version, restated.total) == (2, 46)
    assert statement.of(bench.deps, "2026-12").total == -11  # what November charged and October now says


def test_a_month_that_is_open_cannot_be_restated():
    with pytest.raises(statement.NotYet):
        statement.restate(Bench().deps, OCTOBER)


calls = st.lists(
    st.tuples(st.integers(1, 31), st.integers(0, 900), st.sampled_from(["", "sales", "help"])), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(made=calls, plan=st.sampled_from(["trial", "starter", "growth", "pay_per_use"]))
def test_every_way_of_cutting_a_month_sums_to_it_exactly(made: list[tuple[int, int, str]], plan: str) -> None:
    bench = Bench(plan=plan)
    for n, (day, minutes, queue) in enumerate(made):
        book_events(bench.deps, call(f"c_{n}", f"2026-10-{day:02d}T10:00", minutes, queue=queue))
    month = month_charges(bench.deps, OCTOBER)
    for cut in ("day", "queue", "service", "meter"):
        assert sum(month.by(lambda charge, cut=cut: getattr(charge, cut)).values()) == month.list_picos
    found = statement.of(bench.deps, OCTOBER)
    assert sum(line.amount for line in found.lines) == found.total
    assert abs(found.total * 10**10 - month.due_picos) <= 5 * 10**9


@settings(max_examples=40, deadline=None)
@given(made=calls, closes=st.integers(0, 12))
def test_whenever_a_month_is_closed_its_statements_charge_its_usage_once(
    made: list[tuple[int, int, str]], closes: int
) -> None:
    bench = Bench(plan="starter", now=at("2026-11-10T00:00"))
    for n, (day, minutes, queue) in enumerate(made):
        if n == closes:
            statement.close(bench.deps, OCTOBER)
        book_events(bench.deps, call(f"c_{n}", f"2026-10-{day:02d}T10:00", minutes, queue=queue))
    charged = statement.of(bench.deps, OCTOBER).total + statement.of(bench.deps, NOVEMBER).total
    assert charged == statement.due_cents(month_charges(bench.deps, OCTOBER).due_picos)


@pytest.mark.parametrize(("zone", "turns"), [
    ("America/Los_Angeles", "2026-11-01T07:00"),  # its November begins in UTC's; an hour later its clocks go back
    ("Pacific/Auckland", "2026-10-31T11:00"),  # its November begins while UTC's October lasts
    ("UTC", "2026-11-01T00:00"),
])  # fmt: skip
def test_around_a_months_end_each_call_is_on_one_statement_wherever_the_tenant_is(zone: str, turns: str) -> None:
    """Months of money are UTC's, as on providers' bills: a tenant's own midnight or change of clocks moves nothing."""
    bench, begins = Bench(plan="pay_per_use"), at(turns) - 26 * HOUR
    assert datetime.fromtimestamp(at(turns) / 1000, ZoneInfo(zone)).strftime("%d %H:%M") == "01 00:00"
    instants = [begins + half * HOUR // 2 for half in range(104)]
    for number, instant in enumerate(instants):
        book_events(bench.deps, call(f"c_{number}", f"{datetime.fromtimestamp(instant / 1000, UTC):%Y-%m-%dT%H:%M}", 1))
    october = sum(instant < at("2026-11-01T00:00") for instant in instants)
    for now in ("2026-10-31T23:59", "2026-11-01T00:00", "2026-11-06T00:00"):
        bench.now = at(now)
        quantities = [int(line.quantity) for m in (OCTOBER, NOVEMBER) for line in statement.of(bench.deps, m).lines]
        assert quantities == [october, len(instants) - october]
    assert statement.close(bench.deps, OCTOBER).lines[0].quantity == str(october)
