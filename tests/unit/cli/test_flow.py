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


def test_a_trial_names_the_version_that_was_read_and_says_what_to_dial(address: Address, run: Run) -> None:
    address.answers["GET", "/v1/ivr/flows/f_1"] = {"id": "f_1", "version": 7}
    made = {"number": "+15005550006", "caller": "+14155550123", "draft_version": 7, "until": 0, "flow_id": "f_1"}
    address.answers["POST", "/v1/ivr/flows/f_1/trials"] = made
    told = run("flow", "trial", "f_1", "--from", "+14155550123").output
    assert "call +15005550006 from +14155550123" in told
    assert "version 7" in told
    assert address.asked("POST", "/v1/ivr/flows/f_1/trials") == [("", {"caller": "+14155550123", "number": ""})]


def test_statistics_are_a_table_of_nodes(address: Address, run: Run) -> None:
    node = {
        "node": "menu", "entered": 5, "left": 1, "exits": {"sales": 4}, "keys": {"1": 4}, "spoken": {},
        "missed": {"timeout": 1},
    }  # fmt: skip
    address.answers["GET", "/v1/ivr/flows/f_1/statistics"] = {"number": 2, "calls": 5, "nodes": [node]}
    told = run("flow", "statistics", "f_1").output
    assert "version 2, 5 calls" in told
    assert "sales 4" in told
