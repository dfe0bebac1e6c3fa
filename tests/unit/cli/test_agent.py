"""`offhook agent` works at the desk of whoever is signed in."""

from typing import Any

import pytest

from tests.unit.cli.conftest import Address, Run

PARTY = {
    "id": "o_1", "kind": "agent", "role": "consult", "state": "ringing", "name": "Ben", "agent_id": "a_2",
    "address": "", "on_hold": False, "muted": False,
}  # fmt: skip
WORK = {
    "contact_id": "c_1", "state": "connected", "role": "leads", "direction": "inbound", "on_hold": True,
    "muted": False, "disposition": None, "resolved": None, "notes": "", "parties": [PARTY],
}  # fmt: skip
DESK = {"agent": {"state": "busy", "next_state": "available", "contact_id": "c_1"}, "work": WORK}
AT = "/v1/routing/contacts/c_1"


@pytest.mark.parametrize(
    ("words", "method", "path", "body"),
    [
        (["consult", "agent:a_2"], "POST", f"{AT}/parties", {"to": {"kind": "agent", "id": "a_2"}, "role": "consult"}),
        (["add", "+493012345678"], "POST", f"{AT}/parties",
         {"to": {"kind": "number", "id": "+493012345678"}, "role": "conference"}),
        (["transfer", "queue:sales"], "POST", f"{AT}/transfer", {"to": {"kind": "queue", "id": "sales"}}),
        (["hand-over", "o_1"], "POST", f"{AT}/parties/o_1/handover", {}),
        (["drop", "o_1"], "DELETE", f"{AT}/parties/o_1", None),
        (["speak", "everyone"], "PUT", f"{AT}/speaking-with", {"to": "everyone"}),
        (["keys", "12#", "--to", "o_1"], "POST", f"{AT}/keys", {"keys": "12#", "to": "o_1"}),
        (["hold", "on"], "PUT", f"{AT}/hold", {"on": True}),
        (["hold", "off", "--party", "o_1"], "PATCH", f"{AT}/parties/o_1", {"held": False}),
        (["mute", "on"], "PUT", f"{AT}/mute", {"on": True}),
        (["more-time"], "POST", "/v1/routing/agents/me/wrap-up/extension", {}),
        (["hang-up"], "DELETE", f"{AT}/conversation", None),
        (["dial", "+14155550188"], "POST", "/v1/routing/calls",
         {"to": "+14155550188", "queue_id": "", "caller_id": ""}),
    ],
)  # fmt: skip
def test_each_control_is_one_request_and_shows_what_holds_then(
    address: Address, run: Run, words: list[str], method: str, path: str, body: Any
) -> None:
    address.answers |= {("GET", "/v1/routing/agents/me"): DESK, (method, path): DESK}
    result = run("agent", *words)

    assert result.exit_code == 0, result.output
    assert [given for _, given in address.asked(method, path)] == [body]
    assert "Ben" in result.output and "busy, then available" in result.output


def test_without_a_contact_there_is_nothing_to_control(address: Address, run: Run) -> None:
    free = {"agent": {"state": "available", "next_state": "available", "contact_id": None}, "work": None}
    address.answers |= {("GET", "/v1/routing/agents/me"): free}
    result = run("agent", "hang-up")

    assert result.exit_code != 0 and "no contact" in result.output
