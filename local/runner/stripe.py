"""The practice payment provider of a run: its process, its keys, and the parameter that the product finds them in."""

import json
import secrets
from functools import partial

import requests

from local.runner import deployment, detached
from local.runner.home import Home, Run, write_json

PARAMETER = "/offhook-local/billing"
WEBHOOK = "/v1/tenants/billing/webhook"
START_LIMIT_S = 20.0


def start(at: Home, run: Run) -> None:
    """Start it, again when its configuration changed, and wait until it answers."""
    file = at.folder / "stripe.json"
    before = json.loads(file.read_text()) if file.exists() else {}
    wanted = _config(at, run, before)
    if detached.pid(at, "stripe") and before == wanted and answers(run):
        return
    detached.stop(at, "stripe")
    write_json(file, wanted)
    detached.start(at, "stripe", ["local.stripe.server", "--config", str(file)])
    detached.await_answer(at, "stripe", partial(answers, run), "The payment provider does not answer", START_LIMIT_S)


def answers(run: Run) -> bool:
    """Whether it is there."""
    try:
        return requests.get(f"{run.stripe_url}/_stripe/health", timeout=2).ok
    except requests.RequestException:
        return False


def keep(at: Home, run: Run) -> None:
    """Give the product the keys, where it looks for them."""
    known = json.loads((at.folder / "stripe.json").read_text())
    value = json.dumps({"api_key": known["api_key"], "webhook_secrets": [known["webhook_secret"]]})
    deployment.client("ssm", run).put_parameter(Name=PARAMETER, Value=value, Type="SecureString", Overwrite=True)


def _config(at: Home, run: Run, before: dict[str, str]) -> dict[str, object]:
    """The keys are made once."""
    return {
        "port": run.stripe_port,
        "public_url": run.public_url,
        "webhook_url": run.public_url + WEBHOOK,
        "state_file": str(at.folder / "stripe" / "state.json"),
        "api_key": before.get("api_key") or f"sk_test_{secrets.token_hex(16)}",
        "webhook_secret": before.get("webhook_secret") or f"whsec_{secrets.token_hex(16)}",
    }
