"""`offhook why`: why a contact waits, and why it went where it went."""

from typing import Any

import click

from offhook_cli import output
from offhook_cli.http import Refused
from offhook_cli.options import api, json_option

TOLD = {
    "queue_entered": "into {queue_id}, priority {priority}",
    "queue_added": "also for the agents of {also_queue_id} ({reason})",
    "offer_made": "to {agent_id} after {waited_s:.0f} s: {reason}",
    "offer_ended": "{agent_id}: {end}",
    "queue_visit_ended": "left {queue_id}: {exit} {exit_reason}",
}


@click.command()
@click.argument("contact_id")
@json_option
def why(contact_id: str, to_json: bool) -> None:
    """Say why a contact is waiting, or why it went to the agents it was offered to."""
    found = api().get(f"/v1/analytics/contacts/{contact_id}")
    steps = [event for event in found["timeline"] if event["type"] in TOLD]
    now = _now(contact_id)
    if to_json:
        output.as_json({"now": now, "steps": steps})
        return
    if now:
        click.echo(now)
    for event in steps:
        click.echo(f"  {output.clock(event['at'])}  {_told(event)}")


def _now(contact_id: str) -> str:
    """What is true at this moment; "" of a contact that is no longer under way."""
    try:
        told: str = api().get(f"/v1/routing/contacts/{contact_id}/explanation")["explanation"]
    except Refused as refused:
        if refused.code != "not_found":
            raise
        return ""
    return told


def _told(event: dict[str, Any]) -> str:
    known = {"priority": 0, "reason": "", "exit_reason": "", "agent_id": "", "waited_s": 0.0, **event}
    return TOLD[event["type"]].format(**known).rstrip()
