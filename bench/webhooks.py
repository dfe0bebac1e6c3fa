"""Latency of our own code and requests made in each kind of webhook: `python -m bench.webhooks`.

In process, warm, on stores in memory: what AWS adds is the round trips, counted beside.
"""

import sys
from collections import defaultdict
from statistics import median

from bench.centre import Step
from bench.record import keep, percentile
from bench.reference_call import play_many

MOST_MS, MOST_TRIPS = 50.0, 4
ACCEPT = "/key"
CALLS = 40


def main() -> int:
    """Play calls one after another, print and keep."""
    kinds: dict[str, list[Step]] = defaultdict(list)
    for played in play_many(CALLS):
        for step in played.steps:
            if step.is_webhook:
                kinds[step.what].append(step)
    rows = {what: row(what, steps) for what, steps in sorted(kinds.items())}
    measured = {"budget": {"p99_ms": MOST_MS, "trips": MOST_TRIPS}, "calls": CALLS, "webhooks": rows}
    return keep("webhooks", measured, within=all(r["within"] for r in rows.values()))


def row(what: str, steps: list[Step]) -> dict[str, object]:
    """One kind of webhook."""
    p99, trips = percentile([s.ms for s in steps], 0.99), max(s.trips for s in steps)
    rest = max(s.rest_calls for s in steps)
    return {
        "p50_ms": round(median(s.ms for s in steps), 2),
        "p99_ms": round(p99, 2),
        "trips": trips,
        "rest_calls": rest,
        "within": p99 <= MOST_MS and trips <= MOST_TRIPS and rest <= (1 if what.endswith(ACCEPT) else 0),
    }


if __name__ == "__main__":
    sys.exit(main())
