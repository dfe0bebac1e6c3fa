"""The two kinds of stream as one: records after a sequence number, and where a mapping stands in them.

A position is the sequence number last finished, kept where upstream keeps its offsets, so it is saved with them.
"""

import base64
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from ministack.core import responses
from ministack.services import dynamodb, kinesis, lambda_svc

Record = dict[str, Any]
BEGINNING = "0"


class Shard(Protocol):
    """One ordered sequence of records, read by one mapping."""

    @property
    def shard_id(self) -> str: ...
    @property
    def batch_info(self) -> str:
        """The name under which an on-failure message describes a batch of this kind."""

    def read(self, after: str, limit: int) -> list[Record]: ...
    def sequence(self, record: Record) -> str: ...
    def arrived_at(self, record: Record) -> float: ...
    def position(self) -> str: ...
    def advance(self, sequence: str) -> None: ...


def shards_of(mapping: dict[str, Any]) -> Iterator[Shard]:
    """The shards a mapping reads; none while its stream or table is absent, or for SQS."""
    kind, name = _source(mapping["EventSourceArn"])
    if kind == "kinesis":
        stream = kinesis._streams.get(name)
        for shard_id in list(stream["shards"]) if stream and stream["StreamStatus"] == "ACTIVE" else ():
            yield KinesisShard(shard_id, mapping, name)
    elif kind == "dynamodb":
        table = dynamodb._tables.get(name)
        if table and table.get("LatestStreamArn") == mapping["EventSourceArn"]:
            yield TableShard(mapping, name)


def _source(arn: str) -> tuple[str, str]:
    service, resource = arn.split(":")[2], arn.split(":", 5)[5]
    return service, resource.split("/")[1] if "/" in resource else resource


@dataclass(frozen=True, slots=True)
class KinesisShard:
    """A shard of a Kinesis stream."""

    shard_id: str
    mapping: dict[str, Any]
    stream: str
    batch_info: str = "KinesisBatchInfo"

    def read(self, after: str, limit: int) -> list[Record]:
        stored = self._stored()
        start = bisect_right(stored, int(after), key=lambda record: int(record["SequenceNumber"]))
        return [self._event(record) for record in stored[start : start + limit]]

    def sequence(self, record: Record) -> str:
        return str(record["kinesis"]["sequenceNumber"])

    def arrived_at(self, record: Record) -> float:
        return float(record["kinesis"]["approximateArrivalTimestamp"])

    def position(self) -> str:
        positions = self._positions()
        if not isinstance(positions.get(self.shard_id), str):
            positions[self.shard_id] = self._start(positions.get(self.shard_id))
        return str(positions[self.shard_id])

    def advance(self, sequence: str) -> None:
        self._positions()[self.shard_id] = sequence

    def _positions(self) -> dict[str, Any]:
        positions = lambda_svc._kinesis_positions
        identity = self.mapping["UUID"]
        if identity not in positions:
            positions[identity] = {}
        return positions[identity]  # type: ignore[no-any-return]  # the emulator has no types

    def _start(self, offset: int | None) -> str:
        """Upstream's offset as a sequence number; a new mapping starts where it says."""
        stored = self._stored()
        if offset is None:
            offset = 0 if self.mapping.get("StartingPosition") == "TRIM_HORIZON" else len(stored)
        finished = stored[: int(offset)]
        return str(finished[-1]["SequenceNumber"]) if finished else BEGINNING

    def _stored(self) -> list[Record]:
        stream = kinesis._streams.get(self.stream)
        return list(stream["shards"][self.shard_id]["records"]) if stream else []

    def _event(self, record: Record) -> Record:
        sequence = record["SequenceNumber"]
        return {
            "kinesis": {
                "kinesisSchemaVersion": "1.0",
                "partitionKey": record["PartitionKey"],
                "sequenceNumber": sequence,
                "data": _encoded(record["Data"]),
                "approximateArrivalTimestamp": record["ApproximateArrivalTimestamp"],
            },
            "eventSource": "aws:kinesis",
            "eventVersion": "1.0",
            "eventID": f"{self.shard_id}:{sequence}",
            "eventName": "aws:kinesis:record",
            "invokeIdentityArn": f"arn:aws:iam::{responses.get_account_id()}:role/lambda-role",
            "awsRegion": responses.get_region(),
            "eventSourceARN": self.mapping["EventSourceArn"],
        }


@dataclass(frozen=True, slots=True)
class TableShard:
    """The stream of a table; the emulator keeps it as one shard."""

    mapping: dict[str, Any]
    table: str
    shard_id: str = "shardId-00000000000000000000-00000000"
    batch_info: str = "DDBStreamBatchInfo"

    def read(self, after: str, limit: int) -> list[Record]:
        stored = list(dynamodb.stream_live_records(self.table))
        start = bisect_right(stored, int(after), key=lambda record: int(self.sequence(record)))
        return stored[start : start + limit]

    def sequence(self, record: Record) -> str:
        return str(record["dynamodb"]["SequenceNumber"])

    def arrived_at(self, record: Record) -> float:
        return float(record["dynamodb"]["ApproximateCreationDateTime"])

    def position(self) -> str:
        positions = lambda_svc._dynamodb_stream_positions
        identity = self.mapping["UUID"]
        if not isinstance(positions.get(identity), str):
            positions[identity] = self._start(positions.get(identity))
        return str(positions[identity])

    def advance(self, sequence: str) -> None:
        lambda_svc._dynamodb_stream_positions[self.mapping["UUID"]] = sequence

    def _start(self, offset: int | None) -> str:
        """Upstream sets an offset when the mapping is made; read it as the sequence number before it."""
        if offset is None:
            latest = self.mapping.get("StartingPosition") != "TRIM_HORIZON"
            offset = dynamodb.stream_end_position(self.table) if latest else 0
        before = int(offset) - dynamodb.stream_start_position(self.table)
        finished = dynamodb.stream_live_records(self.table)[: max(before, 0)]
        return self.sequence(finished[-1]) if finished else BEGINNING


def _encoded(value: object) -> str:
    """The API stores base64 text; writes from inside the emulator store bytes."""
    if isinstance(value, str):
        return value
    return base64.b64encode(value if isinstance(value, bytes) else str(value).encode()).decode()
