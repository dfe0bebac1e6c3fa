"""No request of one tenant leaves for another's data, whatever its shape and whichever library makes it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import pytest
from offhook.adapters import guard
from offhook.adapters.dynamo.schema import definition
from offhook.adapters.dynamo.tables import Live
from offhook.adapters.guard import ambient_tenant, platform_scope, tenant_scope
from offhook.domain.errors import TenantViolation
from offhook.domain.ids import TenantId
from pynamodb.connection import Connection
from pynamodb.connection.base import MetaTable

from tests.unit.adapters.recording_wire import Wire

OWN = TenantId("t_aaaa")
OTHER = "T#t_bbbb#AGENT#1"
LONGER = "T#t_aaaab#AGENT#1"  # begins with the own id
MINE = "T#t_aaaa#AGENT#1"
T = "offhook-dev-live"


SHARED = Wire(lambda request: (200, b"" if ".s3." in request.url or "/b" in request.url else b"{}"))


@pytest.fixture
def wire() -> Wire:
    SHARED.sent.clear()
    return SHARED


def key(pk):
    return {"pk": {"S": pk}, "sk": {"S": "AGENT"}}


def by_partition(pk, **more):
    return {
        "TableName": T,
        "KeyConditionExpression": "pk = :p",
        "ExpressionAttributeValues": {":p": {"S": pk}},
        **more,
    }


def put_then(part):
    return {"TransactItems": [{"Put": {"TableName": T, "Item": key(MINE)}}, part]}


def dynamodb_requests(pk):
    """Every shape a request for that partition can have."""
    place = {"TableName": T, "Key": key(pk)}
    index = {
        "TableName": T,
        "IndexName": "by_index",
        "KeyConditionExpression": "#i = :p AND #s BETWEEN :a AND :b",
        "ExpressionAttributeNames": {"#i": "index_pk", "#s": "index_sk"},
        "ExpressionAttributeValues": {":p": {"S": pk}, ":a": {"S": MINE}, ":b": {"S": MINE}},
    }
    return {
        "get": ("get_item", place),
        "put": ("put_item", {"TableName": T, "Item": key(pk)}),
        "put into the index": ("put_item", {"TableName": T, "Item": key(MINE) | {"index_pk": {"S": pk}}}),
        "update": ("update_item", place | {"UpdateExpression": "SET v = :v", "ExpressionAttributeValues": V}),
        "delete": ("delete_item", place),
        "query": ("query", by_partition(pk)),
        "query in brackets": ("query", by_partition(pk, KeyConditionExpression="(pk = :p)")),
        "query the index": ("query", index),
        "batch get": ("batch_get_item", {"RequestItems": {T: {"Keys": [key(MINE), key(pk)]}}}),
        "batch put": ("batch_write_item", {"RequestItems": {T: [{"PutRequest": {"Item": key(pk)}}]}}),
        "batch delete": ("batch_write_item", {"RequestItems": {T: [{"DeleteRequest": {"Key": key(pk)}}]}}),
        "transact put": ("transact_write_items", put_then({"Put": {"TableName": T, "Item": key(pk)}})),
        "transact delete": ("transact_write_items", put_then({"Delete": place})),
        "transact check": ("transact_write_items", put_then({"ConditionCheck": place | {"ConditionExpression": "c"}})),
        "transact update": ("transact_write_items", put_then({"Update": place | {"UpdateExpression": "SET v = :v"}})),
        "transact get": ("transact_get_items", {"TransactItems": [{"Get": place}]}),
    }


V = {":v": {"N": "1"}}
SHAPES = list(dynamodb_requests(MINE))
UNKNOWN = {
    "scan": ("scan", {"TableName": T}),
    "scan of the index": ("scan", {"TableName": T, "IndexName": "by_index"}),
    "PartiQL": ("execute_statement", {"Statement": f"SELECT * FROM \"{T}\" WHERE pk = '{MINE}'"}),
    "PartiQL batch": ("batch_execute_statement", {"Statements": [{"Statement": "SELECT"}]}),
    "PartiQL transaction": ("execute_transaction", {"TransactStatements": [{"Statement": "SELECT"}]}),
    "legacy conditions": (
        "query",
        {"TableName": T, "KeyConditions": {"pk": {"AttributeValueList": [{"S": MINE}], "ComparisonOperator": "EQ"}}},
    ),
    "no partition": ("query", by_partition(MINE, KeyConditionExpression="sk = :p")),
    "the table's key asked of the index": ("query", by_partition(MINE, IndexName="by_index")),
    "begins with": ("query", by_partition(MINE, KeyConditionExpression="begins_with(pk, :p)")),
    "renamed": ("query", by_partition(MINE, ExpressionAttributeNames={"pk": "sk"})),
    "a start elsewhere": ("query", by_partition(MINE, ExclusiveStartKey=key(OTHER))),
    "a number for a key": ("get_item", {"TableName": T, "Key": {"pk": {"N": "1"}, "sk": {"S": "x"}}}),
    "no key": ("get_item", {"TableName": T, "Key": {"sk": {"S": "x"}}}),
    "moved in the index": (
        "update_item",
        {
            "TableName": T,
            "Key": key(MINE),
            "UpdateExpression": "SET index_pk = :p",
            "ExpressionAttributeValues": {":p": {"S": OTHER}},
        },
    ),
    "moved in the index by another name": (
        "update_item",
        {
            "TableName": T,
            "Key": key(MINE),
            "UpdateExpression": "SET #x=:p",
            "ExpressionAttributeNames": {"#x": "index_pk"},
            "ExpressionAttributeValues": {":p": {"S": OTHER}},
        },
    ),
    "nothing in a batch": ("batch_get_item", {"RequestItems": {}}),
    "tables": ("list_tables", {}),
    "a new table": ("delete_table", {"TableName": T}),
    "export": ("export_table_to_point_in_time", {"TableArn": "arn:aws:x", "S3Bucket": "b"}),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_tenants_own_keys_pass(wire, shape):
    operation, request = dynamodb_requests(MINE)[shape]
    with tenant_scope(OWN):
        getattr(wire.client("dynamodb"), operation)(**request)
    assert len(wire.sent) == 1


@pytest.mark.parametrize("foreign", [OTHER, LONGER, "T#t_aaaa", "t#t_aaaa#x", "NUMBER#+1", ""])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_other_key_is_refused_in_every_shape(wire, shape, foreign):
    operation, request = dynamodb_requests(foreign)[shape]
    with tenant_scope(OWN), pytest.raises(TenantViolation):
        getattr(wire.client("dynamodb"), operation)(**request)
    assert wire.sent == []


@pytest.mark.parametrize("shape", UNKNOWN)
def test_what_names_no_tenant_or_is_not_understood_is_refused_in_every_scope(wire, shape):
    operation, request = UNKNOWN[shape]
    client = wire.client("dynamodb")
    for scope in (tenant_scope(OWN), platform_scope()):
        with scope, pytest.raises(TenantViolation):
            getattr(client, operation)(**request)
    assert wire.sent == []


@pytest.mark.parametrize("shape", SHAPES)
def test_outside_every_scope_nothing_passes(wire, shape):
    operation, request = dynamodb_requests(MINE)[shape]
    with pytest.raises(TenantViolation):
        getattr(wire.client("dynamodb"), operation)(**request)


def test_the_platform_reaches_the_directory_and_no_tenant(wire):
    client = wire.client("dynamodb")
    with platform_scope():
        client.get_item(TableName="offhook-dev-directory", Key=key("NUMBER#+15005550006"))
        with pytest.raises(TenantViolation):
            client.get_item(TableName=T, Key=key(MINE))
    assert len(wire.sent) == 1


def test_scopes_nest_and_end(wire):
    client = wire.client("dynamodb")
    with platform_scope():
        with tenant_scope(OWN):
            assert ambient_tenant() == OWN
            client.get_item(TableName=T, Key=key(MINE))
        assert ambient_tenant() is None
    with pytest.raises(TenantViolation):
        client.get_item(TableName=T, Key=key(MINE))


def test_threads_do_not_share_a_scope(wire):
    client = wire.client("dynamodb")

    def read_own(n: int) -> None:
        with tenant_scope(TenantId(f"t_{n:04d}")):
            client.get_item(TableName=T, Key=key(f"T#t_{n:04d}#A"))
            with pytest.raises(TenantViolation):
                client.get_item(TableName=T, Key=key(f"T#t_{n + 1:04d}#A"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(read_own, range(64)))
    assert len(wire.sent) == 64


@pytest.mark.parametrize("bad", ["", "*", "t_a#b", "t_a/b", "t_a'b"])
def test_what_cannot_be_a_tenant_id_opens_no_scope(bad):
    with pytest.raises(TenantViolation), tenant_scope(TenantId(bad)):
        pass


def test_the_connections_of_pynamodb_are_guarded(wire):
    guard.install()
    connection = Connection(region="us-east-1", aws_access_key_id="000000000000", aws_secret_access_key="test")
    connection.add_meta_table(MetaTable(definition(Live, T)))
    wire.tap(connection.client)
    with tenant_scope(OWN):
        connection.get_item(T, MINE, "AGENT")
        for attempt in (
            lambda: connection.get_item(T, OTHER, "AGENT"),
            lambda: connection.query(T, OTHER, index_name="by_index"),
            lambda: connection.batch_get_item(T, [{"pk": OTHER, "sk": "AGENT"}]),
            lambda: connection.scan(T),
        ):
            with pytest.raises(TenantViolation):
                attempt()
    assert len(wire.sent) == 1


def test_the_clients_and_resources_of_boto3_are_guarded(wire):
    guard.install()
    table = boto3.resource("dynamodb", region_name="us-east-1").Table(T)
    wire.tap(table.meta.client)
    with tenant_scope(OWN):
        table.get_item(Key={"pk": MINE, "sk": "AGENT"})
        table.query(KeyConditionExpression=boto3.dynamodb.conditions.Key("pk").eq(MINE))
        with pytest.raises(TenantViolation):
            table.get_item(Key={"pk": OTHER, "sk": "AGENT"})
        with pytest.raises(TenantViolation):
            table.query(KeyConditionExpression=boto3.dynamodb.conditions.Key("pk").eq(OTHER))
    assert len(wire.sent) == 2


Q = "http://127.0.0.1:9/000000000000/offhook-dev-work"
SQL = "SELECT * FROM events WHERE tenant = 't_aaaa'"


def answer_at(place: str) -> dict[str, Any]:
    return {"ResultConfiguration": {"OutputLocation": place}}


QUERY = {"QueryString": SQL, **answer_at("s3://results/t/t_aaaa/results/")}
OTHERS = [
    ("s3", "get_object", {"Bucket": "b", "Key": "t/t_aaaa/r/1"}, {"Bucket": "b", "Key": "t/t_bbbb/r/1"}),
    ("s3", "put_object", {"Bucket": "b", "Key": "t/t_aaaa/r/1"}, {"Bucket": "b", "Key": "t/t_aaaab/r/1"}),
    ("s3", "get_object", {"Bucket": "b", "Key": "t/t_aaaa/r"}, {"Bucket": "b", "Key": "t/t_aaaa/../t_bbbb/r"}),
    ("s3", "delete_object", {"Bucket": "b", "Key": "t/t_aaaa/r/1"}, {"Bucket": "b", "Key": "1"}),
    ("s3", "list_objects_v2", {"Bucket": "b", "Prefix": "t/t_aaaa/"}, {"Bucket": "b"}),
    ("s3", "list_objects_v2", {"Bucket": "b", "Prefix": "t/t_aaaa/r"}, {"Bucket": "b", "Prefix": "t/t_aaaa"}),
    (
        "s3",
        "copy_object",
        {"Bucket": "b", "Key": "t/t_aaaa/2", "CopySource": "b/t/t_aaaa/1"},
        {"Bucket": "b", "Key": "t/t_aaaa/2", "CopySource": "b/t/t_bbbb/1"},
    ),
    (
        "s3",
        "copy_object",
        {"Bucket": "b", "Key": "t/t_aaaa/2", "CopySource": {"Bucket": "b", "Key": "t/t_aaaa/1"}},
        {"Bucket": "b", "Key": "t/t_aaaa/2", "CopySource": {"Bucket": "b", "Key": "t/t_bbbb/1"}},
    ),
    (
        "s3",
        "delete_objects",
        {"Bucket": "b", "Delete": {"Objects": [{"Key": "t/t_aaaa/1"}]}},
        {"Bucket": "b", "Delete": {"Objects": [{"Key": "t/t_aaaa/1"}, {"Key": "t/t_bbbb/1"}]}},
    ),
    ("s3", "head_object", {"Bucket": "b", "Key": "t/t_aaaa/1"}, {"Bucket": "b", "Key": "x/t/t_aaaa/1"}),
    (
        "kinesis",
        "put_record",
        {"StreamName": "s", "PartitionKey": "t_aaaa#c_1", "Data": b""},
        {"StreamName": "s", "PartitionKey": "t_bbbb#c_1", "Data": b""},
    ),
    (
        "kinesis",
        "put_records",
        {"StreamName": "s", "Records": [{"PartitionKey": "t_aaaa#c_1", "Data": b""}]},
        {"StreamName": "s", "Records": [{"PartitionKey": "t_aaaa#c_1", "ExplicitHashKey": "0", "Data": b""}]},
    ),
    (
        "sqs",
        "send_message",
        {"QueueUrl": Q, "MessageBody": "{}", "MessageGroupId": "t_aaaa"},
        {"QueueUrl": Q, "MessageBody": "{}"},
    ),
    (
        "sqs",
        "send_message_batch",
        {"QueueUrl": Q, "Entries": [{"Id": "1", "MessageBody": "{}", "MessageGroupId": "t_aaaa"}]},
        {"QueueUrl": Q, "Entries": [{"Id": "1", "MessageBody": "{}", "MessageGroupId": "t_bbbb"}]},
    ),
    (
        "kms",
        "decrypt",
        {"CiphertextBlob": b"x", "EncryptionContext": {"tenant": "t_aaaa"}},
        {"CiphertextBlob": b"x", "EncryptionContext": {"tenant": "t_bbbb"}},
    ),
    (
        "kms",
        "encrypt",
        {"KeyId": "k", "Plaintext": b"x", "EncryptionContext": {"tenant": "t_aaaa"}},
        {"KeyId": "k", "Plaintext": b"x"},
    ),
    ("athena", "start_query_execution", QUERY, {**QUERY, "QueryString": "SELECT * FROM events"}),
    ("athena", "start_query_execution", QUERY, {**QUERY, "QueryString": f"{SQL} OR tenant = 't_bbbb'"}),
    ("athena", "start_query_execution", QUERY, {"QueryString": SQL}),
    ("athena", "start_query_execution", QUERY, {**QUERY, **answer_at("s3://results/t/t_bbbb/results/")}),
    ("athena", "start_query_execution", QUERY, {**QUERY, **answer_at("s3://results/t/t_aaaa/../t_bbbb/")}),
]


@pytest.mark.parametrize(("service", "operation", "own", "foreign"), OTHERS)
def test_the_other_services_serve_the_tenant_only(wire, service, operation, own, foreign):
    client = wire.client(service)
    with pytest.raises(TenantViolation):
        getattr(client, operation)(**own)
    with tenant_scope(OWN):
        getattr(client, operation)(**own)
        with pytest.raises(TenantViolation):
            getattr(client, operation)(**foreign)
    assert len(wire.sent) == 1


@pytest.mark.parametrize(
    ("service", "operation", "request_"),
    [
        ("sqs", "receive_message", {"QueueUrl": Q}),
        ("s3", "list_buckets", {}),
        ("s3", "list_objects", {"Bucket": "b", "Prefix": "t/t_aaaa/"}),
        ("kinesis", "get_records", {"ShardIterator": "x"}),
        ("cognito-idp", "list_users", {"UserPoolId": "us-east-1_x"}),
        ("ssm", "get_parameter", {"Name": "x"}),
    ],
)
def test_a_service_or_operation_without_a_rule_is_the_platforms(wire, service, operation, request_):
    client = wire.client(service)
    with tenant_scope(OWN), pytest.raises(TenantViolation):
        getattr(client, operation)(**request_)
    with pytest.raises(TenantViolation):
        getattr(client, operation)(**request_)
    assert wire.sent == []


def test_anybody_may_sign_in(wire):
    pool = wire.client("cognito-idp")
    pool.initiate_auth(ClientId="c", AuthFlow="USER_PASSWORD_AUTH", AuthParameters={"USERNAME": "a", "PASSWORD": "b"})
    assert len(wire.sent) == 1


def test_a_link_to_another_tenants_recording_is_not_signed(wire):
    s3 = wire.client("s3")
    with tenant_scope(OWN):
        assert "t/t_aaaa/r" in s3.generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "t/t_aaaa/r"})
        with pytest.raises(TenantViolation):
            s3.generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "t/t_bbbb/r"})


def test_tools_may_make_clients_without_a_guard(wire):
    with guard.unguarded():
        client = wire.new_client("dynamodb")
    client.scan(TableName=T)
    assert len(wire.sent) == 1
