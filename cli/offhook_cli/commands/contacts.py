"""`offhook contacts`: the list of contacts."""

from typing import Any

import click

from offhook_cli import output
from offhook_cli.options import api, json_option

COLUMNS = ("id", "started", "state", "customer", "queue", "agent_id", "outcome", "outcome_reason", "disposition")


@click.command()
@click.option("--open", "under_way", is_flag=True, help="Those under way instead of those closed.")
@click.option("--from", "from_", help="First day (default: today).")
@click.option("--to", help="Last day.")
@click.option("--number", help="Of the customer.")
@click.option("--queue")
@click.option("--agent")
@click.option("--outcome")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 200))
@json_option
def contacts(under_way: bool, from_: str | None, limit: int, to_json: bool, **filters: str | None) -> None:
    """List contacts, newest first."""
    asked = {"from": from_, "limit": str(limit), **filters}
    path = "/v1/analytics/contacts/open" if under_way else "/v1/analytics/contacts"
    found = api().get(path, **({} if under_way else {name: value for name, value in asked.items() if value}))
    if to_json:
        output.as_json(found)
    else:
        click.echo(output.table([_line(one) for one in found["data"]], COLUMNS, "no contacts"))


def _line(one: dict[str, Any]) -> dict[str, Any]:
    who = one["customer_name"] or one["customer_number"]
    return {**one, "started": output.clock(one["started_at"]), "customer": who}
