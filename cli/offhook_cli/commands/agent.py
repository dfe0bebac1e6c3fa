"""`offhook agent`: what an agent does at the desk, from a shell: state, calls, and everything one does with a call."""

import time
from typing import Any

import click

from offhook_cli import output
from offhook_cli.http import Api, Refused, Unreachable
from offhook_cli.options import api, json_option
from offhook_cli.present import DESK, present_contact

BEAT_S = 11.0
SHOWN = ("contact_id", "state", "role", "direction", "on_hold", "muted", "disposition", "resolved", "notes")
PARTY = ("id", "kind", "role", "state", "name", "on_hold", "muted")


@click.group()
def agent() -> None:
    """Work as the agent of OFFHOOK_EMAIL and OFFHOOK_PASSWORD. WHOM is agent:a_2, queue:sales or a number."""


@agent.command()
@json_option
def desk(to_json: bool) -> None:
    """Show presence, the present contact and who else is in the call."""
    _show(api().get(DESK), to_json)


@agent.command("sign-in")
@click.option("--phone", help="Be rung at this number instead of the configured device.")
def sign_in(phone: str | None) -> None:
    """Begin to work; without a heartbeat each 11 s (`offhook agent stay`) the desk counts as gone after 20 s."""
    body = {"endpoint": {"kind": "phone", "address": phone}} if phone else {}
    click.echo(api().request("POST", f"{DESK}/session", body)["session_id"])


@agent.command()
@click.option("--phone", help="Be rung at this number instead of the configured device.")
def stay(phone: str | None) -> None:
    """Begin to work and stay signed in until interrupted; use the other commands from another shell."""
    found = api()
    body = {"endpoint": {"kind": "phone", "address": phone}} if phone else {}
    session = found.request("POST", f"{DESK}/session", body)["session_id"]
    click.echo(session)
    try:
        while True:
            time.sleep(BEAT_S)
            _beat(found, session)
    finally:
        found.request("DELETE", f"{DESK}/session")


@agent.command("sign-out")
def sign_out() -> None:
    """Stop, after the present contact if there is one."""
    api().request("DELETE", f"{DESK}/session")


@agent.command()
@click.argument("state", type=click.Choice(["available", "away", "offline"]))
@click.option("--reason", default="", help="Why away.")
def state(state: str, reason: str) -> None:
    """Choose a state: now, or after this call when there is one."""
    found = api().request("PUT", f"{DESK}/state", {"state": state, "reason": reason})
    click.echo(f"{found['state']}, then {found['next_state']}")


@agent.command()
@click.argument("number")
@click.option("--queue", default="", help="On whose behalf.")
@click.option("--caller-id", default="", help="The number to show.")
@json_option
def dial(number: str, queue: str, caller_id: str, to_json: bool) -> None:
    """Call NUMBER: first your own device rings, then theirs."""
    body = {"to": number, "queue_id": queue, "caller_id": caller_id}
    _show(api().request("POST", "/v1/routing/calls", body), to_json)


@agent.command()
@click.argument("whom")
@json_option
def consult(whom: str, to_json: bool) -> None:
    """Ring WHOM and speak with them first; the customer is on hold."""
    _act("POST", "parties", {"to": _target(whom), "role": "consult"}, to_json)


@agent.command()
@click.argument("whom")
@json_option
def add(whom: str, to_json: bool) -> None:
    """Ring WHOM into the conversation."""
    _act("POST", "parties", {"to": _target(whom), "role": "conference"}, to_json)


@agent.command()
@click.argument("whom")
@json_option
def transfer(whom: str, to_json: bool) -> None:
    """Give the call to WHOM without a word."""
    _act("POST", "transfer", {"to": _target(whom)}, to_json)


@agent.command("hand-over")
@click.argument("party")
@json_option
def hand_over(party: str, to_json: bool) -> None:
    """Give the call to PARTY, who is in it."""
    _act("POST", f"parties/{party}/handover", {}, to_json)


@agent.command()
@click.argument("party")
@json_option
def drop(party: str, to_json: bool) -> None:
    """Take PARTY out of the call, or ring them no longer."""
    _act("DELETE", f"parties/{party}", None, to_json)


