"""What one invocation used arrives in the ledger once, over the embedded Kinesis, however often it is delivered."""

import base64
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from offhook import wiring
from offhook.adapters.guard import platform_scope
from offhook.adapters.kinesis import KinesisStream
from offhook.adapters.memory.clock import FrozenClock, SeededIds
from offhook.adapters.usage import UsageRecorder
from offhook.domain.tenants.tenant import Tenant
from offhook.settings import settings
from offhook.stores.ledger import Ledger
from offhook.wiring.memory import MemoryWorld

from functions.analytics.app import ledger as book
from tests.integration.embedded_aws.kit import eventually
from tests.unit.metering.kit import ACME, NONE, OTHER, at
from tests.world.world import ENVIRONMENT

STREAM, DAY = "usage", "2026-11-06"
USED = {"dynamodb_wru": 3.0, "dynamodb_rru": 1.5, "lambda_ms": 12.25, "lambda_requests": 1.0, "requests_sqs": 2.0}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryWorld]:
    world = MemoryWorld(telephony=lambda _: NONE, clock=FrozenClock(at(f"{DAY}T06:05")))
    for tenant in (ACME, OTHER):
        world.add_tenant(Tenant(tenant, name=tenant.title(), plan="pay_per_use@1"))
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    with wiring.use(world):
        yield world
    settings.cache_clear()


def delivered(kinesis: Any, count: int) -> list[dict[str, Any]]:
    """The records of the stream, as Lambda hands them to a function."""
    shard = kinesis.list_shards(StreamName=STREAM)["Shards"][0]["ShardId"]

    def read() -> list[dict[str, Any]]:
        place = kinesis.get_shard_iterator(StreamName=STREAM, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
        found: list[dict[str, Any]] = kinesis.get_records(ShardIterator=place["ShardIterator"])["Records"]
        return found if len(found) >= count else []

    return [
        {
            "eventID": f"{shard}:{one['SequenceNumber']}",
            "eventSource": "aws:kinesis",
            "kinesis": {
                "sequenceNumber": one["SequenceNumber"],
                "partitionKey": one["PartitionKey"],
                "data": base64.b64encode(one["Data"]).decode(),
                "approximateArrivalTimestamp": 0,
            },
        }
        for one in eventually(read)
    ]


def booked(world: MemoryWorld, tenant: Any) -> tuple[Mapping[str, int], Mapping[str, int]]:
    ledger = Ledger(world.deps_for(world.tenant_context(tenant)).items, tenant)
    return ledger.day(DAY), ledger.counts()


def test_a_usage_record_is_booked_once_however_often_it_is_sent_and_delivered(made: MemoryWorld, aws: Any) -> None:
    kinesis = aws("kinesis")
    kinesis.create_stream(StreamName=STREAM, ShardCount=1)
    kinesis.get_waiter("stream_exists").wait(StreamName=STREAM, WaiterConfig={"Delay": 1})
    stream = KinesisStream(kinesis, STREAM)
    recorder = UsageRecorder(lambda: stream, made.clock, SeededIds(), later=lambda seconds, action: None)
    recorder.record(ACME, "", dict(USED))
    recorder.record(OTHER, "", {"dynamodb_wru": 1.0})
    with platform_scope():
        assert all(stream.put(recorder.waiting))  # the answer to this was lost: it is sent again
    recorder.flush()
    records = delivered(kinesis, 4)
    assert book({"Records": records}, None) == {"batchItemFailures": []}
    first, _ = booked(made, ACME)
    assert first["aws.dynamodb.wru"] and first["aws.sqs.request"] and first["aws.lambda.mb_ms"]
    on_the_way = {"aws.kinesis.in_kb", "aws.kinesis.read_kb", "aws.firehose.kb"}
    assert set(booked(made, OTHER)[0]) == {"aws.dynamodb.wru", *on_the_way}
    for again in (records, records[::-1], records[1:3]):
        book({"Records": again}, None)
    days, counts = booked(made, ACME)
    assert days == first
    assert (counts["applied"], counts["quarantined"]) == (1, 0) and counts["duplicate"] >= 2
