"""Scripted tests of a flow: run by the interpreter, told step by step, and in the way of publishing when one fails."""

import json
from typing import Any

import pytest
from offhook.adapters.memory.clock import NOON
from offhook.domain.errors import FlowInvalid, FlowTestFailed
from offhook.domain.ids import FlowId
from offhook.domain.ivr.calendar import Calendar
from offhook.domain.ivr.flow_tests import MAX_TESTS, ScriptResult, run_test
from offhook.domain.tenants.starters import LANGUAGES, TABLE
from offhook.domain.tenants.starters.starter import CALENDAR
from offhook.stores.flows import parse_flow, parse_tests
from offhook.usecases.ivr import drafts, flow_tests, publishing

from tests.unit.ivr.full_flow import FLOW
from tests.unit.ivr.worlds import Tenant, document, menu, queue, transfer

QUEUED = {
    "name": "billing",
    "caller": {"name": "Ms Li"},
    "steps": [
        {"path": ["start", "notice", "menu"], "says": ["Hello Ms Li."]},
        {"press": "1", "path": ["queue"], "queue": "billing", "attributes": {"menu": "1"}},
        {"exit": "max_wait", "path": ["late", "bye"], "says": ["too long"], "ends": "flow_ended"},
    ],
}


def results(tests: list[dict[str, Any]], nodes: dict[str, Any] = FLOW, **frame: Any) -> list[ScriptResult]:
    text = json.dumps(document(nodes, tests=tests, **frame))
    scripts, problems = parse_tests(text)
    assert problems == []
    made = parse_flow(text, FlowId("f"))[0]
    return [run_test(made, script, {"office": Calendar("office", "Office", "UTC")}, NOON) for script in scripts]


def test_a_script_walks_from_the_greeting_to_the_end_and_passes() -> None:
    (result,) = results([QUEUED])
    assert (result.passed, result.differences) == (True, ())
    assert [heard.path for heard in result.steps] == [("start", "notice", "menu"), ("queue",), ("late", "bye")]


@pytest.mark.parametrize(
    ("step", "wrong", "got"),
    [
        (0, {"path": ["start", "menu"]}, "start → notice → menu"),
        (0, {"says": ["Good evening"]}, None),
        (1, {"queue": "sales"}, "billing"),
        (1, {"attributes": {"menu": "2"}}, "1"),
        (2, {"ends": "unavailable"}, "flow_ended"),
    ],
)
def test_the_first_step_that_differs_is_named_with_what_was_expected(
    step: int, wrong: dict[str, Any], got: str | None
) -> None:
    steps: Any = [*QUEUED["steps"]]
    steps[step] = {**steps[step], **wrong}
    (result,) = results([{**QUEUED, "steps": steps}])
    assert not result.passed
    (found,) = result.differences
    assert (found.step, found.what.partition(".")[0]) == (step, next(iter(wrong)))
    assert got is None or found.got == got


def test_keys_language_hours_look_ups_and_transfers_are_scripted() -> None:
    nodes = {
        "start": {"type": "hours", "calendar": "office", "open": "dip", "closed": "bye"},
        "dip": {"type": "data_dip", "connector": "crm", "found": "out", "not_found": "bye", "failed": "bye"},
        "out": transfer("{branch}", busy="menu"),
        "menu": menu(choices={"1": "q"}),
        "q": queue(),
    }
    steps = [
        {"path": ["start", "dip"]},
        {"lookup": "found", "answer": {"branch": "+15005550009"}, "path": ["out"], "number": "+15005550009"},
        {"exit": "busy", "path": ["menu"]},
        {"press": "7", "path": []},
        {"press": "1", "queue": "billing"},
    ]
    opened, shut = results(
        [
            {"name": "open", "calendars": {"office": "open"}, "steps": steps},
            {"name": "shut", "at": "2026-03-01T12:00:00+01:00", "steps": [{"path": ["start", "bye"]}]},
        ],
        nodes,
    )
    assert opened.passed, opened.differences
    assert shut.passed, shut.differences


