"""`offhook supervise` and `offhook recording` are one request each, for the call that is meant."""

from typing import Any

import pytest

from tests.unit.cli.conftest import Address, Run

AT = "/v1/routing/contacts/c_1"
DESK = {"agent": {"state": "busy", "next_state": "available", "contact_id": "c_1"}, "work": None}


@pytest.mark.parametrize(
    ("words", "method", "path", "body", "answer", "shown"),
    [
        (["join", "c_1", "whisper"], "PUT", f"{AT}/monitoring", {"mode": "whisper", "private": False},
         {"mode": "whisper", "state": "ringing"}, "whisper, ringing"),
        (["leave", "c_1"], "DELETE", f"{AT}/monitoring", None, (204, None), "left"),
        (["take-over", "c_1"], "POST", f"{AT}/takeover", None, DESK, "you are busy with c_1"),
        (["end", "c_1"], "POST", f"{AT}/end", None, {"state": "ended", "outcome": "completed"}, "outcome completed"),
    ],
)  # fmt: skip
def test_each_act_of_a_supervisor_is_one_request(
    address: Address, run: Run, words: list[str], method: str, path: str, body: Any, answer: Any, shown: str
) -> None:
    address.answers[method, path] = answer
    result = run("supervise", *words)

    assert result.exit_code == 0 and shown in result.output
    assert [given for _, given in address.asked(method, path)] == [body]


@pytest.mark.parametrize(("what", "state"), [("pause", "paused"), ("resume", "in-progress"), ("stop", "stopped")])
def test_the_recording_of_the_present_call_does_what_is_asked(
    address: Address, run: Run, what: str, state: str
) -> None:
    address.answers["GET", "/v1/routing/agents/me"] = DESK
    address.answers["PUT", f"{AT}/recording"] = {"state": "recording", "asked": "paused"}
    shown = run("recording", "set", what).output

    assert address.asked("PUT", f"{AT}/recording")[0][1] == {"state": state}
    assert shown == "recording, paused is asked for\n"


def test_a_recording_is_shown_and_played_with_the_reason(address: Address, run: Run) -> None:
    address.answers["GET", "/v1/routing/agents/me"] = DESK
    address.answers["GET", f"{AT}/recording"] = {"state": "off", "asked": ""}
    address.answers["GET", "/v1/routing/recordings/r_1"] = {"url": "https://media.invalid/r_1"}

    assert run("recording", "show").output == "off\n"
    assert run("recording", "play", "r_1", "--reason", "complaint").output == "https://media.invalid/r_1\n"
    assert address.asked("GET", "/v1/routing/recordings/r_1")[0][0] == "reason=complaint"


def test_an_agent_asks_for_a_supervisor_and_needs_none_any_more(address: Address, run: Run) -> None:
    desk = {**DESK, "work": None}
    address.answers |= {
        ("GET", "/v1/routing/agents/me"): desk, ("POST", f"{AT}/help"): desk, ("DELETE", f"{AT}/help"): desk,
    }  # fmt: skip

    assert run("agent", "ask-supervisor", "a refund").exit_code == 0
    assert run("agent", "ask-supervisor", "--withdraw").exit_code == 0
    assert address.asked("POST", f"{AT}/help")[0][1] == {"note": "a refund"}
    assert address.asked("DELETE", f"{AT}/help")
