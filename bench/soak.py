"""The long version of the invariant tests: many worlds of disturbed calls, every promise checked in each.

Worlds take turns: every second one is an ordinary centre, the others have agents who use every control (consult,
transfer, conference, dialling) or callers who ask to be called back; in all of them everything goes wrong.

    python -m bench.soak --contacts 100000 [--seed 1] [--workers 2]

Prints one line a world and writes bench/results/soak.json; ends non-zero with the seeds that broke a promise.
"""

import argparse
import json
import os
import platform
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from offhook.domain.routing.callbacks import First

from tests.unit.world import test_callbacks_disturbed, test_invariants, test_restless_agents
from tests.unit.world.test_invariants import outcomes
from tests.world.world import World, world

CONTACTS_A_WORLD = 1000

Handled = tuple[int, Counter[str], int]  # a world's seed, how its contacts ended, how many workers were killed in it


def main() -> None:
    """Run worlds until the contacts asked for have been handled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    began, total, kinds, killed = perf_counter(), Counter[str](), Counter[str](), 0
    seeds = range(asked.seed, asked.seed - (-asked.contacts // CONTACTS_A_WORLD))
    for seed, ended, struck in worlds(seeds, asked.workers):
        total += ended
        kinds[KINDS[seed % len(KINDS)].__name__] += ended.total()
        killed += struck
        print(f"seed {seed}: {total.total()} contacts so far, {killed} workers killed, all promises kept", flush=True)
    result = {
        "contacts": total.total(),
        "first_seed": asked.seed,
        "kinds": dict(sorted(kinds.items())),
        "outcomes": dict(sorted(total.items())),
        "workers_killed": killed,
        "double_offers": 0,
        "lost_contacts": 0,
        "leftovers": 0,
        "seconds": round(perf_counter() - began),
        "machine": f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores",
        "date": datetime.now(UTC).date().isoformat(),
    }
    Path("bench/results/soak.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def worlds(seeds: range, workers: int) -> Iterator[Handled]:
    """Each seed's world as it ends; those that broke a promise end the run when all have been seen."""
    broken = []
    with ProcessPoolExecutor(workers) as pool:
        under_way = {pool.submit(one_world, seed): seed for seed in seeds}
        for done in as_completed(under_way):
            fault = done.exception()
            if fault is None:
                yield done.result()
                continue
            traceback.print_exception(fault)
            broken.append(under_way[done])
    if broken:
        raise SystemExit(f"a promise was broken (above) with the seeds {broken}")


def ordinary(made: World) -> None:
    """Calls, queues, surveys of two tenants."""
    test_invariants.run(made, CONTACTS_A_WORLD, agents=24, per_minute=40, disturbed=True)


def restless(made: World) -> None:
    """Agents consult, transfer, confer and place calls."""
    test_restless_agents.run(made, CONTACTS_A_WORLD, disturbed=True, agents=12, per_minute=16)


def called_back(made: World) -> None:
    """Callers keep their place and are called back, the agent first or the customer first."""
    first = tuple(First)[made.seed // len(KINDS) % len(First)]
    tenant = test_callbacks_disturbed.disturbed_day(made, CONTACTS_A_WORLD, 8, first)
    test_callbacks_disturbed.everything_holds(made, tenant)


KINDS = (ordinary, restless, ordinary, called_back)


def one_world(seed: int) -> Handled:
    """Run one world to its end, everything disturbed."""
    with world(seed=seed) as made:
        KINDS[seed % len(KINDS)](made)
        return seed, outcomes(made), made.killed


if __name__ == "__main__":
    main()