def test_a_failing_flow_and_a_call_that_ended_early_fail_their_script() -> None:
    broken = results([{"name": "x", "steps": [{}]}], {"start": {"type": "say", "text": {"en-US": "x"}, "next": "no"}})
    assert "unknown_node" in broken[0].differences[0].got
    early = results([{"name": "x", "steps": [{}, {"press": "2"}]}], {"start": {"type": "hang_up"}})
    assert (early[0].differences[0].step, early[0].differences[0].got) == (0, "flow_ended")


@pytest.mark.parametrize(
    ("tests", "path"),
    [
        ("none", "$.tests"),
        ([{"name": "x"}], "$.tests[0]"),
        ([{"name": "", "steps": [{}]}], "$.tests[0].name"),
        ([{"name": "x", "steps": []}], "$.tests[0].steps"),
        ([{"name": "x", "steps": [{"press": "1"}]}], "$.tests[0].steps[0]"),
        ([{"name": "x", "steps": [{}, {}]}], "$.tests[0].steps[1]"),
        ([{"name": "x", "steps": [{}, {"press": "1", "exit": "busy"}]}], "$.tests[0].steps[1]"),
        ([{"name": "x", "steps": [{"expect": "y"}]}], "$.tests[0].steps[0].expect"),
        ([{"name": "x", "steps": [{}], "caller": {"nmae": "y"}}], "$.tests[0].caller.nmae"),
        ([{"name": "x", "steps": [{"path": "menu"}]}], "$.tests[0].steps[0].path"),
        ([{"name": "x", "steps": [{}], "at": "noon"}], "$.tests[0].at"),
        ([{"name": "x", "steps": [{}]}] * (MAX_TESTS + 1), "$.tests"),
    ],
)
def test_a_script_that_cannot_be_read_is_a_problem_of_the_flow(tests: Any, path: str) -> None:
    found = [problem.path for problem in parse_tests(json.dumps(document(FLOW, tests=tests)))[1]]
    assert path in found


def drafted(tenant: Tenant, tests: list[dict[str, Any]]) -> FlowId:
    nodes = {**FLOW, "out": queue()}
    return drafts.create_draft(tenant.deps, drafts.FlowText("Main", document(nodes, tests=tests))).id


def test_a_flow_whose_test_fails_is_not_published_and_the_step_is_named() -> None:
    tenant = Tenant()
    wrong = {**QUEUED, "steps": [{"path": ["start"]}]}
    flow_id = drafted(tenant, [QUEUED, wrong])
    with pytest.raises(FlowTestFailed) as refused:
        publishing.publish(tenant.deps, flow_id, 1, "u")
    assert refused.value.field == "$.tests[1].steps[0].path"
    assert "'start → notice → menu'" in refused.value.detail
    run = flow_tests.run(tenant.deps, flow_id)
    assert (run.passed, [r.passed for r in run.results], run.version) == (False, [True, False], 1)
    text = drafts.FlowText("Main", document({**FLOW, "out": queue()}, tests=[QUEUED]))
    drafts.change_draft(tenant.deps, flow_id, 1, text)
    assert publishing.publish(tenant.deps, flow_id, 2, "u").number == 1


def test_a_test_that_cannot_be_read_keeps_the_flow_from_being_published() -> None:
    tenant = Tenant()
    flow_id = drafted(tenant, [{"name": "x", "steps": [{}, {}]}])
    with pytest.raises(FlowInvalid) as refused:
        publishing.publish(tenant.deps, flow_id, 1, "u")
    assert refused.value.field == "$.tests[0].steps[1]"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("industry", TABLE)
def test_what_a_new_tenant_starts_with_passes_its_own_tests(industry: str, language: str) -> None:
    starter = TABLE[industry]
    text = json.dumps(starter.flow(language, "Acme"))
    scripts, problems = parse_tests(text)
    assert (problems, len(scripts)) == ([], 8)
    calendars = {CALENDAR: starter.calendar(language, "UTC")}
    made = parse_flow(text, FlowId("f"))[0]
    assert [r.differences for r in (run_test(made, s, calendars, NOON) for s in scripts) if not r.passed] == []
