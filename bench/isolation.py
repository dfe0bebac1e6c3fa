"""The long version of the isolation probes: ids of another tenant anywhere, by anybody, several at once.

    python -m bench.isolation [--probes 1000000] [--seed 1] [--workers 2]

Each share has a centre and a chance of its own. Writes bench/results/isolation.json; ends non-zero at the first fault.
"""

import argparse
import os
import random
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack, redirect_stdout
from functools import cache
from time import perf_counter
from typing import IO

from bench.record import keep
from tests.unit.isolation.centre import centre
from tests.unit.isolation.mutants import MUTANTS, Break
from tests.unit.isolation.probes import Prober
from tests.unit.isolation.rows import ROWS
from tests.unit.isolation.test_layers_and_mutants import faults

SHARE, REMEMBERED = 10_000, 60_000


def main() -> int:
    """Send the probes that are asked for, then break isolation in every known way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--probes", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    began, sent = perf_counter(), Counter[str]()
    with ProcessPoolExecutor(asked.workers) as pool:
        shares = [pool.submit(share, asked.seed + n) for n in range(-(-asked.probes // SHARE))]
        for done in as_completed(shares):
            sent += done.result()
            print(f"{sent.total()} probes, no fault", file=sys.stderr, flush=True)
    killed = [mutant.__name__ for mutant in MUTANTS if _is_seen(mutant)]
    measured = {
        "probes": sent.total(),
        "routes": len(sent),
        "fewest_of_a_route": min(sent.values()),
        "faults": 0,
        "mutants": len(MUTANTS),
        "mutants_killed": len(killed),
        "first_seed": asked.seed,
        "seconds": round(perf_counter() - began),
    }
    return keep("isolation", measured, within=len(killed) == len(MUTANTS))


@cache
def nowhere() -> IO[str]:
    """Where the metrics of all shares of a process go; the logger keeps the first stream that it is given."""
    return open(os.devnull, "w")


def share(seed: int) -> Counter[str]:
    """How many probes were sent to each route; raises AssertionError at the first fault."""
    chance, routes, sent = random.Random(seed), sorted(ROWS), Counter[str]()
    with redirect_stdout(nowhere()), centre() as made:
        prober = Prober(made)
        for _ in range(SHARE):
            probe = prober.drawn(chance, routes)
            assert not (found := prober.faults(probe)), (seed, found)
            sent[" ".join(probe.route)] += 1
            if len(prober.absent) > REMEMBERED:
                prober.absent.clear()
    return sent


def _is_seen(mutant: Break) -> bool:
    with redirect_stdout(nowhere()), centre() as made, ExitStack() as stack:
        prober = Prober(made)
        mutant(stack)
        return next(faults(prober), None) is not None


if __name__ == "__main__":
    sys.exit(main())
