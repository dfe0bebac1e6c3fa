"""Commands that read: floor, events, contacts, one contact, reports, status."""

import json
from typing import Any

from tests.unit.cli.conftest import Address, Run

FLOOR: dict[str, Any] = {
    "as_of": 100_000,
    "contacts": 1,
    "queues": [
        {
            "name": "Sales", "waiting": 1, "longest_wait_s": 12.0, "service_level": 0.8, "offered": 5, "answered": 4,
            "abandoned": 0,
        }
    ],
    "agents": [{"name": "Ada", "state": "busy", "since": 35_000, "reason": "", "contact_id": "c_1"}],
    "calls": [
        {
            "contact_id": "c_1", "agent_id": "a_1", "agent_name": "Ada", "queue": "q_1", "since": 40_000,
            "direction": "inbound", "on_hold": False, "help_asked_at": 90_000, "help_note": "refund",
            "monitored_by": [
                {"agent_id": "a_2", "name": "Bob", "mode": "whisper", "private": False, "state": "joined"}
            ],
        }
    ],
}  # fmt: skip
REPORT: dict[str, Any] = {
    "name": "volume",
    "start": "2026-01-01",
    "end": "2026-01-02",
    "time_zone": "UTC",
    "columns": [{"name": "interval", "unit": "time"}, {"name": "offered", "unit": "count"}],
    "rows": [{"interval": "09:00", "offered": 3}, {"interval": "09:30", "offered": 0}],
    "totals": {"offered": 3},
}


def test_the_floor_shows_queues_and_agents(address: Address, run: Run) -> None:
    address.answers["GET", "/v1/analytics/floor"] = FLOOR

    shown = run("floor", "--once").output

    assert "80 %" in shown
    assert "1:05" in shown
    assert "0:10 refund" in shown and "Bob (whisper)" in shown
    assert json.loads(run("floor", "--once", "--json").output) == FLOOR


def test_an_empty_floor_says_so(address: Address, run: Run) -> None:
    address.answers["GET", "/v1/analytics/floor"] = {**FLOOR, "queues": [], "agents": [], "calls": []}

    shown = run("floor", "--once").output

    assert "no queues" in shown
    assert "nobody is signed in" in shown
    assert "no conversations" in shown


def test_a_report_leaves_out_empty_intervals_unless_all_are_wanted(address: Address, run: Run) -> None:
    address.answers["GET", "/v1/analytics/reports/volume"] = REPORT

    assert "09:30" not in run("report", "volume").output
    assert "09:30" in run("report", "volume", "--all", "--by", "queue", "--from", "2026-01-01").output
    assert address.asked("GET", "/v1/analytics/reports/volume")[1][0] == "from=2026-01-01&by=queue"


def test_a_contact_is_shown_with_what_it_cost(address: Address, run: Run) -> None:
    address.answers["GET", "/v1/analytics/contacts/c_1"] = {
        "contact": {
            "id": "c_1", "state": "ended", "customer_number": "+1", "customer_name": "", "queue": "sales",
            "agent_id": "a_1", "outcome": "completed", "outcome_reason": "", "started_at": 0, "ended_at": 1000,
        },
        "work": None,
        "answers": {"csat": 1},
        "recordings": [],
        "timeline": [{"type": "contact_started", "at": 0, "contact_id": "c_1", "language": "en-US"}],
        "cost": {
            "total": "0.0085", "currency": "USD",
            "lines": [{"service": "inbound", "quantity": "1", "unit": "minute", "cost": "0.0085"}],
        },
    }  # fmt: skip

    shown = run("contact", "c_1").output

    assert "0.0085 USD" in shown
    assert "csat 1" in shown
    assert "language=en-US" in shown


def test_filters_of_the_list_reach_the_api(address: Address, run: Run) -> None:
    address.answers["GET", "/v1/analytics/contacts"] = {"data": [], "next_cursor": None}

    assert "no contacts" in run("contacts", "--queue", "sales", "--outcome", "abandoned").output
    assert address.asked("GET", "/v1/analytics/contacts")[0][0] == "limit=20&queue=sales&outcome=abandoned"


def test_an_ended_token_is_replaced_once(address: Address, run: Run) -> None:
    refusal = (401, {"code": "unauthenticated", "detail": "The access token is not valid."})
    address.answers["GET", "/v1/analytics/floor"] = [refusal, FLOOR]

    assert run("floor", "--once").exit_code == 0
    assert len(address.asked("POST", "/v1/tenants/sessions")) == 2


def test_status_tells_what_does_not_answer(address: Address, run: Run) -> None:
    address.answers["GET", "/"] = {}
    address.answers["GET", "/v1/tenants/me"] = {"tenant": {"id": "t_1", "name": "Demo"}, "role": "owner"}

    result = run("status")

    assert result.exit_code == 1
    assert "carrier    no answer" in result.output


def test_why_tells_what_is_true_now_and_the_reason_of_every_offer(address: Address, run: Run) -> None:
    offer = {"type": "offer_made", "at": 1_000, "agent_id": "ada", "waited_s": 61.2, "reason": "overflow from Billing"}
    added = {"type": "queue_added", "at": 900, "also_queue_id": "sales", "reason": "waited"}
    other = {"type": "key_pressed", "at": 800}
    address.answers["GET", "/v1/analytics/contacts/c_1"] = {"timeline": [other, added, offer]}
    address.answers["GET", "/v1/routing/contacts/c_1/explanation"] = {"explanation": "The contact is offered."}

    shown = run("why", "c_1").output

    assert shown.splitlines()[0] == "The contact is offered."
    assert "also for the agents of sales (waited)" in shown
    assert "to ada after 61 s: overflow from Billing" in shown
    assert "key_pressed" not in shown
    assert json.loads(run("why", "c_1", "--json").output)["steps"] == [added, offer]


def test_why_names_who_was_rung_who_watched_and_what_became_of_it(address: Address, run: Run) -> None:
    party = {"at": 1_000, "party_id": "o_1", "party_kind": "number", "party_role": "consult"}
    steps: list[dict[str, Any]] = [
        {**party, "type": "party_invited", "by_agent_id": "ada", "address": "+14155550188"},
        {**party, "type": "party_joined"},
        {**party, "type": "call_transferred", "by_agent_id": "ada", "to_kind": "number", "warm": True},
        {"type": "monitoring_changed", "at": 2_000, "agent_id": "sam", "of_agent_id": "ben", "mode": "whisper"},
        {"type": "recording_resumed", "at": 3_000, "paused_s": 12.4, "reason": "agent"},
        {"type": "callback_requested", "at": 4_000, "origin_contact_id": "c_0", "enqueued_at": 1_000},
        {"type": "survey_answered", "at": 5_000, "question_id": "csat", "answer": 1},
        {"type": "contact_ended", "at": 6_000, "outcome": "completed"},
    ]
    address.answers["GET", "/v1/analytics/contacts/c_1"] = {"timeline": steps}
    address.answers["GET", "/v1/routing/contacts/c_1/explanation"] = (404, {"code": "not_found", "detail": "gone"})

    told = [line[12:] for line in run("why", "c_1").output.splitlines()]

    assert told[:5] == [
        "ada has +14155550188 rung (consult)",
        "+14155550188 is in the call (consult)",
        "ada gave the call to +14155550188, warm",
        "sam is beside ben: whisper",
        "recorded again after 12 s: agent",
    ]
    assert told[5].endswith("of c_0")
    assert told[6:] == ["answered csat: 1", "ended: completed"]
