"""`offhook doctor`: whether a set-up, local or on AWS, is whole; what is wrong, in a sentence, and what to do."""

import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import click
import requests

from offhook_cli import aws, output
from offhook_cli.http import Refused, Unreachable
from offhook_cli.options import api, json_option
from offhook_cli.places import NotSetUp, base_url

TIMEOUT_S = 10
SKEW_S = 60
PYTHON = (3, 11)
TABLES = ("directory", "config", "live", "records", "ledger", "pulse")
QUEUES = ("work", "jobs", "deliveries", "provisioning")
DEAD = (*(f"{queue}-dead" for queue in QUEUES), "failures")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. says: what is wrong and what to do, or what is right."""

    what: str
    ok: bool
    says: str


class Wrong(Exception):
    """Something is wrong; the message says what, and what to do."""


Check = Callable[[], str]


@click.command()
@json_option
def doctor(to_json: bool) -> None:
    """Look at every part of the set-up; exit status 1 when something is wrong.

    The address is OFFHOOK_URL or the local run; STAGE names the deployment whose AWS account is looked into.
    """
    found = [_looked(name, check) for name, check in CHECKS.items()]
    if to_json:
        output.as_json([asdict(one) for one in found])
    else:
        for one in found:
            click.echo(f"{'ok   ' if one.ok else 'WRONG'} {one.what:16} {one.says}")
    if not all(one.ok for one in found):
        raise SystemExit(1)


def _looked(name: str, check: Check) -> Finding:
    try:
        return Finding(name, True, check())
    except Wrong as wrong:
        return Finding(name, False, str(wrong))
    except Exception as trouble:  # whatever else an account or a network answers is a finding too
        return Finding(name, False, f"it could not be looked at ({type(trouble).__name__}: {_first_line(trouble)})")


def _first_line(trouble: Exception) -> str:
    return (str(trouble).splitlines() or [""])[0][:200]


def _versions() -> str:
    if sys.version_info < PYTHON:
        raise Wrong(f"Python {sys.version.split()[0]} is too old; use 3.11 or newer.")
    return f"Python {sys.version.split()[0]}"


def _reached(path: str, method: str = "GET") -> requests.Response:
    try:
        return requests.request(method, base_url() + path, timeout=TIMEOUT_S)
    except requests.RequestException as trouble:
        where = base_url()
        raise Wrong(f"nothing answers at {where}; start it with `make run`, or set OFFHOOK_URL.") from trouble


def _address() -> str:
    answer = _reached("/v1/tenants/plans")
    if not answer.ok:
        raise Wrong(f"{base_url()} answers {answer.status_code} for the price list; is it the API's address?")
    return base_url()


def _clock() -> str:
    said = _reached("/v1/tenants/plans").headers.get("Date")
    if not said:
        return "the address does not say its time"
    skew = abs((datetime.now(UTC) - parsedate_to_datetime(said)).total_seconds())
    if skew > SKEW_S:
        raise Wrong(f"this clock and the server's differ by {skew:.0f} s; set it by NTP, or signatures are refused.")
    return f"differs by {skew:.0f} s"


def _webhooks() -> str:
    """A webhook that nobody signed must be refused."""
    status = _reached("/v1/ivr/calls", "POST").status_code
    if status not in (401, 403):
        raise Wrong(f"a webhook without signature was answered with {status}; it must be refused: deploy ivr anew.")
    return "refused without a signature"


def _sign_in() -> str:
    try:
        me = api().get("/v1/tenants/me")
    except (Refused, Unreachable, NotSetUp) as trouble:
        raise Wrong(f"signing in fails: {trouble}; check the login and the pool's trigger.") from trouble
    return f"{me['role']} of {me['tenant']['name']}"


def _tables() -> str:
    client = aws.client("dynamodb")
    for table in TABLES:
        name = f"{aws.prefix()}-{table}"
        status = client.describe_table(TableName=name)["Table"]["TableStatus"]
        if status != "ACTIVE":
            raise Wrong(f"the table {name} is {status}; wait, or deploy the data stack.")
    return f"{len(TABLES)} tables"


def _depth(name: str) -> int:
    client, asked = aws.client("sqs"), "ApproximateNumberOfMessages"
    url = client.get_queue_url(QueueName=f"{aws.prefix()}-{name}")["QueueUrl"]
    return int(client.get_queue_attributes(QueueUrl=url, AttributeNames=[asked])["Attributes"][asked])


def _queues() -> str:
    waiting = {name: _depth(name) for name in QUEUES}
    return ", ".join(f"{name} {number}" for name, number in waiting.items())


def _dead_letters() -> str:
    dead = {name: number for name in DEAD if (number := _depth(name))}
    if dead:
        told = ", ".join(f"{number} in {name}" for name, number in dead.items())
        raise Wrong(f"{told}; see `offhook dead-letters list` and the runbook.")
    return "none"


def _parameter(name: str) -> str:
    return str(aws.client("ssm").get_parameter(Name=f"/{aws.prefix()}/{name}")["Parameter"]["Value"])


def _user_pool() -> str:
    pool = aws.client("cognito-idp").describe_user_pool(UserPoolId=_parameter("user-pool-id"))["UserPool"]
    hooks = pool.get("LambdaConfig", {})
    if not (hooks.get("PreTokenGenerationConfig") or hooks.get("PreTokenGeneration")):
        raise Wrong("the pool asks nobody who its people are (no token trigger); deploy the data stack.")
    return "asks tenants-claims"


def _mail() -> str:
    found = aws.client("sesv2").list_email_identities().get("EmailIdentities", [])
    if not any(one.get("SendingEnabled", True) for one in found):
        raise Wrong("no sender of mails is verified; verify the domain of OFFHOOK_MAIL_FROM in SES.")
    return ", ".join(str(one["IdentityName"]) for one in found)


def _carrier() -> str:
    """Only whether it is there: what is in it is a secret."""
    ssm = aws.client("ssm")
    if not ssm.get_parameter(Name=f"/{aws.prefix()}/carrier", WithDecryption=True)["Parameter"]["Value"].strip("{} "):
        raise Wrong("the carrier's account is not known; see docs/deploy.md for the parameter `carrier`.")
    return "its account is known"


CHECKS: dict[str, Check] = {
    "versions": _versions,
    "address": _address,
    "clock": _clock,
    "webhooks": _webhooks,
    "signing in": _sign_in,
    "tables": _tables,
    "queues": _queues,
    "dead letters": _dead_letters,
    "user pool": _user_pool,
    "mail": _mail,
    "carrier": _carrier,
}
