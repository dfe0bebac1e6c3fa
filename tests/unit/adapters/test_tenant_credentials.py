"""Every request for a tenant's data is signed with that tenant's keys, and none without a tenant's."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest
from botocore.exceptions import EndpointConnectionError
from offhook.adapters.guard import platform_scope, tenant_scope
from offhook.adapters.memory.clock import FrozenClock
from offhook.adapters.tenant_credentials import MOST_KEPT, TenantKeys
from offhook.domain.errors import StoreUnavailable
from offhook.domain.ids import TenantId
from offhook.wiring.clients import Clients

from local.edge.media import may_pass
from tests.unit.adapters.recording_wire import Wire

A, B = TenantId("t_aaaa"), TenantId("t_bbbb")
ROLE = "arn:aws:iam::000000000000:role/offhook-dev-tenant"


class Sts:
    """Hands out keys that name their tenant and the number of the session."""

    def __init__(self) -> None:
        self.asked: list[dict] = []
        self.silent = False

    def assume_role(self, **request):
        self.asked.append(request)
        if self.silent:
            raise EndpointConnectionError(endpoint_url="sts")
        name = f"{request['RoleSessionName']}.{len(self.asked)}"
        return {"Credentials": {"AccessKeyId": f"KEY{name}", "SecretAccessKey": "s", "SessionToken": f"TOKEN{name}"}}


@pytest.fixture
def sts() -> Sts:
    return Sts()


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def keys(sts, clock) -> TenantKeys:
    return TenantKeys(lambda: sts, ROLE, clock)


@pytest.fixture
def clients(monkeypatch, sts, clock) -> SimpleNamespace:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "OWN")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "own")
    made, wire = Clients("us-east-1", "http://127.0.0.1:9", tenant_role=ROLE, clock=clock), Wire()
    made._made["sts"] = sts
    for service in ("dynamodb", "sqs"):
        wire.tap(made.get(service))
    return SimpleNamespace(get=made.get, wire=wire)


def read(clients, tenant):
    with tenant_scope(tenant):
        key = {"pk": {"S": f"T#{tenant}#AGENT#1"}, "sk": {"S": "AGENT"}}
        clients.get("dynamodb").get_item(TableName="offhook-dev-live", Key=key)


def signers(clients):
    return [
        str(request.headers["Authorization"]).partition("Credential=")[2].split("/")[0] for request in clients.wire.sent
    ]


def test_a_session_is_opened_for_the_tenant_and_tagged_with_it(keys, sts):
    keys.of(A)
    (request,) = sts.asked
    assert request["RoleArn"] == ROLE and request["Tags"] == [{"Key": "tid", "Value": A}]


def test_keys_are_kept_for_fifty_minutes(keys, sts, clock):
    first = keys.of(A)
    clock.advance(50 * 60 - 1)
    assert keys.of(A) == first
    clock.advance(1)
    assert keys.of(A) != first and len(sts.asked) == 2


def test_keys_still_valid_serve_while_sts_is_silent_and_no_longer(keys, sts, clock):
    first = keys.of(A)
    sts.silent = True
    clock.advance(59 * 60)
    assert keys.of(A) == first
    clock.advance(60)
    with pytest.raises(StoreUnavailable):
        keys.of(A)


def test_the_oldest_tenant_gives_way(keys, sts):
    for n in range(MOST_KEPT + 1):
        keys.of(TenantId(f"t_{n}"))
    keys.of(TenantId("t_1"))
    assert len(sts.asked) == MOST_KEPT + 1
    keys.of(TenantId("t_0"))
    assert len(sts.asked) == MOST_KEPT + 2


def test_a_tenants_request_carries_its_own_keys(clients):
    read(clients, A)
    assert signers(clients) == ["KEYt_aaaa.1"]
    assert clients.wire.sent[0].headers["X-Amz-Security-Token"] in (b"TOKENt_aaaa.1", "TOKENt_aaaa.1")


def test_the_platform_signs_with_the_functions_own_keys(clients):
    with platform_scope():
        key = {"pk": {"S": "NUMBER#+15005550006"}, "sk": {"S": "TENANT"}}
        clients.get("dynamodb").get_item(TableName="offhook-dev-directory", Key=key)
    assert signers(clients) == ["OWN"]


def test_queues_are_reached_with_the_functions_own_keys_in_every_scope(clients):
    with tenant_scope(A):
        clients.get("sqs").send_message(QueueUrl="http://127.0.0.1:9/q", MessageBody="x", MessageGroupId=A)
    assert signers(clients) == ["OWN"]


def test_threads_of_many_tenants_never_sign_with_one_anothers_keys(clients):
    tenants = [TenantId(f"t_{n}") for n in range(6)]
    order = [random.Random(seed).choice(tenants) for seed in range(600)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda tenant: read(clients, tenant), order))
    for request, signer in zip(clients.wire.sent, signers(clients), strict=True):
        tenant = signer.removeprefix("KEY").split(".")[0]
        assert f'"T#{tenant}#AGENT#1"'.encode() in request.body


def test_a_link_to_a_file_has_the_signature_that_encrypted_files_ask_for(clients):
    with tenant_scope(A):
        at = {"Bucket": "offhook-local-exports-000000000000-us-east-1", "Key": f"t/{A}/exports/x/manifest.json"}
        link = urlsplit(clients.get("s3").generate_presigned_url("get_object", Params=at, ExpiresIn=300))
    given = dict(parse_qsl(link.query))

    assert given["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256" and given["X-Amz-Security-Token"].startswith(f"TOKEN{A}")
    assert may_pass(f"/_media{link.path}", given, datetime.now(UTC)), "the edge of a local run lets it through"
