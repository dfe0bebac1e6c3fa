"""`offhook callbacks` and `offhook voicemails`: who is to be called back, and what callers left."""

from datetime import UTC, datetime
from typing import Any

import click

from offhook_cli import output
from offhook_cli.options import api, json_option

CALLBACKS, VOICEMAILS = "/v1/routing/callbacks", "/v1/routing/voicemails"
CALLBACK = ("id", "status", "number", "queue", "place", "due", "attempts", "last_result", "agent_id")
VOICEMAIL = ("id", "status", "number", "queue", "left", "duration_s", "agent_id", "callback_id")


@click.group()
def callbacks() -> None:
    """Customers who are to be called back."""


@callbacks.command("list")
@click.option("--queue", help="Only this queue's.")
@json_option
def list_callbacks(queue: str | None, to_json: bool) -> None:
    """Those who wait for an agent, then those put off."""
    _show(CALLBACKS, queue, to_json, CALLBACK, {"place": "enqueued_at", "due": "due_at"})


@callbacks.command()
@click.argument("number")
@click.argument("queue")
@click.option("--at", help="When, as 2026-01-31T15:00 in UTC; left out = as soon as an agent is free.")
@click.option("--owner", default="", help="The agent who is asked first.")
@click.option("--remind", default=0.0, help="How many seconds before, the owner is reminded.")
def ask(number: str, queue: str, at: str | None, owner: str, remind: float) -> None:
    """Have a customer called back."""
    body: dict[str, Any] = {"number": number, "queue": queue}
    wish = {"at": _instant(at) if at else None, "owner": owner, "remind_s": remind}
    made = api().request("POST", CALLBACKS, body | {name: value for name, value in wish.items() if value})
    click.echo(f"callback  {made['id']}  {made['status']}, due {_time(made['due_at'])}")


@callbacks.command()
@click.argument("callback")
def cancel(callback: str) -> None:
    """Nobody is called any more."""
    api().request("DELETE", f"{CALLBACKS}/{callback}")
    click.echo(f"cancelled  {callback}")


@callbacks.command("claim")
@click.argument("callback")
def claim_callback(callback: str) -> None:
    """I take it now, out of turn."""
    api().request("PUT", f"{CALLBACKS}/{callback}/claim")
    click.echo(f"claimed  {callback}")


@click.group()
def voicemails() -> None:
    """Messages that callers left."""


@voicemails.command("list")
@click.option("--queue", help="Only this queue's.")
@json_option
def list_voicemails(queue: str | None, to_json: bool) -> None:
    """Those that are not closed, the oldest first."""
    _show(VOICEMAILS, queue, to_json, VOICEMAIL, {"left": "left_at"})


@voicemails.command()
@click.argument("voicemail")
def play(voicemail: str) -> None:
    """A link to listen to it, good for five minutes."""
    click.echo(api().get(f"{VOICEMAILS}/{voicemail}/sound")["url"])


@voicemails.command()
@click.argument("voicemail")
def claim(voicemail: str) -> None:
    """I work on it."""
    click.echo(f"claimed by {api().request('PUT', f'{VOICEMAILS}/{voicemail}/claim')['agent_id']}")


@voicemails.command("call-back")
@click.argument("voicemail")
def call_back(voicemail: str) -> None:
    """Have the caller called back by the queue."""
    click.echo(f"callback  {api().request('POST', f'{VOICEMAILS}/{voicemail}/callback')['callback_id']}")


@voicemails.command()
@click.argument("voicemail")
@click.argument("outcome", type=click.Choice(["answered", "no_answer_needed", "unreachable", "spam", "other"]))
def close(voicemail: str, outcome: str) -> None:
    """Done with."""
    api().request("PUT", f"{VOICEMAILS}/{voicemail}/outcome", {"outcome": outcome})
    click.echo(f"closed  {voicemail}")


def _show(path: str, queue: str | None, to_json: bool, columns: tuple[str, ...], times: dict[str, str]) -> None:
    found = api().get(path, **({"queue": queue} if queue else {}))["data"]
    if to_json:
        output.as_json(found)
        return
    rows = [{**one, **{name: _time(one[field]) for name, field in times.items()}} for one in found]
    click.echo(output.table(rows, columns))


def _time(at: int | None) -> str:
    return "" if at is None else datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")


def _instant(written: str) -> int:
    try:
        return round(datetime.fromisoformat(written).replace(tzinfo=UTC).timestamp() * 1000)
    except ValueError as wrong:
        raise click.BadParameter("A time such as 2026-01-31T15:00.", param_hint="--at") from wrong
