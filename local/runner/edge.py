"""The edge of a run: the process on the public port."""

import json
import time

import requests

from local.aws import server
from local.runner import detached
from local.runner.home import ROOT, Home, Run, RunError, write_json

START_LIMIT_S = 15.0


def start(at: Home, run: Run) -> None:
    """Start it, again when its configuration changed, and wait until it answers."""
    file = at.folder / "edge.json"
    wanted = _config(at, run)
    if detached.pid(at, "edge") and json.loads(file.read_text()) == wanted and _answers(run):
        return
    detached.stop(at, "edge")
    write_json(file, wanted)
    detached.start(at, "edge", ["local.edge.server", "--config", str(file)])
    deadline = time.monotonic() + START_LIMIT_S
    while not _answers(run):
        if detached.pid(at, "edge") is None or time.monotonic() > deadline:
            raise RunError(f"The public port {run.port} does not answer: {detached.last_words(at, 'edge')}")
        time.sleep(0.1)


def _config(at: Home, run: Run) -> dict[str, object]:
    return {
        "port": run.port,
        "site": str(ROOT / "console" / "dist"),
        "aws_url": server.url(run.aws_port),
        "carrier_url": run.carrier_url,
        "stripe_url": run.stripe_url,
        "apis": run.apis,
        "live_api": run.live_api,
        "demo_file": str(at.credentials_file),
    }


def _answers(run: Run) -> bool:
    try:
        return requests.get(f"{run.public_url}/_local/demo", timeout=2).ok
    except requests.RequestException:
        return False
