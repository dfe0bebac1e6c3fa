"""The edge of a run: the process on the public port."""

import json
from functools import partial

import requests

from local.aws import server
from local.runner import detached
from local.runner.home import ROOT, Home, Run, write_json

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
    detached.await_answer(
        at, "edge", partial(_answers, run), f"The public port {run.port} does not answer", START_LIMIT_S
    )


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