@agent.command()
@click.argument("to")
@json_option
def speak(to: str, to_json: bool) -> None:
    """Speak with "customer", "everyone" or a party; the others are on hold."""
    _act("PUT", "speaking-with", {"to": to}, to_json)


@agent.command()
@click.argument("pressed")
@click.option("--to", default="", help="Whose line (default: the customer's).")
@json_option
def keys(pressed: str, to: str, to_json: bool) -> None:
    """Press keys into the call."""
    _act("POST", "keys", {"keys": pressed, "to": to}, to_json)


@agent.command()
@click.argument("on", type=click.Choice(["on", "off"]))
@click.option("--party", default="", help="Whom (default: the customer).")
@json_option
def hold(on: str, party: str, to_json: bool) -> None:
    """Hold or resume."""
    if party:
        _act("PATCH", f"parties/{party}", {"held": on == "on"}, to_json)
    else:
        _act("PUT", "hold", {"on": on == "on"}, to_json)


@agent.command()
@click.argument("on", type=click.Choice(["on", "off"]))
@click.option("--party", default="", help="Whom (default: yourself).")
@json_option
def mute(on: str, party: str, to_json: bool) -> None:
    """Mute or unmute."""
    if party:
        _act("PATCH", f"parties/{party}", {"muted": on == "on"}, to_json)
    else:
        _act("PUT", "mute", {"on": on == "on"}, to_json)


@agent.command("ask-supervisor")
@click.argument("note", default="")
@click.option("--withdraw", is_flag=True, help="None is needed any more.")
@json_option
def ask_supervisor(note: str, withdraw: bool, to_json: bool) -> None:
    """Ask a supervisor into the call; NOTE says what about."""
    if withdraw:
        _act("DELETE", "help", None, to_json)
    else:
        _act("POST", "help", {"note": note}, to_json)


@agent.command("hang-up")
@json_option
def hang_up(to_json: bool) -> None:
    """Leave the conversation."""
    _act("DELETE", "conversation", None, to_json)


@agent.command("more-time")
@json_option
def more_time(to_json: bool) -> None:
    """Extend the wrap-up, twice at most for a contact."""
    answer = api().request("POST", f"{DESK}/wrap-up/extension", {})
    _show(answer, to_json)


@agent.command()
@click.option("--disposition", help="How it was handled.")
@click.option("--notes", help="What to remember.")
def finish(disposition: str | None, notes: str | None) -> None:
    """Write down and end the wrap-up."""
    found = api()
    if disposition or notes is not None:
        contact = present_contact(found)
        found.request("PATCH", f"/v1/routing/contacts/{contact}/notes", {"disposition": disposition, "notes": notes})
    found.request("DELETE", f"{DESK}/wrap-up")


def _beat(found: Api, session: str) -> None:
    """A system that is too busy once is asked again with the next beat."""
    try:
        found.request("POST", f"{DESK}/heartbeat", {"session_id": session})
    except Unreachable as trouble:
        click.echo(str(trouble), err=True)
    except Refused as refused:
        if refused.status < 500:
            raise
        click.echo(f"{refused} ({refused.code})", err=True)


def _act(method: str, what: str, body: dict[str, Any] | None, to_json: bool) -> None:
    found = api()
    _show(found.request(method, f"/v1/routing/contacts/{present_contact(found)}/{what}", body), to_json)


def _target(whom: str) -> dict[str, str]:
    kind, colon, name = whom.partition(":")
    if colon and kind in ("agent", "queue"):
        return {"kind": kind, "id": name}
    return {"kind": "number", "id": whom}


def _show(found: dict[str, Any], to_json: bool) -> None:
    if to_json:
        output.as_json(found)
        return
    work = found["work"]
    click.echo(f"{found['agent']['state']}, then {found['agent']['next_state']}")
    if work is None:
        return
    facts = {name: work[name] for name in SHOWN if work[name] not in (None, "", False)}
    click.echo("\n".join(f"{name.replace('_', ' '):16} {value}" for name, value in facts.items()))
    click.echo(output.table(work["parties"], PARTY, "nobody else is in the call"))
