"""From a committed event to the figures a wallboard reads: `python -m bench.event_to_counter`.

Every change of some calls goes one by one through the counters and into a fresh floor, as the stream's function does
it, in memory. AWS polls a DynamoDB stream four times a second, so its own share is computed beside.
"""

import sys
from statistics import median
from time import perf_counter

from offhook.domain.analytics.changes import ItemChange
from offhook.usecases.analytics.count import count
from offhook.usecases.analytics.floor import live_floor

from bench.centre import centre
from bench.record import keep, percentile
from bench.reference_call import play_within

AGENTS, CALLS = 50, 5
POLL_MS, INVOKE_MS, TRIP_MS, TRIPS = 250.0, 30.0, 8.0, 8
MOST_MS = 1_000.0


def main() -> int:
    """Measure, print and keep."""
    with centre(AGENTS) as (made, tenant, _):
        for _ in range(CALLS):
            play_within(made, tenant)
        took = []
        with made.within(tenant) as deps:
            for record in [r for r in made.aws.store.stream if r.new or r.old]:
                change = ItemChange(record.old, record.new, str(record.seq))
                if not change.key.pk.startswith(f"T#{tenant}#"):
                    continue
                began = perf_counter()
                if count(deps, [change]):
                    live_floor(deps, fresh=True)
                    took.append((perf_counter() - began) * 1000)
    p99 = percentile(took, 0.99)
    on_aws = p99 + POLL_MS + INVOKE_MS + TRIPS * TRIP_MS
    measured = {
        "budget": {"p99_ms": MOST_MS},
        "changes": len(took),
        "p50_ms": round(median(took), 2),
        "p99_ms": round(p99, 2),
        "p99_ms_computed_for_aws": round(on_aws, 1),
    }
    return keep("event_to_counter", measured, within=on_aws <= MOST_MS)


if __name__ == "__main__":
    sys.exit(main())
