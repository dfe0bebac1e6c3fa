"""The contact that the person who asks is working on."""

import click

from offhook_cli.http import Api

DESK = "/v1/routing/agents/me"


def present_contact(found: Api) -> str:
    """Its id; says so when there is none."""
    contact = found.get(DESK)["agent"]["contact_id"]
    if not contact:
        raise click.ClickException("You have no contact.")
    return str(contact)
