"""Three people at three shells take one call through everything, call somebody back, and answer a voicemail.

`pytest -s` prints what was typed and answered; docs/walk.md is that text.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from shlex import quote
from typing import Any

import pytest
import requests
from offhook.domain.ids import CallSid, TenantId, contact_id_for
from offhook.domain.recordings.recording import RECORDING_OVER
from offhook_cli.http import Api, Carrier, Refused
from offhook_cli.places import Login

from local.runner.credentials import Credentials
from tests.e2e.neighbour import move_in
from tests.e2e.shells import LIMIT_S, Shell, first, on_shift
from tests.e2e.system import System, within
from tests.world import story

pytestmark = pytest.mark.e2e
ADA_PHONE, CHEN_PHONE, SAM_PHONE = "+14155570001", "+14155570003", "+14155570009"
WRAP_UP_S = 600.0


@dataclass(frozen=True, slots=True)
class Office:
    """Ada sells, Chen serves, Sam supervises; at a tenant where nobody else takes calls."""

    known: Credentials
    ada: Shell
    chen: Shell
    sam: Shell

    def call(self, caller: str, script: str) -> str:
        """Somebody calls; the contact."""
        said = self.sam.types(f"call --to {self.known.number} --from {caller} --script {quote(script)} --no-wait")
        return contact_id_for(TenantId(self.known.tenant_id), CallSid(said.strip()))

    def closed(self, contact: str) -> dict[str, Any]:
        """The contact with all that became of it, once its timeline has the end."""

        def fits(found: dict[str, Any]) -> Any:
            over = "contact_closed" in [event["type"] for event in found["timeline"]]
            return found if over and all(one["status"] in RECORDING_OVER for one in found["recordings"]) else None

        return dict(self.sam.sees_soon(f"contact {contact}", fits))

    def begins_anew(self, system: System) -> None:
        """Nothing of an earlier walk is left: nobody is on the line, to be called back or wrapping up."""
        network = Carrier(system.address())
        for call in network.calls(live=True):
            if call["to"] == self.known.number:
                network.hang_up(call["sid"])
        for one in self.sam.sees("callbacks list"):
            self.sam.types(f"callbacks cancel {one['id']}")
        for shell in (self.ada, self.chen):
            if shell.desk("available", "away", "wrap_up")["agent"]["state"] == "wrap_up":
                shell.types("agent finish --disposition solved")
        self.sam.sees_soon("contacts --open", lambda page: not page["data"])


@pytest.fixture(scope="module")
def office(system: System) -> Iterator[Office]:
    known = move_in(system.state)
    by_agent = {one.agent_id: one for one in known.logins}
    ada, chen = Shell(system, "ada", by_agent["a_1"]), Shell(system, "chen", by_agent["a_3"])
    sam = Shell(system, "sam", by_agent["u_supervisor"])
    _without_hurry(system, known)
    with on_shift((ada, ADA_PHONE), (chen, CHEN_PHONE), (sam, SAM_PHONE)):
        sam.types("agent state away --reason supervising")
        made = Office(known, ada, chen, sam)
        made.begins_anew(system)
        yield made


def test_a_call_is_consulted_transferred_watched_paused_surveyed_and_explained(office: Office) -> None:
    ada, chen, sam = office.ada, office.chen, office.sam
    chen.types("agent state available")
    contact = office.call(story.CUSTOMER, story.SURVEYED)
    assert ada.talking() == contact
    ada.sees_soon("recording show", lambda mark: mark["state"] == "recording")
    ada.types("recording set pause")
    ada.sees_soon("recording show", lambda mark: mark["state"] == "paused")
    ada.types("recording set resume")
    ada.sees_soon("recording show", lambda mark: mark["state"] == "recording")

    ada.types("agent consult agent:a_3")
    party = ada.sees_soon("agent desk", _joined)
    ada.types("agent desk")
    ada.types(f"agent hand-over {party}")
    assert chen.talking(contact) == contact
    ada.desk("wrap_up")
    ada.types("agent finish --disposition solved")

    chen.types('agent ask-supervisor "a refund"')
    sam.types("floor --once")
    for mode in ("listen", "whisper", "barge"):
        sam.types(f"supervise join {contact} {mode}")
        chen.sees_soon("agent desk", partial(_beside, mode))
    sam.types(f"supervise leave {contact}")
    chen.sees_soon("agent desk", lambda desk: not desk["work"]["parties"])

    chen.types("agent transfer agent:a_1")
    assert ada.talking(contact) == contact
    chen.desk("wrap_up")
    chen.types("agent finish --disposition solved")
    ada.types("agent hang-up")
    ada.desk("wrap_up")
    ada.types('agent finish --disposition solved --notes "refunded"')

    found = office.closed(contact)
    said = sam.types(f"why {contact}")
    recording = found["recordings"][0]
    pauses = json.loads(sam.types(f'recording play {recording["sid"]} --reason "quality" --json'))
    assert found["contact"]["outcome"] == "completed" and found["answers"] == {"csat": 1, "resolved": 1, "nps": 9}
    assert pauses["pauses"] and requests.get(pauses["url"], timeout=30).content[:4] == b"RIFF"
    for words in (
        "to a_1", "a_1 has a_3 rung (consult)", "a_1 gave the call to a_3, warm", "a_3 asks for a supervisor a refund",
        "beside a_3: listen", "beside a_3: whisper", "beside a_3: barge", "a_3 gave the call to a_1, cold",
        "recording paused", "recorded again", "answered csat: 1", "ended: completed",
    ):  # fmt: skip
        assert words in said


def test_a_callback_keeps_its_place_before_whoever_came_later(office: Office) -> None:
    chen, sam = office.chen, office.sam
    with _nobody_free(office):
        sam.types(f'phone {story.HASTY} "{story.PICKS_UP}"')
        asked = office.call(story.HASTY, story.CALLS_BACK)
        callback = sam.sees_soon("callbacks list --queue service", lambda found: _id(found, number=story.HASTY))
        waits = office.call(story.PATIENT, story.WAITS)
        sam.sees_soon("contacts --open", lambda page: _state(page["data"], waits) == "waiting")
        sam.types("callbacks list --queue service")
        sam.types(f"why {callback}")
        sam.types(f"why {waits}")
    order = []
    for _ in range(2):
        order.append(chen.talking())
        chen.types("agent hang-up")
        chen.desk("wrap_up")
        chen.types("agent finish --disposition solved")
    assert order == [callback, waits]

    ended, again = office.closed(asked), office.closed(callback)
    office.closed(waits)
    for contact in (asked, callback, waits):
        sam.types(f"why {contact}")
    assert (ended["contact"]["outcome"], again["contact"]["outcome"]) == ("callback", "completed")
    assert _enqueued(again) == _enqueued(ended), "the place of the call in which it was asked for"


def test_a_voicemail_is_claimed_heard_and_answered(office: Office) -> None:
    chen, sam = office.chen, office.sam
    sam.types(f'phone {story.WRITER} "{story.PICKS_UP}"')
    chen.types("agent state available")
    contact = office.call(story.WRITER, story.LEAVES_A_MESSAGE)
    voicemail = chen.sees_soon("voicemails list --queue service", lambda found: _id(found, contact_id=contact))
    chen.types("voicemails list --queue service")
    chen.types(f"voicemails claim {voicemail}")
    sound = chen.types(f"voicemails play {voicemail}").strip()
    assert requests.get(sound, timeout=30).content[:4] == b"RIFF"
    callback = first(r"callback  (\S+)", chen.types(f"voicemails call-back {voicemail}"))
    assert chen.talking() == callback
    chen.types("agent hang-up")
    chen.desk("wrap_up")
    chen.types("agent finish --disposition solved")
    chen.types(f"voicemails close {voicemail} answered")

    office.closed(callback)
    sam.types(f"why {callback}")
    closed = within(LIMIT_S, lambda: (said := sam.sees(f"why {contact}")) and _is_answered(said) and said)
    assert closed
    assert "left a message" in sam.types(f"why {contact}")


@contextmanager
def _nobody_free(office: Office) -> Iterator[None]:
    """Ada and Chen have a break; Chen is back at the end."""
    for shell in (office.ada, office.chen):
        shell.types("agent state away --reason break")
    yield
    office.chen.types("agent state available")


def _without_hurry(system: System, known: Credentials) -> None:
    """Callbacks whatever the hour of this test, wrap-ups as long as it takes; there is no command for it."""
    boss = next(one for one in known.logins if one.role == "supervisor")
    for name in ("sales", "service"):
        within(LIMIT_S, partial(_patient, Api(system.address(), Login(boss.email, boss.password)), name))


def _patient(api: Api, name: str) -> bool:
    """The queue is so; False while the system is too busy to answer."""
    try:
        queue = api.get(f"/v1/routing/queues/{name}")
        policy = {**queue["callbacks"], "from_hour": 0, "until_hour": 24}
        same = {key: value for key, value in queue.items() if key not in ("id", "version", "closed", "closed_until")}
        wanted = {**same, "callbacks": policy, "wrap_up_s": WRAP_UP_S}
        if wanted != same:
            api.request("PUT", f"/v1/routing/queues/{name}", wanted, version=queue["version"])
    except Refused as refused:
        if refused.status < 500:
            raise
        return False
    return True


def _id(found: list[dict[str, Any]], **field: str) -> str:
    """The id of the one with this field."""
    return next((one["id"] for one in found if field.items() <= one.items()), "")


def _state(found: list[dict[str, Any]], contact: str) -> str:
    return next((one["state"] for one in found if one["id"] == contact), "")


def _joined(desk: dict[str, Any]) -> str:
    """The party who is in the call, once there is one."""
    return next((party["id"] for party in desk["work"]["parties"] if party["state"] == "joined"), "")


def _beside(mode: str, desk: dict[str, Any]) -> bool:
    parties = [party for party in desk["work"]["parties"] if party["state"] == "joined"]
    return [party["mode"] for party in parties] == [mode] and bool(desk["work"]["settled"])


def _enqueued(found: dict[str, Any]) -> int:
    return next(int(event["enqueued_at"]) for event in found["timeline"] if event.get("enqueued_at"))


def _is_answered(said: dict[str, Any]) -> bool:
    changes = [event for event in said["steps"] if event["type"] == "voicemail_changed"]
    return bool(changes) and changes[-1].get("outcome") == "answered"
