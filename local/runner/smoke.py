"""A look at the finished system from outside, so that `make run` never ends well over a broken one."""

import time

import requests
from offhook.domain import paths

from local.runner import tenant
from local.runner.credentials import Credentials
from local.runner.home import Run, RunError

KNOWN_WITHIN_S = 15.0  # functions remember for some seconds who was nobody


def check(run: Run, known: Credentials) -> None:
    """Raise RunError for the first thing that does not work."""
    if not requests.get(f"{run.public_url}/", timeout=10).ok:
        raise RunError("The page at the public address does not load.")
    if not requests.get(f"{run.public_url}/_carrier/health", timeout=10).ok:
        raise RunError("The carrier simulator cannot be reached through the public address.")
    deadline = time.monotonic() + KNOWN_WITHIN_S
    while not tenant.can_sign_in(run, known.owner):
        if time.monotonic() > deadline:
            raise RunError("The demo login does not work.")
        time.sleep(0.5)
    unsigned = requests.post(run.public_url + paths.ANSWER, data={"AccountSid": "AC0"}, timeout=30)
    if unsigned.status_code != 403:
        raise RunError(f"An unsigned webhook was answered with {unsigned.status_code} instead of 403.")
