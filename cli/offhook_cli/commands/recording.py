"""`offhook recording`: what is recorded of one's present call, from a shell, and listening to what was."""

import click

from offhook_cli import output
from offhook_cli.http import Api
from offhook_cli.options import api, json_option
from offhook_cli.present import present_contact

STATES = {"pause": "paused", "resume": "in-progress", "start": "in-progress", "stop": "stopped"}


@click.group()
def recording() -> None:
    """The recording of a call."""


@recording.command()
@json_option
def show(to_json: bool) -> None:
    """Whether your present call is recorded, paused or neither."""
    found = api()
    _say(found.get(_at(found)), to_json)


@recording.command(name="set")
@click.argument("what", type=click.Choice(list(STATES)))
@json_option
def set_(what: str, to_json: bool) -> None:
    """Pause your present call's recording (while the customer names a card, say), resume, start or stop it."""
    found = api()
    _say(found.request("PUT", _at(found), {"state": STATES[what]}), to_json)


@recording.command()
@click.argument("recording_id")
@click.option("--reason", default="", help="Why; kept in the audit trail.")
@json_option
def play(recording_id: str, reason: str, to_json: bool) -> None:
    """A link to listen to a recording, good for five minutes."""
    found = api().get(f"/v1/routing/recordings/{recording_id}", reason=reason)
    output.as_json(found) if to_json else click.echo(found["url"])


def _at(found: Api) -> str:
    return f"/v1/routing/contacts/{present_contact(found)}/recording"


def _say(mark: dict[str, object], to_json: bool) -> None:
    if to_json:
        output.as_json(mark)
        return
    asked = f", {mark['asked']} is asked for" if mark["asked"] else ""
    click.echo(f"{mark['state']}{asked}")
