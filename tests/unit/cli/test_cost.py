"""`offhook cost` shows a month in parts."""

import json

from tests.unit.cli.conftest import Address, Run

COSTS = {
    "month": "2026-10", "currency": "USD", "plan": "starter@1", "as_of": 0, "today": "0.05",
    "month_to_date": {"list": "1.5", "included": "-1", "total": "0.5"},
    "forecast": {"low": "1", "expected": "2", "high": "3"}, "by": "queue",
    "lines": [{"name": "q_1", "label": "Sales", "cost": "1", "share": 0.6667},
              {"name": "", "label": "", "cost": "0.5", "share": 0.3333}],
    "budget": {"id": "month", "version": 1, "amount": "50.00", "hard_cap": "", "notify": []},
}  # fmt: skip


def test_a_month_is_shown_with_its_forecast_and_its_parts(address: Address, run: Run) -> None:
    address.answers["GET", "/v1/analytics/costs"] = COSTS
    shown = run("cost", "--month", "2026-10", "--by", "queue").output
    assert address.asked("GET", "/v1/analytics/costs")[0][0] == "month=2026-10&by=queue"
    for words in ("0.5 USD", "2 USD (1 to 3)", "Sales", "66.7 %", "budget       50.00 USD"):
        assert words in shown


def test_another_cut_is_refused_before_asking(run: Run) -> None:
    assert run("cost", "--by", "agent").exit_code != 0


def test_programs_get_the_answer_as_it_is(address: Address, run: Run) -> None:
    address.answers["GET", "/v1/analytics/costs"] = COSTS
    assert json.loads(run("cost", "--json").output) == COSTS
