"""`offhook contact`: one contact: what happened and what it cost."""

from typing import Any

import click

from offhook_cli import output
from offhook_cli.commands.events import line
from offhook_cli.options import api, json_option

SHOWN = ("id", "state", "customer_number", "customer_name", "queue", "agent_id", "outcome", "outcome_reason")
NOTED = ("disposition", "resolved", "notes", "hold_s")


@click.command()
@click.argument("contact_id")
@json_option
def contact(contact_id: str, to_json: bool) -> None:
    """Show a contact with its timeline and its cost."""
    found = api().get(f"/v1/analytics/contacts/{contact_id}")
    if to_json:
        output.as_json(found)
        return
    click.echo(_facts(found))
    for event in found["timeline"]:
        click.echo(f"  {line(event)}")
    if found["cost"] is not None:
        click.echo(_cost(found["cost"]))


def _facts(found: dict[str, Any]) -> str:
    one, work = found["contact"], found["work"] or {}
    facts = {name: one[name] for name in SHOWN}
    facts |= {"began": output.clock(one["started_at"]), "ended": output.clock(one["ended_at"])}
    facts |= {name: work.get(name) for name in NOTED}
    facts["answers"] = ", ".join(f"{question} {answer}" for question, answer in found["answers"].items())
    facts["recordings"] = ", ".join(f"{recording['duration_s']} s" for recording in found["recordings"])
    return "\n".join(f"{name.replace('_', ' '):16} {value}" for name, value in facts.items() if value not in (None, ""))


def _cost(cost: dict[str, Any]) -> str:
    lines = output.table(cost["lines"], ("service", "quantity", "unit", "cost"), "nothing is booked yet")
    return f"\n{'cost':16} {cost['total']} {cost['currency']}\n{lines}"
