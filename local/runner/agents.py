"""The practice agents of a run, so that the first call finds somebody."""

import time

import requests

from local.runner import detached, tenant
from local.runner.credentials import Credentials
from local.runner.home import Home, Run, RunError

COUNT = 4
START_LIMIT_S = 90.0


def start(at: Home) -> None:
    """Start them; they come one after another."""
    detached.start(at, "agents", ["offhook_cli.practice", "--agents", str(COUNT)], OFFHOOK_STATE=str(at.folder))


def wait(at: Home, run: Run, known: Credentials) -> None:
    """Return once all are on the floor."""
    deadline = time.monotonic() + START_LIMIT_S
    while _on_the_floor(run, known) < COUNT:
        if detached.pid(at, "agents") is None or time.monotonic() > deadline:
            raise RunError(f"The practice agents do not sign in: {detached.last_words(at, 'agents')}")
        time.sleep(0.5)


def _on_the_floor(run: Run, known: Credentials) -> int:
    try:
        headers = tenant.signed_in(run, known.owner)
        floor = requests.get(f"{run.public_url}/v1/analytics/floor", headers=headers, timeout=30)
    except (requests.Timeout, RunError):
        return 0
    return len(floor.json()["agents"]) if floor.ok else 0
