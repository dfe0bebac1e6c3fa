"""`offhook tenant`: sign a business up from the shell, list, close; for operators, suspend."""

import re
import secrets
import string
import time
from typing import Any

import click
import requests

from offhook_cli import output
from offhook_cli.http import send
from offhook_cli.options import api, json_option
from offhook_cli.places import base_url

MAIL_LIMIT_S, SET_UP_LIMIT_S, PAUSE_S = 60.0, 300.0, 1.0
DESK = "/v1/operator/tenants"
SIGNS = "-_.+!"


@click.group()
def tenant() -> None:
    """Businesses: create, list, close; suspend and reinstate for operators."""


@tenant.command()
@click.argument("company")
@click.option("--email", required=True, help="The owner's address.")
@click.option("--name", default="Owner", show_default=True, help="The owner's name.")
@click.option("--password", help="The owner's password (default: one is made and shown).")
@click.option("--country", default="US", show_default=True)
@click.option("--time-zone", default="UTC", show_default=True)
@click.option("--language", default="en-US", show_default=True, type=click.Choice(["en-US", "zh-CN"]))
@click.option("--industry", default="generic", show_default=True, help="Whose starter: generic, clinic, shop ...")
@click.option("--demo-data", is_flag=True, help="A few customers to begin with.")
@click.option("--secret", help="Of the link in the mail (default: read from the mailbox of this machine).")
@json_option
def create(
    company: str,
    email: str,
    name: str,
    password: str | None,
    country: str,
    time_zone: str,
    language: str,
    industry: str,
    demo_data: bool,
    secret: str | None,
    to_json: bool,
) -> None:
    """Sign COMPANY up: ask, read the mail, verify, wait until it can take calls."""
    asked = {
        "company": company, "email": email, "country": country, "time_zone": time_zone, "language": language,
        "industry": industry, "demo_data": demo_data,
    }  # fmt: skip
    chosen = password or _password()
    sign_up = _ask("POST", "/v1/tenants/sign-ups", asked)["id"]
    _say(to_json, f"signed up as {sign_up}; waiting for the mail to {email}")
    link = secret or _mailed(email, sign_up)
    _ask("POST", f"/v1/tenants/sign-ups/{sign_up}/verification", {"secret": link, "password": chosen, "name": name})
    done = _set_up(sign_up, link, to_json)
    if to_json:
        output.as_json({**done, "password": chosen})
    else:
        click.echo(f"{company} is {done['status']}: tenant {done['tenant_id']}, sign in as {email}  {chosen}")


@tenant.command(name="list")
@json_option
def list_(to_json: bool) -> None:
    """The businesses that the configured person belongs to."""
    found = api().get("/v1/tenants/sessions/tenants")["data"]
    output.as_json(found) if to_json else click.echo(output.table(found, ("id", "name")))


@tenant.command()
@click.option("--confirm", prompt="Type the company's name to close it", help="The company's name.")
@json_option
def close(confirm: str, to_json: bool) -> None:
    """Close the business of the configured person, its owner; it can be reopened for thirty days."""
    closed = api().request("POST", "/v1/tenants/closure", {"confirm": confirm})
    output.as_json(closed) if to_json else click.echo(f"The tenant is {closed['status']}.")


@tenant.command()
@click.argument("tenant_id")
@click.option("--reason", required=True, help="Why, for the record and for the tenant's audit trail.")
@json_option
def suspend(tenant_id: str, reason: str, to_json: bool) -> None:
    """Suspend a business that does harm, as an operator: it can read, export and pay, its callers hear a notice."""
    _told(api().request("POST", f"{DESK}/{tenant_id}/suspension", {"reason": reason}), to_json)


@tenant.command()
@click.argument("tenant_id")
@json_option
def reinstate(tenant_id: str, to_json: bool) -> None:
    """End a suspension, as an operator."""
    _told(api().request("DELETE", f"{DESK}/{tenant_id}/suspension"), to_json)


def _told(found: dict[str, Any], to_json: bool) -> None:
    output.as_json(found) if to_json else click.echo(f"{found['name']} ({found['id']}) is {found['status']}.")


def _ask(method: str, path: str, body: Any = None, secret: str = "") -> Any:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return send(requests.Session(), method, base_url() + path, body, None, headers)


def _mailed(email: str, sign_up: str) -> str:
    """The secret of the newest mail about the sign-up in the mailbox of this machine."""
    deadline = time.monotonic() + MAIL_LIMIT_S
    while time.monotonic() < deadline:
        headers = {"Accept": "application/json"}
        found = send(requests.Session(), "GET", base_url() + "/_local/mail", None, {"to": email}, headers)["data"]
        for mail in found:
            link = re.search(rf"/verify#{sign_up}/(\S+)", mail["text"])
            if link:
                return link.group(1)
        time.sleep(PAUSE_S)
    raise click.ClickException("No mail arrived; give the secret of its link with --secret.")


def _set_up(sign_up: str, secret: str, to_json: bool) -> dict[str, Any]:
    """The progress at its end; each finished step is told once."""
    deadline, told = time.monotonic() + SET_UP_LIMIT_S, 0
    while time.monotonic() < deadline:
        found: dict[str, Any] = _ask("GET", f"/v1/tenants/sign-ups/{sign_up}", secret=secret)
        done = [step["name"] for step in found["steps"] if step["done"]]
        for name in done[told:]:
            _say(to_json, f"  {name}")
        told = len(done)
        if found["status"] == "failed":
            raise click.ClickException(f"The set-up stopped: {found['failure']}")
        if found["status"] == "ready":
            return found
        time.sleep(PAUSE_S)
    raise click.ClickException(f"The set-up goes on; look again with the secret {secret}.")


def _say(to_json: bool, words: str) -> None:
    if not to_json:
        click.echo(words)


def _password() -> str:
    """Twenty signs with each kind that the pool asks for."""
    kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits, SIGNS)
    signs = [secrets.choice(kind) for kind in kinds for _ in range(5)]
    secrets.SystemRandom().shuffle(signs)
    return "".join(signs)
