"""`offhook doctor` says in a sentence what is wrong, and goes on looking."""

import json
import time
from base64 import b64encode
from typing import Any

import pytest
import requests
from offhook.domain.integrations.signing import signature
from offhook.domain.operators.queues import WORKED
from offhook.domain.storage import Table
from offhook_cli import aws
from offhook_cli.checks import round_trips
from offhook_cli.checks.deployment import QUEUES, SCHEDULED, TABLES

from infra.apps import APPS, FromClock
from tests.unit.cli.conftest import Address, Run

SECRET = "whsec_" + b64encode(b"k" * 32).decode()
ANOTHER = "whsec_" + b64encode(b"x" * 32).decode()
WITH_A_TRIGGER = {"PreTokenGenerationConfig": {"LambdaArn": "x"}}


class Account:
    """Every client in one: a deployment that is whole, unless a test breaks it."""

    def __init__(self) -> None:
        self.depths: dict[str, int] = {}
        self.table = "ACTIVE"
        self.hooks: dict[str, dict[str, str]] = dict(WITH_A_TRIGGER)
        self.senders: list[dict[str, Any]] = [{"IdentityName": "offhook.test", "SendingEnabled": True}]
        self.url, self.signs = "", SECRET
        self.rules = dict.fromkeys(SCHEDULED, "ENABLED")

    def endpoint(self, asked: dict[str, Any]) -> Any:
        self.url = asked["url"]
        return {"id": "wh_1", "secret": SECRET}

    def send(self, asked: dict[str, str]) -> Any:
        """What the deployment would send to the endpoint, signed with `signs`; nothing when that is empty."""
        if self.signs:
            body, now = json.dumps({**asked, "test": True}).encode(), int(time.time())
            headers = {"webhook-id": "d_1", "webhook-timestamp": str(now)}
            headers["webhook-signature"] = signature(self.signs, "d_1", now, body)
            requests.post(self.url, data=body, headers=headers, timeout=5)
        return (202, {"id": "d_1"})

    def describe_table(self, **_: str) -> Any:
        return {"Table": {"TableStatus": self.table}}

    def get_queue_url(self, QueueName: str) -> Any:
        return {"QueueUrl": QueueName.removeprefix("offhook-local-")}

    def get_queue_attributes(self, QueueUrl: str, **_: Any) -> Any:
        return {"Attributes": {"ApproximateNumberOfMessages": str(self.depths.get(QueueUrl, 0))}}

    def get_paginator(self, _: str) -> Any:
        return self

    def paginate(self) -> Any:
        return self

    def build_full_result(self) -> Any:
        found = [{"Name": n, "State": s, "ScheduleExpression": "rate(1 minute)"} for n, s in self.rules.items()]
        return {"Rules": found}

    def list_targets_by_rule(self, Rule: str) -> Any:
        return {"Targets": [{"Arn": f"arn:aws:lambda:us-east-1:1:function:offhook-local-{Rule}"}]}

    def get_parameter(self, **_: Any) -> Any:
        return {"Parameter": {"Value": "hush"}}

    def describe_user_pool(self, **_: Any) -> Any:
        return {"UserPool": {"LambdaConfig": self.hooks}}

    def list_email_identities(self) -> Any:
        return {"EmailIdentities": self.senders}


@pytest.fixture
def account(address: Address, monkeypatch: pytest.MonkeyPatch) -> Account:
    made = Account()
    monkeypatch.setattr(aws, "client", lambda service: made)
    monkeypatch.delenv("STAGE", raising=False)
    monkeypatch.setattr(round_trips, "TIMEOUT_S", 0.3)
    address.answers |= {
        ("GET", "/v1/tenants/plans"): {"data": []},
        ("POST", "/v1/ivr/calls/status"): (403, {"code": "forbidden"}),
        ("POST", "/v1/integrations/webhooks"): made.endpoint,
        ("POST", "/v1/integrations/webhooks/wh_1/test"): made.send,
        ("DELETE", "/v1/integrations/webhooks/wh_1"): (204, None),
        ("GET", "/v1/tenants/me"): {"role": "owner", "tenant": {"name": "Demo"}},
    }
    return made


def wrong(run: Run) -> dict[str, str]:
    done = run("doctor", "--json")
    found = {one["what"]: one["says"] for one in json.loads(done.output) if not one["ok"]}
    assert done.exit_code == (1 if found else 0)
    return found


def test_a_whole_set_up_is_all_right(account: Account, run: Run) -> None:
    assert wrong(run) == {}
    assert "hush" not in run("doctor").output


def test_each_trouble_is_named_alone(account: Account, address: Address, run: Run) -> None:
    account.depths["work-dead"] = 3
    assert "3 in work-dead" in wrong(run)["dead letters"]
    account.depths.clear()
    account.hooks = {}
    assert list(wrong(run)) == ["user pool"]
    account.hooks, account.senders = dict(WITH_A_TRIGGER), []
    assert list(wrong(run)) == ["mail"]
    account.senders, account.table = [{"IdentityName": "x"}], "CREATING"
    assert list(wrong(run)) == ["tables"]
    account.table = "ACTIVE"
    account.rules["routing-sweep"] = "DISABLED"
    del account.rules["operator-due"]
    assert "operator-due, routing-sweep" in wrong(run)["schedules"]
    account.rules |= {"routing-sweep": "ENABLED", "operator-due": "ENABLED"}
    address.answers["POST", "/v1/ivr/calls/status"] = {"document": "hello"}
    assert "without signature" in wrong(run)["webhooks in"]


def test_a_signed_webhook_is_answered_or_it_is_said_why_not(
    account: Account, address: Address, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFHOOK_CARRIER_SID", "AC1")
    monkeypatch.setenv("OFFHOOK_CARRIER_TOKEN", "hush")
    refused = (403, {"code": "forbidden"})
    address.answers["POST", "/v1/ivr/calls/status"] = [refused, "<Response/>", refused, refused]
    assert wrong(run) == {}
    assert "token" in wrong(run)["webhooks in"]
    address.answers["GET", "/_carrier/health"] = (502, {})
    assert "simulator" in wrong(run)["webhooks in"]


def test_an_event_that_does_not_arrive_or_is_not_genuine_is_said(account: Account, address: Address, run: Run) -> None:
    account.signs = ANOTHER
    assert "signature does not match" in wrong(run)["webhooks out"]
    account.signs = ""
    assert "did not arrive" in wrong(run)["webhooks out"]
    assert len(address.asked("DELETE", "/v1/integrations/webhooks/wh_1")) == 2


def test_an_address_that_does_not_answer_is_said_and_the_rest_is_looked_at(
    account: Account, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFHOOK_URL", "http://127.0.0.1:9")
    found = wrong(run)
    assert "make run" in found["address"] and "tables" not in found


def test_it_knows_the_tables_queues_and_schedules_of_the_deployment() -> None:
    assert set(TABLES) == {str(table) for table in Table} and set(QUEUES) == set(WORKED)
    clock = {f"{app.area}-{name}" for app in APPS for name, one in app.handlers.items() if one.source == FromClock()}
    assert set(SCHEDULED) == clock
