"""`offhook webhooks`: endpoints, what was sent to them, and a receiver to try them with."""

import os
from typing import Any

import click

from offhook_cli import output
from offhook_cli.http import Api
from offhook_cli.options import api, json_option
from offhook_cli.receiver import Received, receiver

BASE = "/v1/integrations/webhooks"
ENDPOINT = ("id", "url", "enabled", "disabled_by", "events")
DELIVERY = ("id", "event_at", "type", "state", "tries", "status", "next_at")


@click.group()
def webhooks() -> None:
    """Endpoints that are told of events."""


@webhooks.command("list")
@json_option
def list_endpoints(to_json: bool) -> None:
    """All endpoints."""
    found = api().get(BASE)["data"]
    if to_json:
        output.as_json(found)
        return
    click.echo(output.table([{**one, "events": ", ".join(one["events"]) or "all"} for one in found], ENDPOINT))


@webhooks.command()
@click.argument("url")
@click.option("--event", "events", multiple=True, help="A type such as contact.ended; may be repeated; none = all.")
@click.option("--description", default="")
@json_option
def add(url: str, events: tuple[str, ...], description: str, to_json: bool) -> None:
    """Add an endpoint; its secret is shown this once."""
    made = _add(api(), url, events, description)
    if to_json:
        output.as_json(made)
        return
    click.echo(f"endpoint  {made['id']}\nsecret    {made['secret']}  (not shown again)")


@webhooks.command()
@click.argument("endpoint")
@click.option("--state", type=click.Choice(["pending", "delivered", "exhausted", "missed"]))
@click.option("--type", "type_", help="Only this type of event.")
@click.option("--limit", default=20, show_default=True)
@json_option
def deliveries(endpoint: str, state: str | None, type_: str | None, limit: int, to_json: bool) -> None:
    """What was sent to an endpoint, newest first."""
    asked = {"state": state, "type": type_, "limit": str(limit)}
    found = api().get(f"{BASE}/{endpoint}/deliveries", **{name: value for name, value in asked.items() if value})[
        "data"
    ]
    if to_json:
        output.as_json(found)
        return
    click.echo(output.table([{**one, "status": _last(one)} for one in found], DELIVERY))


@webhooks.command()
@click.argument("endpoint")
@click.argument("delivery", required=False)
@click.option("--since", type=int, help="Events from here on, milliseconds since 1970 UTC.")
@click.option("--state", "states", multiple=True, help="Which deliveries (default: exhausted and missed).")
def replay(endpoint: str, delivery: str | None, since: int | None, states: tuple[str, ...]) -> None:
    """Send one delivery again, or all that were given up or missed since a time."""
    if (delivery is None) == (since is None):
        raise click.UsageError("Name a delivery, or give --since.")
    if delivery is not None:
        api().request("POST", f"{BASE}/{endpoint}/deliveries/{delivery}/replay")
    else:
        api().request("POST", f"{BASE}/{endpoint}/replay", {"since": since, **({"states": states} if states else {})})
    click.echo("on its way")


@webhooks.command()
@click.option("--port", default=0, help="Where to listen on this machine (default: any free port).")
@click.option("--secret", help="Of an endpoint that leads here (or OFFHOOK_WEBHOOK_SECRET); none = add one meanwhile.")
@click.option("--event", "events", multiple=True, help="With an endpoint added meanwhile: only these types.")
@click.option("--count", default=0, help="Stop after so many (default: until interrupted).")
@json_option
def listen(port: int, secret: str | None, events: tuple[str, ...], count: int, to_json: bool) -> None:
    """Receive webhooks on this machine, verify their signatures and print them.

    Without a secret an endpoint is added for as long as this runs, which the local system allows.
    """
    held = {"secret": secret or os.environ.get("OFFHOOK_WEBHOOK_SECRET", ""), "endpoint": ""}
    heard: list[Received] = []

    def hear(one: Received) -> None:
        heard.append(one)
        output.as_json_line(one.body) if to_json else click.echo(_line(one))

    server = receiver(port, lambda: held["secret"], hear, lambda why: click.echo(f"refused: {why}", err=True))
    server.timeout = 1.0
    found = None if held["secret"] else api()
    try:
        if found is not None:
            made = _add(found, f"http://127.0.0.1:{server.server_port}/", events, "offhook webhooks listen")
            held.update(secret=made["secret"], endpoint=made["id"])
        click.echo(f"listening on http://127.0.0.1:{server.server_port}/", err=True)
        while not count or len(heard) < count:
            server.handle_request()
    finally:
        server.server_close()
        if found is not None and held["endpoint"]:
            found.request("DELETE", f"{BASE}/{held['endpoint']}")


def _add(found: Api, url: str, events: tuple[str, ...], description: str) -> dict[str, Any]:
    body = {"url": url, "events": list(events), "description": description}
    made: dict[str, Any] = found.request("POST", BASE, body)
    return made


def _last(delivery: dict[str, Any]) -> str:
    """What the last attempt came to."""
    if not delivery["attempts"]:
        return ""
    last = delivery["attempts"][-1]
    return str(last["status"] or last["reason"])


def _line(one: Received) -> str:
    rest = " ".join(f"{name}={value}" for name, value in one.body.get("data", {}).items() if value not in ("", None))
    return f"{one.body.get('timestamp', '-'):24}  {one.type:24} {rest}"
