"""What works behind the console, on the system that the journeys have used: the clock's functions, queues, streams."""

import json
import random
from dataclasses import asdict
from typing import Any

import pytest
from offhook_cli.http import Api, Carrier
from offhook_cli.places import Login

from local.runner import deployment
from local.runner.credentials import load_or_make
from local.runner.home import Home, Run, read_run
from tests.e2e.system import System, within

SOON_S = 120
TICK = {
    "version": "0", "id": "1", "detail-type": "Scheduled Event", "source": "aws.events", "account": "000000000000",
    "time": "2026-11-23T01:15:00Z", "region": "us-east-1", "detail": {},
}  # fmt: skip


@pytest.fixture
def run(system: System) -> Run:
    """Where the system's parts are."""
    found = read_run(Home(system.state))
    assert found is not None
    return found


@pytest.fixture
def owner(system: System) -> Api:
    """The demo's owner."""
    return Api(system.address(), Login(**asdict(load_or_make(Home(system.state)).owner)))


def woken(run: Run) -> dict[str, str]:
    """The functions that the clock wakes, each with what it is sent."""
    clock, found = deployment.client("events", run), {}
    for rule in clock.list_rules()["Rules"]:
        if rule.get("ScheduleExpression"):
            (target,) = clock.list_targets_by_rule(Rule=rule["Name"])["Targets"]
            found[str(target["Arn"]).rpartition(":")[2]] = json.dumps({**TICK, "resources": [rule["Arn"]]})
    return found


def failures(run: Run) -> list[str]:
    """What functions raised: of each log line of an error that nothing caught."""
    logs, found = deployment.client("logs", run), []
    for group in logs.describe_log_groups(logGroupNamePrefix="/aws/lambda/")["logGroups"]:
        for event in logs.filter_log_events(logGroupName=group["logGroupName"])["events"]:
            if any(mark in event["message"] for mark in ('"work failed"', "Task timed out", "[ERROR]")):
                found.append(f"{group['logGroupName']}: {event['message']}")
    return found


def test_what_the_clock_wakes_ends_well(run: Run) -> None:
    functions, sent, wrong = deployment.client("lambda", run), woken(run), {}
    assert len(sent) > 5
    for name, event in sent.items():
        answer = functions.invoke(FunctionName=name, Payload=event)
        if answer.get("FunctionError"):
            wrong[name] = answer["Payload"].read().decode()
    assert not wrong


def test_a_customer_who_called_is_forgotten(system: System, owner: Api) -> None:
    number = f"+1415557{random.randrange(10_000):04d}"

    def contacts() -> Any:
        return [c for c in owner.get("/v1/analytics/contacts")["data"] if c["customer_number"] == number]

    Carrier(system.address()).place_call(number, system.number(), "hang up at 3 s")
    (contact,) = within(SOON_S, contacts)
    customer = owner.request("POST", "/v1/customers", {"name": "Gone soon", "numbers": [number]})["id"]
    within(SOON_S, lambda: any(event["customer_number"] == number for event in system.lake_events()))
    owner.request("POST", f"/v1/customers/{customer}/erasure")
    within(5, lambda: not owner.get("/v1/customers/search", name="Gone soon")["data"])

    def certificate() -> Any:
        acts = [entry["act"] for entry in owner.get("/v1/tenants/audit")["data"]]
        return [act for act in acts if act["action"].startswith("ERASED") and act["about"]["customer_id"] == customer]

    (done,) = within(SOON_S, certificate)
    assert not contacts() and done["about"]["lake_days_rewritten"] and not done["about"]["lake_events_left"]
    assert number not in json.dumps(owner.get(f"/v1/analytics/contacts/{contact['id']}"))
    assert not [event for event in system.lake_events() if event["customer_number"] == number]


def test_no_function_failed(run: Run) -> None:
    assert failures(run) == []
