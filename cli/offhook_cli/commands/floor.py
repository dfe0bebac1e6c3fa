"""`offhook floor`: the live floor."""

import sys
import time
from typing import Any

import click

from offhook_cli import output
from offhook_cli.options import api, json_option

REFRESH_S = 1.0


@click.command()
@click.option("--once", is_flag=True, help="Print it once instead of renewing it each second.")
@json_option
def floor(once: bool, to_json: bool) -> None:
    """Show queues and agents, live until interrupted."""
    found = api()
    once = once or not sys.stdout.isatty()
    while True:
        now = found.get("/v1/analytics/floor")
        if to_json:
            output.as_json_line(now)
        else:
            if not once:
                click.clear()
            click.echo(rendered(now))
        if once:
            return
        time.sleep(REFRESH_S)


def rendered(now: dict[str, Any]) -> str:
    """The floor in words."""
    queues = [{**queue, "service_level": share(queue["service_level"])} for queue in now["queues"]]
    agents = [{**agent, "for": _since(now["as_of"], agent["since"])} for agent in now["agents"]]
    columns = ("name", "waiting", "longest_wait_s", "service_level", "offered", "answered", "abandoned")
    return "\n".join(
        (
            f"{output.clock(now['as_of'])}  calls under way: {now['contacts']}",
            "",
            output.table(queues, columns, "no queues"),
            "",
            output.table(agents, ("name", "state", "for", "reason", "contact_id"), "nobody is signed in"),
        )
    )


def share(value: float | None) -> str:
    """A share as per cent."""
    return "-" if value is None else f"{100 * value:.0f} %"


def _since(now_ms: int, since_ms: int) -> str:
    seconds = max(0, (now_ms - since_ms) // 1000)
    return f"{seconds // 60}:{seconds % 60:02d}"
