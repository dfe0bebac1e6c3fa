"""Stream mappings: partial failures, bounded retries, bisection, the on-failure queue, and shards that do not wait."""

import json
from typing import Any

import pytest

from local.aws.testing import Endpoint
from tests.integration.embedded_aws import kit

CONSUMER = """
import base64, os, boto3
sqs = boto3.client("sqs")

def word(record):
    if "kinesis" in record:
        return base64.b64decode(record["kinesis"]["data"]).decode(), record["kinesis"]["sequenceNumber"]
    return record["dynamodb"]["Keys"]["id"]["S"], record["dynamodb"]["SequenceNumber"]

def handler(event, context):
    for record in event["Records"]:
        text, sequence = word(record)
        sqs.send_message(QueueUrl=os.environ["SEEN"], MessageBody=text)
        if text.startswith("bad"):
            if os.environ["HOW"] == "raise":
                raise ValueError(text)
            return {"batchItemFailures": [{"itemIdentifier": sequence}]}
    return {"batchItemFailures": []}
"""
WORDS = ["one", "two", "bad", "three", "four"]
SETTINGS: dict[str, Any] = {
    "MaximumRetryAttempts": 1,
    "BisectBatchOnFunctionError": True,
    "FunctionResponseTypes": ["ReportBatchItemFailures"],
}


def consume(endpoint: Endpoint, source: str, how: str) -> tuple[kit.Queue, kit.Queue]:
    """Send WORDS through a stream to the consumer; returns the queues of what it saw and of what was given up."""
    seen, given_up = kit.queue(endpoint), kit.queue(endpoint)
    consumer = kit.function(endpoint, CONSUMER, SEEN=seen.url, HOW=how)
    arn = send_to_stream(endpoint) if source == "kinesis" else send_to_table(endpoint)
    destination = {"OnFailure": {"Destination": given_up.arn}}
    kit.map_source(endpoint, arn, consumer, DestinationConfig=destination, **SETTINGS)
    return seen, given_up


def send_to_stream(endpoint: Endpoint) -> str:
    name, arn = kit.stream(endpoint)
    records = [{"Data": word.encode(), "PartitionKey": "p"} for word in WORDS]
    kit.client(endpoint, "kinesis").put_records(StreamName=name, Records=records)
    return arn


def send_to_table(endpoint: Endpoint) -> str:
    name, arn = kit.table(endpoint)
    for word in WORDS:
        kit.client(endpoint, "dynamodb").put_item(TableName=name, Item={"id": {"S": word}})
    return arn


@pytest.mark.parametrize("source", ["kinesis", "dynamodb"])
@pytest.mark.parametrize("how", ["raise", "report"])
def test_poison_record_goes_to_the_on_failure_queue_and_the_rest_is_delivered(
    repaired: Endpoint, source: str, how: str
) -> None:
    seen, given_up = consume(repaired, source, how)
    message = json.loads(given_up.await_bodies(1)[0])
    kit.eventually(lambda: "four" in seen.bodies())
    info = message["KinesisBatchInfo" if source == "kinesis" else "DDBStreamBatchInfo"]
    assert (info["batchSize"], message["requestContext"]["condition"]) == (1, "RetryAttemptsExhausted")
    assert info["startSequenceNumber"] == info["endSequenceNumber"]
    assert set(seen.read) == set(WORDS)
    assert seen.read.count("bad") >= 2
    assert given_up.bodies() == given_up.read and len(given_up.read) == 1


@pytest.mark.parametrize("source", ["kinesis", "dynamodb"])
def test_reported_record_is_lost_without_the_repair(stock: Endpoint, source: str) -> None:
    seen, given_up = consume(stock, source, "report")
    kit.eventually(lambda: seen.bodies()[2:] == ["bad"])
    mapping_has_moved_on(stock, seen)
    assert seen.bodies() == ["one", "two", "bad"]
    assert given_up.bodies() == []


def mapping_has_moved_on(endpoint: Endpoint, seen: kit.Queue) -> None:
    """Wait until the mapping of the consumer that fills this queue reports its batch as processed."""
    functions = kit.client(endpoint, "lambda")
    names = [
        function["FunctionName"]
        for function in functions.list_functions()["Functions"]
        if function.get("Environment", {}).get("Variables", {}).get("SEEN") == seen.url
    ]
    kit.eventually(
        lambda: functions.list_event_source_mappings(FunctionName=names[0])["EventSourceMappings"][0][
            "LastProcessingResult"
        ].startswith("OK")
    )


WAITS_FOR_THE_QUEUE = """
import os, time, boto3
table = boto3.resource("dynamodb").Table(os.environ["TABLE"])

def handler(event, context):
    table.put_item(Item={"id": "started"})
    deadline = time.monotonic() + 4
    while time.monotonic() < deadline and "Item" not in table.get_item(Key={"id": "from the queue"}):
        time.sleep(0.05)
    table.put_item(Item={"id": "stream", "queue_came_first": "Item" in table.get_item(Key={"id": "from the queue"})})
"""
WRITES_FOR_THE_QUEUE = """
import os, boto3
def handler(event, context):
    boto3.resource("dynamodb").Table(os.environ["TABLE"]).put_item(Item={"id": "from the queue"})
"""


@pytest.mark.parametrize(("emulator", "queue_came_first"), [("stock", False), ("repaired", True)])
def test_slow_stream_consumer_delays_no_queue(
    request: pytest.FixtureRequest, emulator: str, queue_came_first: bool
) -> None:
    endpoint: Endpoint = request.getfixturevalue(emulator)
    flags, _ = kit.table(endpoint)
    stream_name, stream_arn = kit.stream(endpoint)
    jobs = kit.queue(endpoint)

    def flag(name: str) -> Any:
        return kit.client(endpoint, "dynamodb").get_item(TableName=flags, Key={"id": {"S": name}}).get("Item")

    kit.map_source(endpoint, jobs.arn, kit.function(endpoint, WRITES_FOR_THE_QUEUE, TABLE=flags))
    kit.map_source(endpoint, stream_arn, kit.function(endpoint, WAITS_FOR_THE_QUEUE, TABLE=flags))
    kit.client(endpoint, "kinesis").put_record(StreamName=stream_name, Data=b"x", PartitionKey="p")
    kit.eventually(lambda: flag("started"))
    jobs.sqs.send_message(QueueUrl=jobs.url, MessageBody="go")
    written = kit.eventually(lambda: flag("stream"))
    assert written["queue_came_first"]["BOOL"] is queue_came_first
