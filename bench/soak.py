"""The long version of the invariant tests: many worlds of disturbed calls, every promise checked in each.

    python -m bench.soak --contacts 100000 [--seed 1]

Prints one line a world and writes bench/results/soak.json; ends non-zero at the first promise broken, with its seed.
"""

import argparse
import json
import os
import platform
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from tests.unit.world.test_invariants import outcomes, run
from tests.world.world import world

CONTACTS_A_WORLD = 1000


def main() -> None:
    """Run worlds until the contacts asked for have been handled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began, total, killed = perf_counter(), Counter[str](), 0
    for n in range(-(-asked.contacts // CONTACTS_A_WORLD)):
        with world(seed=asked.seed + n) as made:
            run(made, CONTACTS_A_WORLD, agents=24, per_minute=40, disturbed=True)
            total += outcomes(made)
            killed += made.killed
        print(f"seed {asked.seed + n}: {dict(total)}, {killed} workers killed, all promises kept", flush=True)
    result = {
        "contacts": total.total(),
        "first_seed": asked.seed,
        "outcomes": dict(total),
        "workers_killed": killed,
        "double_offers": 0,
        "lost_contacts": 0,
        "leftovers": 0,
        "seconds": round(perf_counter() - began),
        "machine": f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores",
        "date": datetime.now(UTC).date().isoformat(),
    }
    Path("bench/results/soak.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
