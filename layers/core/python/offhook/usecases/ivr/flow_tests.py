"""Runs the scripted tests of a draft: before it is published, and whenever somebody asks."""

from collections.abc import Iterable
from dataclasses import dataclass

from offhook.domain.errors import FlowTestFailed
from offhook.domain.ids import FlowId
from offhook.domain.ivr.flow import no_flow
from offhook.domain.ivr.flow_tests import ScriptResult, run_test
from offhook.stores.flows import FlowDraft, parse_flow, parse_tests
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.situation import calendars_of, link


@dataclass(frozen=True, slots=True)
class ScriptRun:
    """How the tests of a draft went. version: the draft's."""

    version: int
    passed: bool
    results: tuple[ScriptResult, ...]


def run(deps: Deps, flow_id: FlowId) -> ScriptRun:
    """All tests of the draft as it is now; one without tests passes."""
    draft = deps.config.get(FlowDraft, flow_id)
    results = run_tests(deps, draft)
    return ScriptRun(draft.version, all(result.passed for result in results), tuple(results))


def run_tests(deps: Deps, draft: FlowDraft) -> list[ScriptResult]:
    """The results in the order of the tests; what cannot be read is among the draft's problems instead."""
    tests, _ = parse_tests(draft.document)
    flow = link(deps, parse_flow(draft.document, draft.id)[0]) if tests else no_flow("no_tests")
    calendars, now = calendars_of(deps, flow) if tests else {}, deps.clock.now()
    return [run_test(flow, test, calendars, now) for test in tests]


def require_passed(results: Iterable[ScriptResult]) -> None:
    """Raises FlowTestFailed naming the first step that differs, as a JSON path of the document."""
    for n, result in enumerate(results):
        for one in result.differences:
            raise FlowTestFailed(
                "flow_test", field=f"$.tests[{n}].steps[{one.step}].{one.what}",
                test=result.name, step=one.step + 1, what=one.what, expected=repr(one.expected), got=repr(one.got),
            )  # fmt: skip
