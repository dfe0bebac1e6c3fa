"""`offhook call`: somebody calls, and what happens is printed as it happens."""

import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click
from offhook.domain.ids import CallSid, TenantId, contact_id_for

from offhook_cli import output
from offhook_cli.http import Api, Carrier, Refused
from offhook_cli.options import api, carrier, json_option
from offhook_cli.places import demo_number

CALLER = "+14155550123"
OUTCOME_LIMIT_S = 20.0
POLL_S = 15.0


@click.command()
@click.option("--to", "to", help="The number called (default: the demo's).")
@click.option("--from", "from_", default=CALLER, show_default=True, help="The caller's number.")
@click.option("--press", multiple=True, help="Keys for the next question; may be given several times.")
@click.option("--script", help='What the caller does, e.g. "press 1 after the first prompt, hang up after 40 s".')
@click.option("--no-wait", is_flag=True, help="Place the call and return.")
@json_option
def call(to: str | None, from_: str, press: tuple[str, ...], script: str | None, no_wait: bool, to_json: bool) -> None:
    """Place a simulated call and follow it to its recorded outcome."""
    if press and script:
        raise click.UsageError("Give --press or --script, not both.")
    network = carrier()
    sid = network.place_call(from_, to or demo_number(), script or ", ".join(f"press {keys}" for keys in press))
    if no_wait:
        output.as_json({"sid": sid}) if to_json else click.echo(sid)
        return
    follow(network, sid, to_json=to_json)
    _conclude(api(), sid, to_json=to_json)


def follow(network: Carrier, sid: str, *, to_json: bool) -> None:
    """Print each step of the call until it is over; interrupted, the caller hangs up."""
    try:
        for entry in steps(network, sid):
            if to_json:
                output.as_json_line(entry)
            else:
                at = datetime.fromtimestamp(entry["at"]).strftime("%H:%M:%S")
                click.echo(f"{at}  {entry['text']}")
    except KeyboardInterrupt:
        network.hang_up(sid)
        raise


def steps(network: Carrier, sid: str) -> Iterator[dict[str, Any]]:
    """The transcript of a call as it grows."""
    since = 0
    while True:
        page = network.transcript(sid, since, POLL_S)
        yield from page["entries"]
        since = page["next"]
        if page["over"] and not page["entries"]:
            return


def contact_id(found: Api, sid: str) -> str:
    """The contact of a call to a number of the tenant that is signed in."""
    tenant = found.get("/v1/tenants/me")["tenant"]["id"]
    return contact_id_for(TenantId(tenant), CallSid(sid))


def outcome(found: Api, contact: str) -> dict[str, Any] | None:
    """The contact once its outcome is recorded; None when that takes too long."""
    deadline = time.monotonic() + OUTCOME_LIMIT_S
    while time.monotonic() < deadline:
        try:
            answer: dict[str, Any] = found.get(f"/v1/analytics/contacts/{contact}")["contact"]
        except Refused as refused:
            if refused.status != 404:
                raise
            answer = {}
        if answer.get("outcome"):
            return answer
        time.sleep(0.5)
    return None


def _conclude(found: Api, sid: str, *, to_json: bool) -> None:
    contact = contact_id(found, sid)
    ended = outcome(found, contact)
    if to_json:
        output.as_json_line({"contact_id": contact, "outcome": ended and ended["outcome"], "sid": sid})
    elif ended is None:
        click.echo(f"\ncontact  {contact}\noutcome  not recorded yet: offhook contact {contact}")
    else:
        reason = f" ({ended['outcome_reason']})" if ended.get("outcome_reason") else ""
        click.echo(f"\ncontact  {contact}\noutcome  {ended['outcome']}{reason}")
