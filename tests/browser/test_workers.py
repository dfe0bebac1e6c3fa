"""What works behind the console, on the system that the journeys have used: the clock's functions, queues, streams."""

import json
import random
from dataclasses import asdict
from typing import Any

import pytest
from offhook.domain.messages import Topic
from offhook_cli.checks.deployment import SCHEDULED
from offhook_cli.http import Api, Carrier
from offhook_cli.places import Login

from local.runner import deployment
from local.runner.credentials import load_or_make
from local.runner.home import Home, Run, read_run
from tests.e2e.system import System, within

SOON_S = 120
ROUNDS = (
    ("routing-work", Topic.SWEEP), ("integrations-deliver", Topic.DELIVERIES), ("operator-jobs", Topic.DUE),
    ("operator-jobs", Topic.RETENTION), ("tenants-provision", Topic.TENANT_STATUS),
    ("tenants-provision", Topic.NUMBERS), ("tenants-provision", Topic.BUDGET), ("tenants-provision", Topic.METERING),
    ("tenants-provision", Topic.BILLING),
)  # fmt: skip
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


def handled(run: Run, tenant: str, function: str, topic: Topic, entity: str = "") -> Any:
    """What the worker says of one hint, brought as its queue does."""
    body = json.dumps({"tenant_id": tenant, "topic": topic, "entity": entity, "arg": ""})
    record = {"messageId": "1", "receiptHandle": "1", "body": body, "eventSource": "aws:sqs", "attributes": {},
              "messageAttributes": {}, "eventSourceARN": "arn", "awsRegion": "us-east-1", "md5OfBody": ""}  # fmt: skip
    functions = deployment.client("lambda", run)
    answer = functions.invoke(FunctionName=f"offhook-local-{function}", Payload=json.dumps({"Records": [record]}))
    return json.loads(answer["Payload"].read())


def failures(run: Run) -> list[str]:
    """What functions raised. A store that did not answer on a busy machine is asked again by queue or stream."""
    logs, found = deployment.client("logs", run), []
    for group in logs.describe_log_groups(logGroupNamePrefix="/aws/lambda/")["logGroups"]:
        lines = [one["message"] for one in logs.filter_log_events(logGroupName=group["logGroupName"])["events"]]
        failed = [line for line in lines if '"work failed"' in line]
        wrong = [line for line in failed if "StoreUnavailable" not in line]
        wrong += [line for line in lines if "Task timed out" in line]
        wrong += [] if failed else [line for line in lines if "Traceback (most" in line]
        found += [f"{group['logGroupName']}: {line}" for line in wrong]
    return found


def test_what_the_clock_wakes_ends_well(run: Run) -> None:
    functions, sent, wrong = deployment.client("lambda", run), woken(run), {}
    assert {name.removeprefix("offhook-local-") for name in sent} == set(SCHEDULED)
    for name, event in sent.items():
        answer = functions.invoke(FunctionName=name, Payload=event)
        if answer.get("FunctionError"):
            wrong[name] = answer["Payload"].read().decode()
    assert not wrong


@pytest.mark.parametrize(("function", "topic"), ROUNDS, ids=[topic for _, topic in ROUNDS])
def test_what_the_clock_asks_for_a_tenant_is_done(run: Run, system: System, function: str, topic: Topic) -> None:
    assert handled(run, system.tenant(), function, topic) == {"batchItemFailures": []}


def test_a_day_in_the_lake_is_written_anew_in_few_files(run: Run, system: System) -> None:
    before = within(SOON_S, system.lake_events)
    day = max(str(event["dt"]) for event in before)
    assert handled(run, system.tenant(), "operator-jobs", Topic.COMPACTION, day) == {"batchItemFailures": []}
    assert {event["event_id"] for event in before} <= {event["event_id"] for event in system.lake_events()}
    assert list(system.state.joinpath("aws", "s3").rglob(f"tenant={system.tenant()}/dt={day}/compacted-*.parquet"))


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
