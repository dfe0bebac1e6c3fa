"""The full sizes of what `make test` shows in small: `python -m bench.proofs [NAME ...]`, all of them by default.

Each writes bench/results/<name>.json; a proof that fails raises, with its seed.
"""

import random
import sys
import warnings
from collections.abc import Callable, Mapping
from decimal import Decimal
from time import process_time

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from bench.bill import compared, told
from bench.bill_random import random_bill
from bench.record import keep
from tests.unit.fuzz.bench import limits_of_dynamodb
from tests.unit.fuzz.garbage import JSON_ROUTES
from tests.unit.fuzz.test_from_the_document import fuzz, settled
from tests.unit.isolation.centre import centre
from tests.unit.isolation.probes import Prober
from tests.unit.isolation.rows import Route
from tests.unit.metering.test_bill import balanced
from tests.unit.routing.test_place_in_line import STEPS, ten_thousand
from tests.unit.tenants.interleavings import live_together
from tests.unit.tenants.test_quotas import interleave

MANY, REQUESTS, CALLS_A_DAY = 100_000, 50_000, 150
Measured = dict[str, object]


def interleavings() -> Measured:
    """Quota, seats, plan, lifecycle and rotation by several people at once."""
    for seed in range(MANY):
        interleave(random.Random(seed))
    moves = sum(live_together(random.Random(seed)) for seed in range(MANY))
    return {"quota_interleavings": MANY, "of_everything": MANY, "moves_carried_out": moves, "oversold": 0}


def random_bills() -> Measured:
    """Credits, zero weights, up to 5,000 tenants."""
    chance = random.Random(7)
    for n in range(MANY):
        balanced(*random_bill(chance, most_tenants=5_000 if n % 500 == 0 else 60))
    return {"bills": MANY, "unbalanced": 0}


def bill_of_a_day() -> Measured:
    """A day of calls, metered, against the independent reading of the raw requests."""
    lines = compared(CALLS_A_DAY)
    shares = {name: abs(unexplained) / billed for name, (billed, unexplained) in lines.items()}
    assert max(shares.values()) <= Decimal("0.01"), shares
    return {"calls": CALLS_A_DAY, "lines": told(lines), "worst_line_share": f"{max(shares.values()):.5f}"}


def place() -> Measured:
    """Random histories of the line: whoever is next is the right one, each position spoken is true."""
    did = ten_thousand()
    return {"histories": 10_000, "steps": 10_000 * STEPS, "did": dict(sorted(did.items())), "misplaced": 0}


def fuzzed_routes() -> Measured:
    """Requests that almost fit what the API's document says, to every route."""
    each = -(-REQUESTS // len(JSON_ROUTES))
    with centre() as made, limits_of_dynamodb(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        prober = Prober(made)
        for route in JSON_ROUTES:
            settled(each)(given(st.data())(_of(route, prober)))()
    sent = each * len(JSON_ROUTES)
    return {"routes": len(JSON_ROUTES), "requests": sent, "server_errors": 0, "changed_by_refused": 0}


def _of(route: Route, prober: Prober) -> Callable[[DataObject], None]:
    return lambda data: fuzz(prober, route, data)


PROOFS: Mapping[str, Callable[[], Measured]] = {
    "bill_of_a_day": bill_of_a_day,
    "interleavings": interleavings,
    "random_bills": random_bills,
    "fuzzed_routes": fuzzed_routes,
    "place": place,
}


def main(names: list[str]) -> int:
    """Run the proofs named, one after another."""
    for name in names or list(PROOFS):
        began = process_time()
        measured = PROOFS[name]()
        keep(name, {**measured, "processor_seconds": round(process_time() - began)}, within=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
