"""`offhook why`: why a contact waits, and why it went where it went."""

from collections.abc import Iterator
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
    "party_invited": "{by_agent_id} has {who} rung ({party_role})",
    "party_joined": "{who} is in the call ({party_role})",
    "party_left": "{who} is out of the call: {party_end}",
    "call_transferred": "{by_agent_id} gave the call to {who}, {warmth}",
    "call_taken_over": "{agent_id} took the call over from {from_agent_id}",
    "monitoring_changed": "{agent_id} is beside {of_agent_id}: {mode}",
    "help_asked": "{agent_id} asks for a supervisor {note}",
    "agent_lost": "{agent_id} was lost; the caller keeps their place",
    "recording_paused": "recording paused: {reason}",
    "agent_wrap_up_extended": "{extended_s:.0f} s more for wrap-up",
    "recording_resumed": "recorded again after {paused_s:.0f} s: {reason}",
    "callback_requested": "to be called back, with the place since {place} {origin}",
    "callback_put_off": "called back later: {reason}",
    "callback_reminded": "{agent_id} is reminded",
    "callback_dialled": "attempt {attempt} to reach the customer",
    "callback_attempted": "attempt {attempt}: {result}",
    "voicemail_left": "left a message of {duration_s:.0f} s",
    "voicemail_changed": "message {status} {agent_id} {outcome}",
    "survey_answered": "answered {question_id}: {answer}",
    "contact_ended": "ended: {outcome} {outcome_reason}",
}
LEADS_NOW = "took_over"  # a party who is none any more: call_transferred tells it
UNSAID = {"priority": 0, "waited_s": 0.0, "paused_s": 0.0, "duration_s": 0.0}


@click.command()
@click.argument("contact_id")
@json_option
def why(contact_id: str, to_json: bool) -> None:
    """Say why a contact is waiting, or why it went where it went."""
    found = api().get(f"/v1/analytics/contacts/{contact_id}")
    steps = [event for event in found["timeline"] if event["type"] in TOLD]
    now = _now(contact_id)
    if to_json:
        output.as_json({"now": now, "steps": steps})
        return
    if now:
        click.echo(now)
    for line in told(steps):
        click.echo(line)


def told(steps: list[dict[str, Any]]) -> Iterator[str]:
    """Each step in words; parties by the agent or the number that was rung."""
    parties: dict[str, str] = {}
    for event in steps:
        if event["type"] == "party_invited":
            parties[event["party_id"]] = event.get("agent_id") or event.get("address") or ""
        if event.get("party_end") != LEADS_NOW:
            yield f"  {output.clock(event['at'])}  {_words(event, parties)}"


def _now(contact_id: str) -> str:
    """What is true at this moment; "" of a contact that is no longer under way."""
    try:
        said: str = api().get(f"/v1/routing/contacts/{contact_id}/explanation")["explanation"]
    except Refused as refused:
        if refused.code != "not_found":
            raise
        return ""
    return said


def _words(event: dict[str, Any], parties: dict[str, str]) -> str:
    known = _Known(UNSAID | {name: value for name, value in event.items() if value is not None})
    known["who"] = known["agent_id"] or parties.get(known["party_id"], "") or known["to_kind"]
    known["warmth"] = "warm" if event.get("warm") else "cold"
    known["place"] = output.clock(event.get("enqueued_at"))
    known["origin"] = f"of {known['origin_contact_id']}" if known["origin_contact_id"] else ""
    return " ".join(TOLD[event["type"]].format_map(known).split())


class _Known(dict[str, Any]):
    """What an event says; what it does not say is "" in words."""

    def __missing__(self, name: str) -> str:
        return ""
