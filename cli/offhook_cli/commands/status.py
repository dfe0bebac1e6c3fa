"""`offhook status`: whether the parts answer."""

from typing import Any

import click
import requests

from offhook_cli import output
from offhook_cli.http import Refused, Unreachable
from offhook_cli.options import api, json_option
from offhook_cli.places import NotSetUp, base_url

TIMEOUT_S = 10


@click.command()
@json_option
def status(to_json: bool) -> None:
    """Say whether page, API and carrier answer, and who is signed in; exit status 1 when one does not."""
    found = {"address": base_url(), "page": _answers("/"), "carrier": _answers("/_carrier/health"), **_person()}
    if to_json:
        output.as_json(found)
    else:
        for name, value in found.items():
            click.echo(f"{name:10} {'ok' if value is True else 'no answer' if value is False else value}")
    if not all(found[name] for name in ("page", "carrier", "api")):
        raise SystemExit(1)


def _answers(path: str) -> bool:
    try:
        return requests.get(base_url() + path, timeout=TIMEOUT_S).ok
    except requests.RequestException:
        return False


def _person() -> dict[str, Any]:
    try:
        me = api().get("/v1/tenants/me")
    except (Refused, Unreachable, NotSetUp) as trouble:
        return {"api": False, "trouble": str(trouble)}
    return {"api": True, "tenant": f"{me['tenant']['name']} ({me['tenant']['id']})", "role": me["role"]}
