"""`offhook supervise`: beside a call from a shell: listen, whisper, barge in, take over, leave."""

from typing import Any

import click

from offhook_cli import output
from offhook_cli.options import api, json_option

MODES = ("listen", "whisper", "barge")


@click.group()
def supervise() -> None:
    """Beside a call, as the supervisor of OFFHOOK_EMAIL and OFFHOOK_PASSWORD, signed in by `offhook agent stay`."""


@supervise.command()
@click.argument("contact_id")
@click.argument("mode", type=click.Choice(MODES))
@click.option("--private", is_flag=True, help="The agent is not shown who listens, where the rules allow it.")
@json_option
def join(contact_id: str, mode: str, private: bool, to_json: bool) -> None:
    """Have your own device rung into the call, or change how you are in it."""
    body = {"mode": mode, "private": private}
    found = api().request("PUT", f"{_at(contact_id)}/monitoring", body)
    output.as_json(found) if to_json else click.echo(f"{found['mode']}, {found['state']}")


@supervise.command()
@click.argument("contact_id")
def leave(contact_id: str) -> None:
    """Out of the call; nothing changes for customer and agent."""
    api().request("DELETE", f"{_at(contact_id)}/monitoring")
    click.echo("left")


@supervise.command("take-over")
@click.argument("contact_id")
@json_option
def take_over(contact_id: str, to_json: bool) -> None:
    """The call is yours; the agent goes to wrap-up."""
    desk: dict[str, Any] = api().request("POST", f"{_at(contact_id)}/takeover")
    me = desk["agent"]
    output.as_json(desk) if to_json else click.echo(f"you are {me['state']} with {me['contact_id']}")


@supervise.command()
@click.argument("contact_id")
@json_option
def end(contact_id: str, to_json: bool) -> None:
    """The call is over for everybody."""
    found = api().request("POST", f"{_at(contact_id)}/end")
    output.as_json(found) if to_json else click.echo(f"{found['state']}, outcome {found['outcome']}")


def _at(contact_id: str) -> str:
    return f"/v1/routing/contacts/{contact_id}"
