"""The validator against the shared fixtures: each flow with the problems it must have, no more and no fewer."""

import json
from pathlib import Path
from typing import Any

import pytest
from offhook.domain.ids import FlowId
from offhook.domain.ivr.problems import Known, KnownFlow
from offhook.domain.ivr.validator import MAX_NODES, validate
from offhook.stores.flows import parse_flow, parse_tests

from tests.unit.ivr.worlds import flow

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "flows").glob("*.json"))


def known_of(raw: dict[str, Any]) -> Known:
    flows = {name: KnownFlow(tuple(f["languages"]), frozenset(f["calls"])) for name, f in raw.get("flows", {}).items()}
    return Known(
        raw["queues"],
        frozenset(raw["calendars"]),
        frozenset(raw["surveys"]),
        frozenset(raw.get("connectors", ())),
        flows=flows,
        prompts=frozenset(raw.get("prompts", ())),
    )


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_the_fixture_has_exactly_its_problems(path: Path) -> None:
    fixture = json.loads(path.read_text())
    made, unreadable = parse_flow(json.dumps(fixture["flow"]), FlowId("f"))
    _, untestable = parse_tests(json.dumps(fixture["flow"]))
    found = [(p.code, p.path) for p in (*unreadable, *untestable, *validate(made, known_of(fixture["known"])))]
    assert sorted(found) == sorted((p["code"], p["path"]) for p in fixture["problems"])


def test_the_fixtures_cover_every_code() -> None:
    codes = {problem["code"] for path in FIXTURES for problem in json.loads(path.read_text())["problems"]}
    assert codes >= {
        "missing_start", "unknown_node", "unknown_type", "unknown_field", "malformed", "dead_end", "no_end",
        "unreachable", "loop_without_input", "missing_exit", "unknown_exit", "missing_language",
        "recording_without_notice", "key_conflict", "empty_prompt", "empty_case", "bad_address", "bad_attribute",
        "bad_number", "out_of_range", "too_large", "unknown_queue", "unknown_calendar", "unknown_survey",
        "unknown_connector", "unknown_choice", "speech_conflict", "unknown_flow", "flow_cycle", "too_deep",
        "unknown_prompt",
    }  # fmt: skip


def test_a_flow_has_a_limited_number_of_nodes() -> None:
    nodes = {f"n{n}": {"type": "say", "text": {"en-US": "x"}, "next": f"n{n + 1}"} for n in range(MAX_NODES)}
    problems = validate(flow({**nodes, f"n{MAX_NODES}": {"type": "hang_up"}}, start="n0"))
    assert ("too_large", "$.nodes") in [(p.code, p.path) for p in problems]


def test_what_the_tenant_has_is_checked_only_when_it_is_known() -> None:
    made = flow({"start": {"type": "survey", "survey": "any", "next": "bye"}})
    assert validate(made) == []
