"""`offhook floor`: the live floor."""

import sys
import time
from typing import Any

import click

from offhook_cli import output
from offhook_cli.options import api, json_option

REFRESH_S = 1.0
CALL = ("contact_id", "agent_name", "queue", "for", "hold", "help", "monitored_by")


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
            "",
            output.table([_call(call, now["as_of"]) for call in now["calls"]], CALL, "no conversations"),
        )
    )


def _call(call: dict[str, Any], as_of: int) -> dict[str, Any]:
    """One conversation: help with since when and what about; supervisors with what they do."""
    asked = call["help_asked_at"]
    watching = ", ".join(f"{one['name'] or one['agent_id']} ({one['mode']})" for one in call["monitored_by"])
    helped = f"{_since(as_of, asked)} {call['help_note']}".strip() if asked is not None else ""
    hold = "hold" if call["on_hold"] else ""
    return {**call, "for": _since(as_of, call["since"]), "hold": hold, "help": helped, "monitored_by": watching}


def share(value: float | None) -> str:
    """A share as per cent."""
    return "-" if value is None else f"{100 * value:.0f} %"


def _since(now_ms: int, since_ms: int) -> str:
    seconds = max(0, (now_ms - since_ms) // 1000)
    return f"{seconds // 60}:{seconds % 60:02d}"
