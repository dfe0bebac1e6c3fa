"""One embedded AWS with the event stream, its delivery to Parquet and the table over it, as the data stack has them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
from offhook.adapters import guard
from offhook.adapters.dynamo.schema import definition
from offhook.adapters.dynamo.tables import Directory
from offhook.domain.event_schema import PARTITIONS, lake_columns

from local.aws.testing import Endpoint, running_emulator

STAGE = "lakes"  # names as a deployment of this stage has them, for the command line
BUCKET, STREAM = f"offhook-{STAGE}-lake-000000000000-us-east-1", f"offhook-{STAGE}-events"
DIRECTORY = f"offhook-{STAGE}-directory"
DATABASE, WORKGROUP = "analytics", "reports"
RESULTS = "analytics-results"
ROLE = "arn:aws:iam::000000000000:role/test"
PARQUET = "org.apache.hadoop.hive.ql.io.parquet"


@dataclass(frozen=True, slots=True)
class Aws:
    """Clients without guard, for preparing and looking from outside."""

    endpoint: Endpoint

    def client(self, service: str) -> Any:
        with guard.unguarded():
            return boto3.client(service, **self.endpoint.client_arguments)


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    with running_emulator(Path(tmp_path_factory.mktemp("analytics"))) as endpoint:
        made = Aws(endpoint)
        make_lake(made)
        yield made


def make_lake(aws: Aws) -> None:
    for bucket in (BUCKET, RESULTS):
        aws.client("s3").create_bucket(Bucket=bucket)
    aws.client("dynamodb").create_table(**definition(Directory, DIRECTORY))
    kinesis = aws.client("kinesis")
    kinesis.create_stream(StreamName=STREAM, ShardCount=1)
    kinesis.get_waiter("stream_exists").wait(StreamName=STREAM)
    glue = aws.client("glue")
    glue.create_database(DatabaseInput={"Name": DATABASE})
    glue.create_table(DatabaseName=DATABASE, TableInput=events_table())
    arn = kinesis.describe_stream(StreamName=STREAM)["StreamDescription"]["StreamARN"]
    aws.client("firehose").create_delivery_stream(
        DeliveryStreamName="events",
        DeliveryStreamType="KinesisStreamAsSource",
        KinesisStreamSourceConfiguration={"KinesisStreamARN": arn, "RoleARN": ROLE},
        ExtendedS3DestinationConfiguration=destination(),
    )
    aws.client("athena").create_work_group(
        Name=WORKGROUP, Configuration={"ResultConfiguration": {"OutputLocation": f"s3://{BUCKET}/results/"}}
    )


def events_table() -> dict[str, Any]:
    columns = [{"Name": name, "Type": kind} for name, kind in lake_columns()]
    location = f"s3://{BUCKET}/events/"
    return {
        "Name": "events",
        "TableType": "EXTERNAL_TABLE",
        "PartitionKeys": [{"Name": name, "Type": kind} for name, kind in PARTITIONS],
        "Parameters": {
            "classification": "parquet",
            "projection.enabled": "true",
            "projection.tenant.type": "injected",
            "projection.dt.type": "date",
            "projection.dt.format": "yyyy-MM-dd",
            "projection.dt.range": "2025-01-01,NOW",
            "storage.location.template": f"{location}tenant=${{tenant}}/dt=${{dt}}",
        },
        "StorageDescriptor": {
            "Columns": columns,
            "Location": location,
            "InputFormat": f"{PARQUET}.MapredParquetInputFormat",
            "OutputFormat": f"{PARQUET}.MapredParquetOutputFormat",
            "SerdeInfo": {"SerializationLibrary": f"{PARQUET}.serde.ParquetHiveSerDe"},
        },
    }


def destination() -> dict[str, Any]:
    query = {"ParameterName": "MetadataExtractionQuery", "ParameterValue": "{tenant:.tenant,dt:.dt}"}
    engine = {"ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.6"}
    return {
        "RoleARN": ROLE,
        "BucketARN": f"arn:aws:s3:::{BUCKET}",
        "Prefix": "events/tenant=!{partitionKeyFromQuery:tenant}/dt=!{partitionKeyFromQuery:dt}/",
        "ErrorOutputPrefix": "events-errors/!{firehose:error-output-type}/",
        "BufferingHints": {"IntervalInSeconds": 60, "SizeInMBs": 64},
        "DynamicPartitioningConfiguration": {"Enabled": True},
        "ProcessingConfiguration": {
            "Enabled": True,
            "Processors": [{"Type": "MetadataExtraction", "Parameters": [query, engine]}],
        },
        "DataFormatConversionConfiguration": {
            "Enabled": True,
            "SchemaConfiguration": {"DatabaseName": DATABASE, "TableName": "events", "RoleARN": ROLE},
            "InputFormatConfiguration": {"Deserializer": {"OpenXJsonSerDe": {}}},
            "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}},
        },
    }
