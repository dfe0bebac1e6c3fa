"""The whole local system from outside: one command, one conversation, its outcome, report and cost, and a restart."""

import json
from typing import Any

import pytest

from tests.e2e.system import System, within

SCRIPT = "press 1, press 1, press 1, press 9"
IN_REPORTS_S = 60.0

pytestmark = pytest.mark.e2e


def test_a_call_reaches_its_outcome_the_report_and_its_cost_and_a_restart_keeps_them(system: System) -> None:
    began = offered(system)
    steps = [json.loads(line) for line in system.offhook("call", "--script", SCRIPT, "--json").splitlines()]
    heard, ended = [step["text"] for step in steps[:-1]], steps[-1]

    assert any("may be recorded" in words for words in heard)
    assert any(words.startswith("connected with") for words in heard)
    assert heard[-1] == "call over: completed"
    assert ended["outcome"] == "completed"
    within(IN_REPORTS_S, lambda: offered(system) == began + 1)
    contact = ended["contact_id"]
    before = within(IN_REPORTS_S, lambda: _with_cost(system.answer("contact", contact)))
    assert before["answers"] == {"csat": 1, "resolved": 1, "nps": 9}

    system.run("stop")
    system.run()

    assert offered(system) == began + 1
    after = system.answer("contact", contact)
    assert after["contact"]["outcome"] == "completed"
    assert float(after["cost"]["total"]) >= float(before["cost"]["total"]) > 0


def test_the_people_of_the_demo_are_on_the_floor_and_nothing_is_dead(system: System) -> None:
    floor = within(30.0, lambda: _staffed(system.answer("floor", "--once")))

    assert {queue["name"] for queue in floor["queues"]} == {"Sales", "Service"}
    assert system.answer("dead-letters", "list") == []
    assert system.answer("status")["api"] is True


def offered(system: System) -> int:
    """Queue visits of today, by the report."""
    return int(system.answer("report", "volume")["totals"]["offered"] or 0)


def _with_cost(contact: dict[str, Any]) -> dict[str, Any] | None:
    return contact if contact["cost"]["lines"] else None


def _staffed(floor: dict[str, Any]) -> dict[str, Any] | None:
    return floor if floor["agents"] else None
