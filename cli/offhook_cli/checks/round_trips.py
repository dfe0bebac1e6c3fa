"""Webhooks in both directions: from the carrier to us, and from us to a receiver, each signed and verified."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, Queue
from urllib.parse import urlsplit

import requests
from offhook.adapters.carrier.twilio.signature import sign
from offhook.domain import paths

from offhook_cli.checks.finding import Wrong
from offhook_cli.http import Refused, Unreachable
from offhook_cli.options import api
from offhook_cli.places import NotSetUp, base_url, carrier_account
from offhook_cli.receiver import Received, receiver

TIMEOUT_S = 15
EXAMPLE = "contact.ended"
NO_CALL = "CA" + "0" * 32
HERE = ("127.0.0.1", "localhost")


def webhooks_in() -> str:
    """Refused unless signed; answered with a document when signed as the carrier signs. It tells of no change."""
    unsigned = _reported("")
    if unsigned.status_code not in (401, 403):
        told = f"a webhook without signature was answered with {unsigned.status_code}"
        raise Wrong(f"{told}; it must be refused: deploy ivr anew.")
    account = carrier_account()
    if account is None:
        return "refused without a signature (set OFFHOOK_CARRIER_SID and OFFHOOK_CARRIER_TOKEN to try one with it)"
    _carrier_answers()
    signed = _reported(*account)
    if signed.status_code == 403:
        raise Wrong(
            "a webhook signed with the carrier's token was refused: the tenant's token here is another one, "
            f"or OFFHOOK_PUBLIC_API_URL of the functions is not {base_url()}."
        )
    if not signed.ok or "<Response" not in signed.text:
        raise Wrong(f"a signed webhook was answered with {signed.status_code} and no document; see the log of ivr-api.")
    return "refused without a signature, answered with one"


def webhooks_out() -> str:
    """An example event reaches a receiver of this machine, and its signature is right."""
    if urlsplit(base_url()).hostname not in HERE:
        return (
            "not tried: the system cannot reach this machine; try `POST /webhooks/{id}/test` with an endpoint of yours"
        )
    asked, heard = api(), Queue[Received | str]()
    with _listening(heard) as (port, secret):
        try:
            body = {"url": f"http://127.0.0.1:{port}/", "events": [EXAMPLE], "description": "offhook doctor"}
            made = asked.request("POST", "/v1/integrations/webhooks", body)
        except (Refused, Unreachable, NotSetUp) as trouble:
            raise Wrong(f"no endpoint could be added: {trouble}") from trouble
        secret.append(made["secret"])
        where = f"/v1/integrations/webhooks/{made['id']}"
        try:
            asked.request("POST", f"{where}/test", {"type": EXAMPLE})
            return _verdict(heard)
        finally:
            asked.request("DELETE", where)


def _verdict(heard: "Queue[Received | str]") -> str:
    try:
        one = heard.get(timeout=TIMEOUT_S)
    except Empty:
        raise Wrong(
            f"a test event did not arrive within {TIMEOUT_S} s; is integrations-deliver at work? "
            "See its log, and the queue `deliveries`."
        ) from None
    if isinstance(one, str):
        raise Wrong(f"a test event arrived, but {one}.")
    return "an event was sent, received and verified"


@contextmanager
def _listening(heard: "Queue[Received | str]") -> Iterator[tuple[int, list[str]]]:
    """The port, and a list for the secret."""
    secret: list[str] = []
    server = receiver(0, lambda: secret[0] if secret else "", heard.put, heard.put)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield server.server_port, secret
    finally:
        server.shutdown()
        server.server_close()


def _reported(sid: str, token: str = "") -> requests.Response:
    """A progress report of a call that nobody made: only a call's end would matter."""
    url = base_url() + paths.CALL_STATUS
    form = {"AccountSid": sid, "CallSid": NO_CALL, "CallStatus": "in-progress"} if sid else {}
    headers = {"X-Twilio-Signature": sign(token, url, list(form.items()))} if sid else {}
    try:
        return requests.post(url, data=form, headers=headers, timeout=TIMEOUT_S)
    except requests.RequestException as trouble:
        raise Wrong(f"nothing answers at {base_url()}; start it with `make run`, or set OFFHOOK_URL.") from trouble


def _carrier_answers() -> None:
    """The simulator of the local run, where there is one."""
    try:
        there = requests.get(base_url() + "/_carrier/health", timeout=TIMEOUT_S)
    except requests.RequestException:
        return
    if there.status_code in (502, 503, 504):
        raise Wrong("the carrier simulator does not answer, nobody can call; start it with `make run`.")
