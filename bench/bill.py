"""How much of a bill metering explains, in a simulated hour: `python -m bench.bill` (a day: the soak test)."""

import sys
import time
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


def main() -> int:
    """Play the hour, compare line by line; then time and check random bills."""
    lines = compared(CALLS, **HOUR)
    unexplained, direct = sum(abs(u) for _, u in lines.values()), sum(b for b, _ in lines.values())
    balanced, seconds = _random_bills()
    worst = max(abs(u) / b for b, u in lines.values())
    measured = {
        "budget": {"unexplained": str(MOST_UNEXPLAINED), "unbalanced": 0},
        "calls": CALLS,
        "lines": {name: {"bill": f"{b:.6f}", "unexplained": f"{u:.6f}"} for name, (b, u) in lines.items()},
        "unexplained_share": f"{unexplained / direct:.5f}",
        "worst_line_share": f"{worst:.5f}",
        "random_bills": BILLS,
        "unbalanced": BILLS - balanced,
        "random_bills_s": round(seconds, 1),
    }
    return keep("bill", measured, within=unexplained / direct <= MOST_UNEXPLAINED and balanced == BILLS)


def compared(calls: int, seed: int = 1, **shape: Any) -> dict[str, tuple[Decimal, Decimal]]:
    """Dollars billed and not explained, by line, of a day with so many calls; shape: see live_through."""
    with day(seed) as made:
        live_through(made, NAMES, calls, **shape)
        billed, costs = bill(made.log), booked(made)
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
