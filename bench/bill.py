"""How much of a bill metering explains, in a simulated hour: `python -m bench.bill` (a day: the soak test)."""

import sys
import time
from collections.abc import Iterable, Mapping
from decimal import Decimal
from random import Random
from typing import Any

from offhook.domain.metering.bill import share_all

from bench.bill_day import METERS, booked, day, live_through
from bench.bill_random import random_bill
from bench.bill_simulator import bill
from bench.record import keep

MOST_UNEXPLAINED = Decimal("0.01")
NAMES = {"acme": "+14155550100", "zeta": "+14155550200"}
CALLS, BILLS = 12, 2_000
HOUR: dict[str, Any] = {"shifts": (300,), "shift_s": 500, "lasts_s": 2400}
PICOS = Decimal(10) ** 12
DIRECT = ("lambda", "api_gateway", "dynamodb", "voice", "conference", "recording")
Bill = Mapping[str, Decimal]
Costs = Mapping[str, Mapping[str, int]]
Lines = Mapping[str, tuple[Decimal, Decimal]]


def main() -> int:
    """Play the hour, compare line by line; then time and check random bills."""
    lines = compared(CALLS, **HOUR)
    direct = unexplained(lines, DIRECT)
    balanced, seconds = _random_bills()
    worst = max(abs(u) / b for b, u in lines.values())
    measured = {
        "budget": {"unexplained": str(MOST_UNEXPLAINED), "unbalanced": 0},
        "calls": CALLS,
        "lines": told(lines),
        "unexplained_share": f"{direct:.5f}",
        "unexplained_share_of_all": f"{unexplained(lines, lines):.5f}",
        "worst_line_share": f"{worst:.5f}",
        "random_bills": BILLS,
        "unbalanced": BILLS - balanced,
        "random_bills_s": round(seconds, 1),
    }
    return keep("bill", measured, within=worst <= MOST_UNEXPLAINED and balanced == BILLS)


def unexplained(lines: Lines, names: Iterable[str]) -> Decimal:
    """Which share of these lines' sum."""
    parts = [lines[name] for name in names]
    return sum((abs(u) for _, u in parts), Decimal(0)) / sum((b for b, _ in parts), Decimal(0))


def told(lines: Lines) -> dict[str, dict[str, str]]:
    """As results are written."""
    return {name: {"bill": f"{b:.9f}", "unexplained": f"{u:.9f}"} for name, (b, u) in lines.items()}


def compared(calls: int, seed: int = 1, **shape: Any) -> Lines:
    """Dollars billed and not explained, by line, of a day with so many calls; shape: see live_through."""
    return explained(*billed_and_booked(calls, seed, **shape))


def billed_and_booked(calls: int, seed: int = 1, **shape: Any) -> tuple[Bill, Costs]:
    """What the providers bill for such a day, in dollars by line, and what was metered, in picos by tenant."""
    with day(seed) as made:
        live_through(made, NAMES, calls, **shape)
        costs = booked(made)
        return bill(made.log), costs


def explained(billed: Bill, costs: Costs) -> Lines:
    """Dollars billed and not explained, by line."""
    metered = {
        name: sum(picos for meters in costs.values() for meter, picos in meters.items() if of(meter)) / PICOS
        for name, of in METERS.items()
    }
    return {name: (amount, amount - metered[name]) for name, amount in billed.items()}


def _random_bills() -> tuple[int, float]:
    chance, balanced, began = Random(1), 0, time.perf_counter()
    for n in range(BILLS):
        lines, costs = random_bill(chance, 5_000 if n % 1_000 == 0 else 60)
        shares = share_all(lines, costs)
        balanced += all(sum(one.charged.values()) + one.platform == one.amount for one in shares)
    return balanced, time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
