"""First calls are slow because each function's process has to start: they are made before anybody waits for them."""

import json
from concurrent.futures import ThreadPoolExecutor

import requests

from local.runner import deployment
from local.runner.home import Run

WORKERS = (
    "routing-work",
    "analytics-publish",
    "analytics-count",
    "analytics-ledger",
    "tenants-provision",
)
AT_ONCE = 4


def warm(run: Run) -> None:
    """Call every function once, harmlessly."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        calls = [pool.submit(_route, run, area) for area in run.apis]
        calls += [pool.submit(_worker, run, name) for name in WORKERS]
    for call in calls:
        call.result()


def _route(run: Run, area: str) -> None:
    requests.get(f"{run.public_url}/v1/{area}/health", timeout=60)


def _worker(run: Run, name: str) -> None:
    payload = json.dumps({"Records": []}).encode()
    deployment.client("lambda", run).invoke(FunctionName=f"offhook-local-{name}", Payload=payload)
