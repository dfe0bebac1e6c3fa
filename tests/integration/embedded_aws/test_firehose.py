"""Firehose: many records, few objects, and one bad record that spoils no other."""

import json
from tempfile import NamedTemporaryFile
from typing import Any

import duckdb
import pytest

from local.aws.testing import Endpoint
from tests.integration.embedded_aws import kit

RECORDS = [{"tenant": f"t_{number % 2}", "seconds": number} for number in range(20)]


def delivery_stream(endpoint: Endpoint, parquet: bool) -> tuple[str, str]:
    """Name and bucket of a stream that partitions by tenant."""
    bucket, name = kit.unique("lake"), kit.unique("delivery")
    kit.client(endpoint, "s3").create_bucket(Bucket=bucket)
    query = {"ParameterName": "MetadataExtractionQuery", "ParameterValue": "{tenant: .tenant}"}
    engine = {"ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.6"}
    destination: dict[str, Any] = {
        "RoleARN": kit.ROLE,
        "BucketARN": f"arn:aws:s3:::{bucket}",
        "Prefix": "calls/tenant=!{partitionKeyFromQuery:tenant}/dt=!{timestamp:yyyy-MM-dd}/",
        "ErrorOutputPrefix": "errors/!{firehose:error-output-type}/",
        "BufferingHints": {"IntervalInSeconds": 60, "SizeInMBs": 64},
        "DynamicPartitioningConfiguration": {"Enabled": True},
        "ProcessingConfiguration": {
            "Enabled": True,
            "Processors": [{"Type": "MetadataExtraction", "Parameters": [query, engine]}],
        },
    }
    if parquet:
        destination["DataFormatConversionConfiguration"] = conversion(endpoint, bucket)
    kit.client(endpoint, "firehose").create_delivery_stream(
        DeliveryStreamName=name, DeliveryStreamType="DirectPut", ExtendedS3DestinationConfiguration=destination
    )
    return name, bucket


def conversion(endpoint: Endpoint, bucket: str) -> dict[str, Any]:
    glue, database = kit.client(endpoint, "glue"), kit.unique("lake").replace("-", "_")
    glue.create_database(DatabaseInput={"Name": database})
    kinds = {"tenant": "string", "seconds": "bigint", "score": "double", "told": "boolean", "note": "string"}
    columns = [{"Name": name, "Type": kind} for name, kind in kinds.items()]
    storage = {"Columns": columns, "Location": f"s3://{bucket}/calls/"}
    glue.create_table(DatabaseName=database, TableInput={"Name": "calls", "StorageDescriptor": storage})
    return {
        "Enabled": True,
        "SchemaConfiguration": {"DatabaseName": database, "TableName": "calls", "RoleARN": kit.ROLE},
        "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}},
        "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {"Compression": "SNAPPY"}}},
    }


def put(endpoint: Endpoint, name: str, records: list[bytes]) -> None:
    answer = kit.client(endpoint, "firehose").put_record_batch(
        DeliveryStreamName=name, Records=[{"Data": record} for record in records]
    )
    assert answer["FailedPutCount"] == 0


def objects(endpoint: Endpoint, bucket: str, prefix: str = "") -> dict[str, bytes]:
    s3 = kit.client(endpoint, "s3")
    found = s3.list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", [])
    return {entry["Key"]: s3.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read() for entry in found}


@pytest.mark.parametrize(("emulator", "count"), [("stock", len(RECORDS)), ("repaired", 2)])
def test_records_of_one_partition_share_an_object(request: pytest.FixtureRequest, emulator: str, count: int) -> None:
    endpoint: Endpoint = request.getfixturevalue(emulator)
    name, bucket = delivery_stream(endpoint, parquet=False)
    put(endpoint, name, [json.dumps(record).encode() + b"\n" for record in RECORDS])

    def all_delivered() -> dict[str, bytes]:
        found = objects(endpoint, bucket)
        return found if b"".join(found.values()).count(b"\n") == len(RECORDS) else {}

    delivered = kit.eventually(all_delivered)
    assert len(delivered) == count
    lines = [json.loads(line) for body in delivered.values() for line in body.splitlines()]
    assert sorted(lines, key=lambda line: line["seconds"]) == RECORDS


def test_record_that_cannot_be_converted_alone_goes_to_the_error_prefix(repaired: Endpoint) -> None:
    name, bucket = delivery_stream(repaired, parquet=True)
    bad = b'{"tenant": "t_0", "seconds": "soon"}'
    put(repaired, name, [json.dumps(record).encode() for record in RECORDS] + [bad])
    failed = kit.eventually(lambda: objects(repaired, bucket, "errors/"))
    assert [json.loads(body)["ErrorCode"] for body in failed.values()] == ["DataFormatConversion.MalformedData"]
    assert kit.eventually(lambda: len(objects(repaired, bucket, "calls/tenant=t_1/"))) == 1
    assert kit.eventually(lambda: len(objects(repaired, bucket, "calls/tenant=t_0/"))) == len(RECORDS) // 2


WIDE = [
    {"tenant": "t_0", "seconds": 7, "score": 0.1, "told": True, "note": "“quoted”, and\nnew line", "no_column": 1},
    {"tenant": "t_0", "seconds": None, "score": 3, "told": False, "note": 4},
    {"tenant": "t_0", "seconds": 1_790_000_000_123, "told": None, "note": ["a", {"b": None}]},
]


def test_records_converted_together_are_rows_like_those_converted_alone(stock: Endpoint, repaired: Endpoint) -> None:
    plain = [{name: value for name, value in record.items() if name != "note"} for record in WIDE]
    assert rows(repaired, plain) == rows(stock, plain)
    assert [note for *_, note in rows(repaired, WIDE)] == [WIDE[0]["note"], "4", '["a",{"b":null}]']


def rows(endpoint: Endpoint, records: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """What the lake has of them, in the order of the records."""
    name, bucket = delivery_stream(endpoint, parquet=True)
    put(endpoint, name, [json.dumps(record).encode() for record in records])

    def written() -> list[tuple[Any, ...]]:
        found = [row for body in objects(endpoint, bucket, "calls/").values() for row in of_parquet(body)]
        return found if len(found) == len(records) else []

    order = [record["seconds"] for record in records]
    return sorted(kit.eventually(written), key=lambda row: order.index(row[1]))


def of_parquet(body: bytes) -> list[tuple[Any, ...]]:
    with NamedTemporaryFile(suffix=".parquet") as file:
        file.write(body)
        file.flush()
        return duckdb.sql(f"SELECT tenant, seconds, score, told, note FROM '{file.name}'").fetchall()
