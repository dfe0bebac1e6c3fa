"""`offhook contact`: one contact with what it cost."""

import click

from offhook_cli import output
from offhook_cli.options import api, json_option

SHOWN = ("state", "customer_number", "customer_name", "queue", "agent_id", "outcome", "outcome_reason", "disposition")


@click.command()
@click.argument("contact_id")
@json_option
def contact(contact_id: str, to_json: bool) -> None:
    """Show a contact and its cost."""
    found = api()
    one = found.get(f"/v1/analytics/contacts/{contact_id}")
    cost = found.get(f"/v1/analytics/contacts/{contact_id}/cost")
    if to_json:
        output.as_json({**one, "cost": cost})
        return
    click.echo(f"contact          {contact_id}")
    for name in SHOWN:
        if one.get(name):
            click.echo(f"{name.replace('_', ' '):16} {one[name]}")
    click.echo(f"started          {output.clock(one['started_at'])}")
    click.echo(f"ended            {output.clock(one.get('ended_at'))}")
    click.echo(f"cost             {cost['total']} {cost['currency']}\n")
    click.echo(output.table(cost["lines"], ("meter", "quantity", "unit", "cost"), "nothing booked yet"))
