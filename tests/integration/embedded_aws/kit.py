"""A few lines that make queues, streams, tables and functions in an emulator, and wait for what they do."""

import io
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import uuid4

import boto3
from offhook.adapters.guard import unguarded

from local.aws.testing import Endpoint

Found = TypeVar("Found")
ROLE = "arn:aws:iam::000000000000:role/test"


def client(endpoint: Endpoint, service: str) -> Any:
    with unguarded():  # a test before this one may have guarded the process
        return boto3.client(service, **endpoint.client_arguments)  # type: ignore[call-overload]  # named at run time


def unique(name: str) -> str:
    return f"{name}-{uuid4().hex[:8]}"


def eventually(probe: Callable[[], Found], within_s: float = 20.0) -> Found:
    """The probe's first true answer."""
    deadline = time.monotonic() + within_s
    while not (found := probe()):
        assert time.monotonic() < deadline, f"nothing within {within_s} s"
        time.sleep(0.05)
    return found


@dataclass(frozen=True, slots=True)
class Queue:
    """An SQS queue that remembers what was read from it."""

    sqs: Any
    url: str
    arn: str
    read: list[str]

    def bodies(self) -> list[str]:
        """All bodies seen so far, in the order of their arrival here."""
        while messages := self.sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                self.read.append(message["Body"])
                self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
        return self.read

    def await_bodies(self, count: int) -> list[str]:
        return eventually(lambda: self.bodies() if len(self.bodies()) >= count else [])


def queue(endpoint: Endpoint, **attributes: str) -> Queue:
    sqs = client(endpoint, "sqs")
    url = sqs.create_queue(QueueName=unique("queue"), Attributes=attributes)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    return Queue(sqs, url, arn, [])


def packed(source: str) -> bytes:
    """A function's archive with one module, `app`."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("app.py", source)
    return archive.getvalue()


def function(endpoint: Endpoint, source: str, timeout_s: int = 20, **environment: str) -> str:
    """A function whose module holds this source and whose entry is `handler`; returns its name."""
    name = unique("function")
    client(endpoint, "lambda").create_function(
        FunctionName=name,
        Runtime="python3.11",
        Handler="app.handler",
        Role=ROLE,
        Timeout=timeout_s,
        Code={"ZipFile": packed(source)},
        Environment={"Variables": environment},
    )
    return name


def stream(endpoint: Endpoint) -> tuple[str, str]:
    """Name and ARN of a Kinesis stream with one shard."""
    kinesis, name = client(endpoint, "kinesis"), unique("stream")
    kinesis.create_stream(StreamName=name, ShardCount=1)
    kinesis.get_waiter("stream_exists").wait(StreamName=name, WaiterConfig={"Delay": 1})
    return name, kinesis.describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]["StreamARN"]


def table(endpoint: Endpoint) -> tuple[str, str]:
    """Name and stream ARN of a table keyed by `id`."""
    made = client(endpoint, "dynamodb").create_table(
        TableName=unique("table"),
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )["TableDescription"]
    return made["TableName"], made["LatestStreamArn"]


def map_source(endpoint: Endpoint, source_arn: str, function_name: str, **settings: Any) -> str:
    """Let the function consume the source; returns the mapping's id."""
    start = {} if ":sqs:" in source_arn else {"StartingPosition": "TRIM_HORIZON"}
    made = client(endpoint, "lambda").create_event_source_mapping(
        EventSourceArn=source_arn, FunctionName=function_name, **start, **settings
    )
    return str(made["UUID"])
