"""`offhook flow`: the tenant's flows and how their tests go, trial calls, statistics."""

import sys
from typing import Any

import click

from offhook_cli import output
from offhook_cli.options import api, json_option

BASE = "/v1/ivr/flows"
WAYS = ("exits", "keys", "spoken", "missed")
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


@flow.command()
@click.argument("flow_id")
@click.option("--from", "caller", required=True, help="The number that will call.")
@click.option("--to", "number", default="", help="The number called (default: the first that a flow answers).")
@json_option
def trial(flow_id: str, caller: str, number: str, to_json: bool) -> None:
    """For a quarter of an hour, this caller hears the draft as it is now."""
    place = f"{BASE}/{flow_id}"
    found = api()
    draft = found.get(place)
    made = found.request("POST", f"{place}/trials", {"caller": caller, "number": number}, version=draft["version"])
    if to_json:
        output.as_json(made)
        return
    click.echo(f"call {made['number']} from {made['caller']} until {output.clock(made['until'])}")
    click.echo(f"to hear version {made['draft_version']} of the draft")


@flow.command()
@click.argument("flow_id")
@click.option("--version", default="", help="Of the published versions (default: the one that answers).")
@json_option
def statistics(flow_id: str, version: str, to_json: bool) -> None:
    """Ways that calls took through a version."""
    asked = {"version": version} if version else {}
    found = api().get(f"{BASE}/{flow_id}/statistics", **asked)
    if to_json:
        output.as_json(found)
        return
    click.echo(f"version {found['number']}, {found['calls']} calls\n")
    rows = [{**node, **{name: _counts(node[name]) for name in WAYS}} for node in found["nodes"]]
    click.echo(output.table(rows, ("node", "entered", "left", *WAYS)))


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


def _print(result: dict[str, Any]) -> None:
    click.echo(f"{'passed' if result['passed'] else 'FAILED'}  {result['name']}")
    for one in result["differences"]:
        click.echo(f"        step {one['step'] + 1}, {one['what']}")
        click.echo(f"          expected  {one['expected']}\n          got       {one['got']}")


def _summary(run: dict[str, Any]) -> str:
    passed = sum(result["passed"] for result in run["results"])
    return f"\n{passed} of {len(run['results'])} passed, draft version {run['version']}"
