"""`offhook doctor` says in a sentence what is wrong, and goes on looking."""

import json
from typing import Any

import pytest
from offhook.domain.operators.queues import WORKED
from offhook.domain.storage import Table
from offhook_cli import aws
from offhook_cli.commands.doctor import QUEUES, TABLES

from tests.unit.cli.conftest import Address, Run

WITH_A_TRIGGER = {"PreTokenGenerationConfig": {"LambdaArn": "x"}}


class Account:
    """Every client in one: a deployment that is whole, unless a test breaks it."""

    def __init__(self) -> None:
        self.depths: dict[str, int] = {}
        self.table = "ACTIVE"
        self.hooks: dict[str, dict[str, str]] = dict(WITH_A_TRIGGER)
        self.senders: list[dict[str, Any]] = [{"IdentityName": "offhook.test", "SendingEnabled": True}]

    def describe_table(self, **_: str) -> Any:
        return {"Table": {"TableStatus": self.table}}

    def get_queue_url(self, QueueName: str) -> Any:
        return {"QueueUrl": QueueName.removeprefix("offhook-local-")}

    def get_queue_attributes(self, QueueUrl: str, **_: Any) -> Any:
        return {"Attributes": {"ApproximateNumberOfMessages": str(self.depths.get(QueueUrl, 0))}}

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
    address.answers |= {
        ("GET", "/v1/tenants/plans"): {"data": []},
        ("POST", "/v1/ivr/calls"): (403, {"code": "forbidden"}),
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
    address.answers["POST", "/v1/ivr/calls"] = {"document": "hello"}
    assert "without signature" in wrong(run)["webhooks"]


def test_an_address_that_does_not_answer_is_said_and_the_rest_is_looked_at(
    account: Account, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFHOOK_URL", "http://127.0.0.1:9")
    found = wrong(run)
    assert "make run" in found["address"] and "tables" not in found


def test_it_knows_the_tables_and_queues_of_the_deployment() -> None:
    assert set(TABLES) == {str(table) for table in Table} and set(QUEUES) == set(WORKED)
