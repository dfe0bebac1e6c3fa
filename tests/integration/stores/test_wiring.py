"""The product wired to AWS by its settings, and to memory by a test."""

import json
from dataclasses import dataclass, field

import pytest
from offhook import wiring
from offhook.adapters.guard import tenant_scope
from offhook.domain.errors import CarrierUnavailable, NotFound
from offhook.domain.ids import CallSid, TenantId
from offhook.domain.tenants.tenant import Tenant
from offhook.settings import parse
from offhook.stores import keys
from offhook.stores.config import ConfigStore
from offhook.stores.directory import Directory
from offhook.wiring.aws import AwsWorld
from offhook.wiring.memory import MemoryWorld

from tests.integration.stores.conftest import PREFIX

TENANT = TenantId("t_wired")


@dataclass
class Used:
    tenant_id: str = TENANT
    contact_id: str = "c_1"
    counters: dict[str, float] = field(default_factory=lambda: {"lambda_ms": 3.0})


def tenant_role(aws) -> str:
    """As it is deployed, but for whom it trusts: everything below happens in its sessions."""
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:*"}]}
    return aws("iam").create_role(RoleName="offhook-test-tenant", AssumeRolePolicyDocument=json.dumps(trust))["Role"][
        "Arn"
    ]


@pytest.fixture(scope="module")
def aws_world(database, emulator, aws):
    aws("kinesis").create_stream(StreamName="events", ShardCount=1)
    return AwsWorld(
        parse(
            {
                "OFFHOOK_STAGE": "test",
                "OFFHOOK_TABLE_PREFIX": PREFIX,
                "AWS_REGION": "us-east-1",
                "AWS_ENDPOINT_URL": emulator.url,
                "OFFHOOK_PUBLIC_API_URL": "http://127.0.0.1:8080",
                "OFFHOOK_EVENT_STREAM": "events",
                "OFFHOOK_KEY_ARN": aws("kms").create_key()["KeyMetadata"]["Arn"],
                "OFFHOOK_TENANT_ROLE_ARN": tenant_role(aws),
            }
        )
    )


@pytest.fixture(params=["aws", "memory"])
def world(request):
    if request.param == "memory":
        other = MemoryWorld(telephony=lambda tenant: None)
    else:
        other = request.getfixturevalue("aws_world")
    with wiring.use(other):
        yield request.param


@pytest.fixture
def tenant(world):
    tenant = Tenant(TENANT, name="Wired", time_zone="Europe/Berlin", account_sid="AC1")
    with tenant_scope(TENANT):
        deps = wiring.deps_for(tenant.context())
        ConfigStore(deps.items, TENANT).put(tenant)
    return tenant.context()


def test_a_tenant_is_found_by_its_id_outside_every_scope(tenant):
    assert wiring.tenant_context(TENANT) == tenant


def test_an_unknown_tenant_is_not_found(world):
    with pytest.raises(NotFound):
        wiring.tenant_context(TenantId("t_unknown"))


def test_the_directory_is_reached_outside_every_scope(world):
    directory = Directory(wiring.edge_items())
    directory.add_tenant(TENANT)
    assert TENANT in list(directory.tenants())
    assert wiring.edge_items().get(keys.directory("NUMBER", "+1")) is None


def test_the_carriers_token_is_kept_for_the_tenant(tenant):
    with tenant_scope(TENANT):
        wiring.secrets(tenant).put_carrier_token("token-1")
        assert wiring.secrets(tenant).carrier_tokens()[0] == "token-1"


def test_use_ends_with_its_block(aws_world):
    with wiring.use(aws_world):
        assert wiring.world() is aws_world
        with wiring.use(MemoryWorld(telephony=lambda tenant: None)) as inner:
            assert wiring.world() is inner
        assert wiring.world() is aws_world


def test_tenants_are_reached_in_sessions_of_the_tenant_role(aws_world, tenant):
    keys_of = aws_world._clients.session.get_credentials().get_frozen_credentials
    with tenant_scope(TENANT):
        session = keys_of()
    with tenant_scope(TenantId("t_other")):
        assert keys_of().access_key != session.access_key
    assert session.token, "keys of a session come with its token"


def test_usage_becomes_a_record_on_the_stream(aws_world, aws):
    with wiring.use(aws_world):
        wiring.usage(Used())
        aws_world.usage_recorder.flush()
    (shard,) = aws("kinesis").list_shards(StreamName="events")["Shards"]
    start = aws("kinesis").get_shard_iterator(
        StreamName="events", ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
    )
    (record,) = aws("kinesis").get_records(ShardIterator=start["ShardIterator"])["Records"]
    assert record["PartitionKey"] == f"{TENANT}#c_1"
    assert b'"lambda_ms":3.0' in record["Data"]


def test_a_tenant_without_a_carrier_account_cannot_call(aws_world):
    stranger = Tenant(TenantId("t_new")).context()
    with wiring.use(aws_world), tenant_scope(stranger.id):
        deps = wiring.deps_for(stranger)
        with pytest.raises(CarrierUnavailable):
            deps.telephony.hang_up(CallSid("CA1"))
