"""Whether the system is reached from here, at the same time of day, by somebody it knows."""

import sys
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests

from offhook_cli.checks.finding import Wrong
from offhook_cli.http import Refused, Unreachable
from offhook_cli.options import api
from offhook_cli.places import NotSetUp, base_url

TIMEOUT_S = 10
SKEW_S = 60
PYTHON = (3, 11)


def versions() -> str:
    """This Python."""
    if sys.version_info < PYTHON:
        raise Wrong(f"Python {sys.version.split()[0]} is too old; use 3.11 or newer.")
    return f"Python {sys.version.split()[0]}"


def address() -> str:
    """An open route, at the configured address."""
    answer = _price_list()
    if not answer.ok:
        raise Wrong(f"{base_url()} answers {answer.status_code} for the price list; is it the API's address?")
    return base_url()


def clock() -> str:
    """The server's time beside ours."""
    said = _price_list().headers.get("Date")
    if not said:
        return "the address does not say its time"
    skew = abs((datetime.now(UTC) - parsedate_to_datetime(said)).total_seconds())
    if skew > SKEW_S:
        raise Wrong(f"this clock and the server's differ by {skew:.0f} s; set it by NTP, or signatures are refused.")
    return f"differs by {skew:.0f} s"


def sign_in() -> str:
    """The configured person."""
    try:
        me = api().get("/v1/tenants/me")
    except (Refused, Unreachable, NotSetUp) as trouble:
        raise Wrong(f"signing in fails: {trouble}; check the login and the pool's trigger.") from trouble
    return f"{me['role']} of {me['tenant']['name']}"


def _price_list() -> requests.Response:
    try:
        return requests.get(base_url() + "/v1/tenants/plans", timeout=TIMEOUT_S)
    except requests.RequestException as trouble:
        where = base_url()
        raise Wrong(f"nothing answers at {where}; start it with `make run`, or set OFFHOOK_URL.") from trouble
