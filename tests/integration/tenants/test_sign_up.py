"""A whole sign-up on the embedded AWS: the mail is sent by SES and read in the mailbox, the person is in the pool."""

import re
import time
from types import SimpleNamespace
from typing import Any

import pytest
import requests
from offhook import wiring
from offhook.adapters.guard import tenant_scope
from offhook.domain.errors import InvalidInput
from offhook.domain.tenants.carrier_accounts import Telco
from offhook.domain.tenants.lifecycle import TenantStatus, Trigger
from offhook.domain.tenants.sign_up import tenant_of
from offhook.stores.directory import Directory
from offhook.usecases.tenants import lifecycle
from offhook.web.testing import invoke

from functions.tenants.app import app, provision
from local.mailbox import mails
from local.mailbox.mails import Received
from tests.integration.tenants.conftest import PARENT, Place

PASSWORD = "Correct-Horse-9-Battery"
LIMIT_S = 60.0
CONTEXT = SimpleNamespace(
    function_name="provision", memory_limit_in_mb=512, invoked_function_arn="arn", aws_request_id="r"
)


def apply(email: str, **changes: str) -> str:
    body = {
        "company": "Acme", "country": "US", "time_zone": "UTC", "language": "en-US", "email": email, **changes,
    }  # fmt: skip
    return str(invoke(app, "POST", "/sign-ups", json=body).json()["id"])


def work(place: Place) -> int:
    """Hand the messages of the queue to the worker, as Lambda does; how many there were."""
    sqs = place.aws("sqs")
    found = sqs.receive_message(QueueUrl=place.queue, MaxNumberOfMessages=10, WaitTimeSeconds=1).get("Messages", [])
    for message in found:
        record = {"messageId": message["MessageId"], "body": message["Body"], "eventSource": "aws:sqs"}
        assert provision({"Records": [record]}, CONTEXT) == {"batchItemFailures": []}
        sqs.delete_message(QueueUrl=place.queue, ReceiptHandle=message["ReceiptHandle"])
    return len(found)


def mailbox(place: Place, to: str) -> list[Received]:
    return mails.read(requests.get(place.endpoint.url + mails.PATH, timeout=10).json(), to)


def link_of(place: Place, email: str, sign_up: str) -> str:
    work(place)
    (mail,) = mailbox(place, email)
    found = re.search(rf"https://app.offhook.test/verify#{sign_up}/(\S+)", mail.text)
    assert found
    return found.group(1)


def set_up(place: Place, sign_up: str, secret: str) -> dict[str, Any]:
    deadline = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline:
        work(place)
        answer = invoke(app, "GET", f"/sign-ups/{sign_up}", headers={"Authorization": f"Bearer {secret}"})
        shown: dict[str, Any] = answer.json()
        if shown["status"] != "setting_up":
            return shown
    raise AssertionError(f"not set up within {LIMIT_S:.0f} s: {shown}")


def joined(place: Place, email: str, **changes: str) -> str:
    sign_up = apply(email, **changes)
    secret = link_of(place, email, sign_up)
    body = {"secret": secret, "password": PASSWORD, "name": "Ada"}
    assert invoke(app, "POST", f"/sign-ups/{sign_up}/verification", json=body).status == 202
    assert set_up(place, sign_up, secret)["status"] == "ready"
    return sign_up


def test_a_stranger_reads_the_mail_verifies_and_has_a_business(place: Place) -> None:
    sign_up = joined(place, "ada@acme.example", language="zh-CN", company="爱客")
    tenant = wiring.tenant_context(tenant_of(sign_up))
    assert (tenant.status, tenant.name) == (TenantStatus.TRIALING, "爱客")
    assert [mail.subject for mail in mailbox(place, "ada@acme.example")] == [
        "爱客 现在可以接听电话了", "请确认您的 Offhook 邮箱地址",
    ]  # fmt: skip
    assert Directory(wiring.edge_items()).tenant_of("NUMBER", tenant.caller_id) == tenant.id
    user = place.aws("cognito-idp").initiate_auth(
        ClientId=wiring.user_pool().client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ada@acme.example", "PASSWORD": PASSWORD},
    )
    assert "AuthenticationResult" in user


def test_the_accounts_secrets_are_kept_sealed_and_work(place: Place) -> None:
    sign_up = joined(place, "ben@acme.example")
    tenant = wiring.tenant_context(tenant_of(sign_up))
    with tenant_scope(tenant.id):
        (token,) = wiring.secrets(tenant).carrier_tokens()
        key, _, secret = (wiring.secrets(tenant).get("carrier_api_key") or "").partition(" ")
    account = f"{place.carrier}/2010-04-01/Accounts/{tenant.account_sid}"
    for credentials in ((tenant.account_sid, token), (key, secret)):
        assert requests.get(f"{account}/IncomingPhoneNumbers.json", auth=credentials, timeout=10).ok
    table = place.aws("dynamodb").scan(TableName="tenants-config")
    assert not [item for item in table["Items"] if token in str(item) or secret in str(item)]


def test_the_account_follows_the_life_of_the_tenant(place: Place) -> None:
    tenant = wiring.tenant_context(tenant_of(joined(place, "cleo@acme.example")))
    url = f"{place.carrier}/2010-04-01/Accounts/{tenant.account_sid}.json"
    for trigger, status in ((Trigger.SUSPEND, "suspended"), (Trigger.CLOSE, "suspended"), (Trigger.REOPEN, "active")):
        with tenant_scope(tenant.id):
            lifecycle.move(wiring.deps_for(tenant), trigger, "test")
        assert work(place) == 1
        assert requests.get(url, auth=PARENT, timeout=10).json()["status"] == status
    with tenant_scope(tenant.id):
        assert wiring.deps_for(tenant).config.get(Telco, tenant.id).status == "active"


def test_a_person_is_made_once_and_keeps_the_first_password(place: Place) -> None:
    owners, pool = wiring.owner_accounts(), place.aws("cognito-idp")
    first = owners.ensure("dora@acme.example", "Dora", PASSWORD)
    assert owners.ensure("DORA@acme.example", "Dora", "Another-Password-7!") == first
    sign_in = {"USERNAME": "dora@acme.example", "PASSWORD": PASSWORD}
    client = wiring.user_pool().client_id
    assert pool.initiate_auth(ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=sign_in)


def test_a_person_whom_a_crash_left_without_password_gets_it(place: Place) -> None:
    owners, pool = wiring.owner_accounts(), place.aws("cognito-idp")
    pool.admin_create_user(UserPoolId=owners.pool_id, Username="emil@acme.example", MessageAction="SUPPRESS")
    owners.ensure("emil@acme.example", "Emil", PASSWORD)
    found = pool.admin_get_user(UserPoolId=owners.pool_id, Username="emil@acme.example")
    assert found["UserStatus"] == "CONFIRMED"


def test_a_password_that_the_pool_refuses_is_the_callers_mistake(place: Place) -> None:
    with pytest.raises(InvalidInput):
        wiring.owner_accounts().ensure("finn@acme.example", "Finn", "short")
