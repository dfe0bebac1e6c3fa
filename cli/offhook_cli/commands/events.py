"""`offhook events`: what happens, as events."""

import time
from typing import Any

import click

from offhook_cli import output
from offhook_cli.options import api, json_option

POLL_S = 1.0
HEAD = ("type", "at", "contact_id")
HIDDEN = frozenset({*HEAD, "event_id", "tenant", "event_version", "dt"})


@click.command()
@click.option("--once", is_flag=True, help="Print those of the last minute and stop.")
@json_option
def events(once: bool, to_json: bool) -> None:
    """Print events as they happen, until interrupted."""
    found, cursor = api(), ""
    while True:
        page = found.get("/v1/analytics/events", **({"cursor": cursor} if cursor else {}))
        for event in page["data"]:
            output.as_json_line(event) if to_json else click.echo(line(event))
        cursor = page["next_cursor"]
        if once:
            return
        time.sleep(POLL_S)


def line(event: dict[str, Any]) -> str:
    """One event in words."""
    shown = {name: value for name, value in event.items() if name not in HIDDEN and value not in ("", None)}
    rest = " ".join(f"{name}={value}" for name, value in shown.items())
    return f"{output.clock(event.get('at'))}  {event.get('type', '?'):24} {event.get('contact_id') or '-'}  {rest}"
