"""`make bench`: the budgets one after another, each in its own process; fails when one is exceeded.

The long ones (routing_policy, soak) are asked for by name.
"""

import subprocess
import sys

QUICK = (
    "startup",
    "webhooks",
    "capacity",
    "price",
    "free_agent_to_ring",
    "event_to_counter",
    "matching",
    "ledger",
    "bill",
)


def main() -> int:
    """Run them all, then say which exceeded their budget."""
    exceeded = [name for name in QUICK if subprocess.run([sys.executable, "-m", f"bench.{name}"]).returncode]
    print("over budget: " + (", ".join(exceeded) or "none"), flush=True)
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main())
