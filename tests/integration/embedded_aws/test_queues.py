"""What the emulator does right by itself and we build on: queues, concurrency, layers."""

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor

from local.aws.testing import Endpoint
from tests.integration.embedded_aws import kit

FAILS_BAD_ONES = """
import os, boto3
sqs = boto3.client("sqs")
def handler(event, context):
    failed = []
    for record in event["Records"]:
        sqs.send_message(QueueUrl=os.environ["SEEN"], MessageBody=record["body"])
        if record["body"] == "bad":
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}
"""
MEETS_ITS_TWINS = """
import os, time, boto3
def handler(event, context):
    table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
    table.put_item(Item={"id": str(os.getpid())})
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline and table.scan(ConsistentRead=True)["Count"] < event["expected"]:
        time.sleep(0.05)
    return table.scan(ConsistentRead=True)["Count"]
"""


def test_only_the_failed_message_of_a_batch_returns_and_ends_in_the_dead_letter_queue(repaired: Endpoint) -> None:
    dead, seen = kit.queue(repaired), kit.queue(repaired)
    redrive = json.dumps({"deadLetterTargetArn": dead.arn, "maxReceiveCount": "2"})
    work = kit.queue(repaired, VisibilityTimeout="3", RedrivePolicy=redrive)
    consumer = kit.function(repaired, FAILS_BAD_ONES, timeout_s=3, SEEN=seen.url)
    for word in ("good", "bad", "fine"):
        work.sqs.send_message(QueueUrl=work.url, MessageBody=word)
    kit.map_source(repaired, work.arn, consumer, FunctionResponseTypes=["ReportBatchItemFailures"])
    assert dead.await_bodies(1) == ["bad"]
    assert sorted(seen.bodies()) == ["bad", "bad", "fine", "good"]


def test_delayed_message_stays_invisible_and_is_counted_as_delayed(repaired: Endpoint) -> None:
    work = kit.queue(repaired)
    work.sqs.send_message(QueueUrl=work.url, MessageBody="later", DelaySeconds=900)
    work.sqs.send_message(QueueUrl=work.url, MessageBody="soon", DelaySeconds=1)
    assert work.bodies() == []
    assert work.await_bodies(1) == ["soon"]
    counts = work.sqs.get_queue_attributes(QueueUrl=work.url, AttributeNames=["All"])["Attributes"]
    assert counts["ApproximateNumberOfMessagesDelayed"] == "1"


def test_simultaneous_calls_run_in_processes_of_their_own(repaired: Endpoint) -> None:
    table, _ = kit.table(repaired)
    name = kit.function(repaired, MEETS_ITS_TWINS, TABLE=table)
    with ThreadPoolExecutor(4) as pool:
        payload = json.dumps({"expected": 4})
        calls = [
            pool.submit(kit.client(repaired, "lambda").invoke, FunctionName=name, Payload=payload) for _ in range(4)
        ]
        assert [int(call.result()["Payload"].read()) for call in calls] == [4] * 4


def test_layer_is_on_the_path_and_reserved_concurrency_throttles(repaired: Endpoint) -> None:
    functions = kit.client(repaired, "lambda")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("python/greeting.py", "WORD = 'hello'")
    layer = functions.publish_layer_version(LayerName=kit.unique("layer"), Content={"ZipFile": packed.getvalue()})
    name = kit.function(repaired, "import greeting\ndef handler(event, context): return greeting.WORD")
    functions.update_function_configuration(FunctionName=name, Layers=[layer["LayerVersionArn"]])
    assert functions.invoke(FunctionName=name)["Payload"].read() == b'"hello"'
    functions.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    try:
        functions.invoke(FunctionName=name)
    except functions.exceptions.TooManyRequestsException as refused:
        assert "ReservedFunctionConcurrentInvocationLimitExceeded" in str(refused.response)
    else:
        raise AssertionError("a reserved concurrency of none let a call through")
