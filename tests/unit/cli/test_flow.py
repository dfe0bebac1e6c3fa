"""Flows on the command line."""

from tests.unit.cli.conftest import Address, Run

RUN = ("POST", "/v1/ivr/flows/f_1/tests/run")
FAILED = {"step": 1, "what": "path", "expected": "menu", "got": "bye"}


def test_all_tests_of_a_flow_are_run_and_counted(address: Address, run: Run) -> None:
    address.answers[RUN] = {
        "version": 3, "passed": True, "results": [{"name": "Key 1", "passed": True, "differences": [], "steps": []}],
    }  # fmt: skip
    told = run("flow", "test", "f_1")
    assert told.exit_code == 0
    assert "passed  Key 1" in told.output
    assert "1 of 1 passed, draft version 3" in told.output


def test_a_failed_test_says_which_step_and_ends_with_status_one(address: Address, run: Run) -> None:
    address.answers[RUN] = {
        "version": 3, "passed": False,
        "results": [{"name": "Key 1", "passed": False, "differences": [FAILED], "steps": []}],
    }  # fmt: skip
    told = run("flow", "test", "f_1")
    assert told.exit_code == 1
    assert "FAILED  Key 1" in told.output
    assert "step 2, path" in told.output


def test_flows_are_listed_with_the_version_that_answers(address: Address, run: Run) -> None:
    flow = {"id": "f_1", "name": "Main", "version": 4, "published": 2, "latest": 3}
    address.answers["GET", "/v1/ivr/flows"] = {"data": [flow], "next_cursor": None}
    assert "Main" in run("flow", "list").output
