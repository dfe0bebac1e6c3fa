"""Firehose: many records, few objects, and one bad record that spoils no other."""

import json
from typing import Any

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
    columns = [{"Name": "tenant", "Type": "string"}, {"Name": "seconds", "Type": "bigint"}]
    storage = {"Columns": columns, "Location": f"s3://{bucket}/calls/"}
    glue.create_table(DatabaseName=database, TableInput={"Name": "calls", "StorageDescriptor": storage})
    return {
        "Enabled": True,
        "SchemaConfiguration": {"DatabaseName": database, "TableName": "calls", "RoleARN": kit.ROLE},
        "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}},
        "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}},
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
