"""`offhook flow`: the tenant's flows and how their scripted tests go."""

import sys
from typing import Any

import click

from offhook_cli import output
from offhook_cli.options import api, json_option

BASE = "/v1/ivr/flows"
FLOW = ("id", "name", "published", "latest", "version")


@click.group()
def flow() -> None:
    """What calls hear and where they go."""


@flow.command("list")
@json_option
def list_flows(to_json: bool) -> None:
    """All flows and the version of each that answers."""
    found = api().get(BASE)["data"]
    output.as_json(found) if to_json else click.echo(output.table(found, FLOW))


@flow.command()
@click.argument("flow_id")
@json_option
def test(flow_id: str, to_json: bool) -> None:
    """Run the draft's scripted tests; exit status 1 when one fails."""
    run = api().request("POST", f"{BASE}/{flow_id}/tests/run")
    if to_json:
        output.as_json(run)
    else:
        for result in run["results"]:
            _print(result)
        click.echo(_summary(run))
    if not run["passed"]:
        sys.exit(1)


def _print(result: dict[str, Any]) -> None:
    click.echo(f"{'passed' if result['passed'] else 'FAILED'}  {result['name']}")
    for one in result["differences"]:
        click.echo(f"        step {one['step'] + 1}, {one['what']}")
        click.echo(f"          expected  {one['expected']}\n          got       {one['got']}")


def _summary(run: dict[str, Any]) -> str:
    passed = sum(result["passed"] for result in run["results"])
    return f"\n{passed} of {len(run['results'])} passed, draft version {run['version']}"
