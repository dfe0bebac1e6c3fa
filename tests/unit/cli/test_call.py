"""`offhook call` follows a call to its recorded outcome."""

import json
from typing import Any

import pytest
from offhook.domain.ids import CallSid, TenantId, contact_id_for

from tests.unit.cli.conftest import Address, Run

TENANT = "t_00000000000000000001"
CONTACT = contact_id_for(TenantId(TENANT), CallSid("CA1"))


def page(*texts: str, over: bool, start: int = 0) -> dict[str, Any]:
    entries = [{"index": start + n, "at": 0.0, "kind": "heard", "text": text} for n, text in enumerate(texts)]
    return {"entries": entries, "next": start + len(entries), "over": over, "status": "completed"}


@pytest.fixture
def answering(address: Address) -> Address:
    address.answers |= {
        ("POST", "/_carrier/calls"): {"sid": "CA1"},
        ("GET", "/_carrier/calls/CA1/transcript"): [
            page("dialled", over=False),
            page("call over", over=True, start=1),
            page(over=True, start=2),
        ],
        ("GET", "/v1/tenants/me"): {"tenant": {"id": TENANT}},
        ("GET", f"/v1/analytics/contacts/{CONTACT}"): [
            (404, {"code": "not_found", "detail": "not yet"}),
            {"contact": {"outcome": "completed", "outcome_reason": "flow_ended"}},
        ],
    }
    return address


def test_a_call_is_printed_step_by_step_to_its_outcome(answering: Address, run: Run) -> None:
    result = run("call", "--to", "+14155550100", "--press", "1", "--press", "2")

    assert result.exit_code == 0, result.output
    steps = [line.split("  ", 1)[1] for line in result.output.splitlines()[:2]]
    assert steps == ["dialled", "call over"]
    assert "completed (flow_ended)" in result.output
    ((_, placed),) = answering.asked("POST", "/_carrier/calls")
    assert placed == {"from": "+14155550123", "to": "+14155550100", "script": "press 1, press 2"}


def test_every_line_of_json_is_one_step_and_the_last_one_the_outcome(answering: Address, run: Run) -> None:
    lines = [json.loads(line) for line in run("call", "--to", "+1", "--json").output.splitlines()]

    assert [line["text"] for line in lines[:-1]] == ["dialled", "call over"]
    assert lines[-1] == {"contact_id": CONTACT, "outcome": "completed", "sid": "CA1"}


def test_a_call_that_is_not_waited_for_prints_its_sid(answering: Address, run: Run) -> None:
    assert run("call", "--to", "+1", "--no-wait").output == "CA1\n"


def test_keys_and_a_script_together_are_refused(run: Run) -> None:
    result = run("call", "--to", "+1", "--press", "1", "--script", "hang up")

    assert result.exit_code == 2
    assert "not both" in result.output
