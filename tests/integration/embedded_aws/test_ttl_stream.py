"""A TTL deletion reaches the stream as the service's own."""

import subprocess
import time
from pathlib import Path

import pytest

from local.aws import server
from local.aws.testing import running_emulator
from tests.integration.embedded_aws import kit

CONSUMER = """
import json, os, boto3
def handler(event, context):
    for record in event["Records"]:
        told = [record["eventName"], record.get("userIdentity", {}).get("principalId")]
        boto3.client("sqs").send_message(QueueUrl=os.environ["SEEN"], MessageBody=json.dumps(told))
"""


def test_expiry_and_deletion_can_be_told_apart_on_the_stream(tmp_path: Path) -> None:
    with running_emulator(tmp_path, OFFHOOK_TTL_SECONDS="0.5") as running:
        name, arn = kit.table(running)
        seen, dynamodb = kit.queue(running), kit.client(running, "dynamodb")
        kit.map_source(running, arn, kit.function(running, CONSUMER, SEEN=seen.url))
        dynamodb.put_item(TableName=name, Item={"id": {"S": "deleted"}})
        dynamodb.delete_item(TableName=name, Key={"id": {"S": "deleted"}})
        dynamodb.put_item(TableName=name, Item={"id": {"S": "lives"}, "until": {"N": str(int(time.time()) + 9999)}})
        dynamodb.put_item(TableName=name, Item={"id": {"S": "expired"}, "until": {"N": "1"}})
        dynamodb.update_time_to_live(
            TableName=name, TimeToLiveSpecification={"Enabled": True, "AttributeName": "until"}
        )
        told = seen.await_bodies(5)
        assert told[1] == '["REMOVE", null]'
        assert told[4] == '["REMOVE", "dynamodb.amazonaws.com"]'
        assert dynamodb.scan(TableName=name)["Items"][0]["id"]["S"] == "lives"


UPSTREAM_SWEEP = """
import sys, threading, types
from ministack.services import dynamodb

if sys.argv[1] == "repaired":
    from local.aws.repairs import ttl_stream
    ttl_stream.apply()
dynamodb._create_table({
    "TableName": "sessions", "BillingMode": "PAY_PER_REQUEST",
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
    "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
})
dynamodb._put_item({"TableName": "sessions", "Item": {"id": {"S": "a"}, "until": {"N": "1"}}})
dynamodb._ttl_settings["sessions"] = {"TimeToLiveStatus": "ENABLED", "AttributeName": "until"}

naps = iter([None])
def nap(seconds):
    next(naps)
dynamodb.time = types.SimpleNamespace(time=lambda: 2.0, sleep=nap)
def sweep_once():
    try:
        dynamodb._ttl_reaper()
    except StopIteration:
        pass
sweep = threading.Thread(target=sweep_once, name="dynamodb-ttl-reaper")
sweep.start()
sweep.join()
print(len(dynamodb._tables["sessions"]["items"]), [r["eventName"] for r in dynamodb._stream_records["sessions"]])
"""


@pytest.mark.parametrize(("kind", "told"), [("stock", "0 ['INSERT']"), ("repaired", "0 ['INSERT', 'REMOVE']")])
def test_sweep_of_the_emulator_itself_tells_the_stream(kind: str, told: str) -> None:
    command = [server.INTERPRETER, "-c", UPSTREAM_SWEEP, kind]
    ran = subprocess.run(command, cwd=server.ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == told
