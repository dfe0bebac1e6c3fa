"""The lake: events from the stream as Parquet by tenant and day, the table over them, and the query engine's limits."""

from aws_cdk import (
    Aws,
    RemovalPolicy,
    aws_athena,
    aws_glue,
    aws_iam,
    aws_kinesis,
    aws_kinesisfirehose,
    aws_kms,
    aws_logs,
    aws_s3,
)
from constructs import Construct
from offhook.adapters.athena import PLATFORMS
from offhook.domain.analytics.misfits import ERRORS
from offhook.domain.event_schema import PARTITIONS, lake_columns

from infra.names import Names

FIRST_DAY = "2026-01-01"
EVENTS = "events"
MOST_BYTES_A_QUERY = 20 * 1024**3
_PARQUET = "org.apache.hadoop.hive.ql.io.parquet"


class EventTable(aws_glue.CfnTable):
    """Columns from the event catalogue; partitions are computed, never registered: a query must name its tenant."""

    def __init__(self, scope: Construct, id: str, *, database: aws_glue.CfnDatabase, bucket: aws_s3.IBucket) -> None:
        """database: where the table lies."""
        location = f"s3://{bucket.bucket_name}/{EVENTS}/"
        template = "/".join(f"{name}=${{{name}}}" for name, _ in PARTITIONS)
        super().__init__(
            scope,
            id,
            catalog_id=Aws.ACCOUNT_ID,
            database_name=database.ref,
            table_input=aws_glue.CfnTable.TableInputProperty(
                name=EVENTS,
                table_type="EXTERNAL_TABLE",
                partition_keys=[_column(name, kind) for name, kind in PARTITIONS],
                parameters={
                    "EXTERNAL": "TRUE",
                    "classification": "parquet",
                    "projection.enabled": "true",
                    "projection.tenant.type": "injected",
                    "projection.dt.type": "date",
                    "projection.dt.format": "yyyy-MM-dd",
                    "projection.dt.range": f"{FIRST_DAY},NOW",
                    "storage.location.template": f"{location}{template}",
                },
                storage_descriptor=_parquet_in(location),
            ),
        )


def _column(name: str, kind: str) -> aws_glue.CfnTable.ColumnProperty:
    return aws_glue.CfnTable.ColumnProperty(name=name, type=kind)


def _parquet_in(location: str) -> aws_glue.CfnTable.StorageDescriptorProperty:
    return aws_glue.CfnTable.StorageDescriptorProperty(
        location=location,
        columns=[_column(name, kind) for name, kind in lake_columns()],
        input_format=f"{_PARQUET}.MapredParquetInputFormat",
        output_format=f"{_PARQUET}.MapredParquetOutputFormat",
        serde_info=aws_glue.CfnTable.SerdeInfoProperty(
            serialization_library=f"{_PARQUET}.serde.ParquetHiveSerDe", parameters={"serialization.format": "1"}
        ),
    )


class Lake(Construct):
    """Stream → delivery → bucket, and the table and workgroup that read it."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        names: Names,
        key: aws_kms.IKey,
        stream: aws_kinesis.IStream,
        bucket: aws_s3.IBucket,
        results: aws_s3.IBucket,
    ) -> None:
        """bucket: of the events; results: of the queries."""
        super().__init__(scope, id)
        database = aws_glue.CfnDatabase(
            self,
            "Database",
            catalog_id=Aws.ACCOUNT_ID,
            database_input=aws_glue.CfnDatabase.DatabaseInputProperty(name=names.database()),
        )
        table = EventTable(self, "Events", database=database, bucket=bucket)
        Delivery(self, "Delivery", names=names, key=key, stream=stream, bucket=bucket, table=table)
        workgroup(self, "Reports", name=names.of("reports"), results=results, key=key)


class Delivery(Construct):
    """Firehose from the stream to Parquet. Each record carries `tenant` and `dt`, which choose its folder.

    The table's other columns are taken by name; what is not a column is dropped. A record that fits nothing lands
    under the error prefix, which has an alarm.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        names: Names,
        key: aws_kms.IKey,
        stream: aws_kinesis.IStream,
        bucket: aws_s3.IBucket,
        table: EventTable,
    ) -> None:
        """table: gives the schema of the Parquet files."""
        super().__init__(scope, id)
        log = aws_logs.LogGroup(
            self,
            "Log",
            log_group_name=f"/aws/kinesisfirehose/{names.of(EVENTS)}",
            retention=aws_logs.RetentionDays.ONE_MONTH,
            removal_policy=RemovalPolicy.DESTROY,
        )
        role = aws_iam.Role(self, "Role", assumed_by=aws_iam.ServicePrincipal("firehose.amazonaws.com"))
        policy = aws_iam.Policy(self, "Policy", roles=[role])
        policy.add_statements(*_permissions(names, key, stream, bucket, log))
        delivery = aws_kinesisfirehose.CfnDeliveryStream(
            self,
            "Stream",
            delivery_stream_name=names.of(EVENTS),
            delivery_stream_type="KinesisStreamAsSource",
            kinesis_stream_source_configuration=aws_kinesisfirehose.CfnDeliveryStream.KinesisStreamSourceConfigurationProperty(
                kinesis_stream_arn=stream.stream_arn, role_arn=role.role_arn
            ),
            extended_s3_destination_configuration=_destination(names, key, bucket, role, log),
        )
        delivery.node.add_dependency(policy, table)


def _permissions(
    names: Names, key: aws_kms.IKey, stream: aws_kinesis.IStream, bucket: aws_s3.IBucket, log: aws_logs.ILogGroup
) -> list[aws_iam.PolicyStatement]:
    read = ["DescribeStream", "GetShardIterator", "GetRecords", "ListShards"]
    write = [
        "AbortMultipartUpload",
        "GetBucketLocation",
        "GetObject",
        "ListBucket",
        "ListBucketMultipartUploads",
        "PutObject",
    ]
    schema = ["GetTable", "GetTableVersion", "GetTableVersions"]
    catalog = ["catalog", f"database/{names.database()}", f"table/{names.database()}/{EVENTS}"]

    def allow(service: str, actions: list[str], resources: list[str]) -> aws_iam.PolicyStatement:
        return aws_iam.PolicyStatement(actions=[f"{service}:{a}" for a in actions], resources=resources)

    return [
        allow("kinesis", read, [stream.stream_arn]),
        allow("s3", write, [bucket.bucket_arn, bucket.arn_for_objects("events*")]),
        allow("glue", schema, [names.arn("glue", resource) for resource in catalog]),
        allow("kms", ["Decrypt", "GenerateDataKey"], [key.key_arn]),
        allow("logs", ["PutLogEvents"], [log.log_group_arn]),
    ]


def _destination(
    names: Names, key: aws_kms.IKey, bucket: aws_s3.IBucket, role: aws_iam.IRole, log: aws_logs.ILogGroup
) -> aws_kinesisfirehose.CfnDeliveryStream.ExtendedS3DestinationConfigurationProperty:
    c = aws_kinesisfirehose.CfnDeliveryStream
    folders = "/".join(f"{name}=!{{partitionKeyFromQuery:{name}}}" for name, _ in PARTITIONS)
    return c.ExtendedS3DestinationConfigurationProperty(
        bucket_arn=bucket.bucket_arn,
        role_arn=role.role_arn,
        prefix=f"{EVENTS}/{folders}/",
        error_output_prefix=f"{ERRORS}/!{{firehose:error-output-type}}/dt=!{{timestamp:yyyy-MM-dd}}/",
        # Parquet and dynamic partitioning both demand at least 64 MB; the interval decides, and 60 s is its least.
        buffering_hints=c.BufferingHintsProperty(interval_in_seconds=60, size_in_m_bs=64),
        compression_format="UNCOMPRESSED",
        encryption_configuration=c.EncryptionConfigurationProperty(
            kms_encryption_config=c.KMSEncryptionConfigProperty(awskms_key_arn=key.key_arn)
        ),
        cloud_watch_logging_options=c.CloudWatchLoggingOptionsProperty(
            enabled=True, log_group_name=log.log_group_name, log_stream_name="delivery"
        ),
        dynamic_partitioning_configuration=c.DynamicPartitioningConfigurationProperty(
            enabled=True, retry_options=c.RetryOptionsProperty(duration_in_seconds=300)
        ),
        processing_configuration=c.ProcessingConfigurationProperty(enabled=True, processors=[_partition_keys()]),
        data_format_conversion_configuration=c.DataFormatConversionConfigurationProperty(
            enabled=True,
            input_format_configuration=c.InputFormatConfigurationProperty(
                deserializer=c.DeserializerProperty(open_x_json_ser_de=c.OpenXJsonSerDeProperty(case_insensitive=True))
            ),
            output_format_configuration=c.OutputFormatConfigurationProperty(
                serializer=c.SerializerProperty(parquet_ser_de=c.ParquetSerDeProperty(compression="SNAPPY"))
            ),
            schema_configuration=c.SchemaConfigurationProperty(
                catalog_id=Aws.ACCOUNT_ID,
                database_name=names.database(),
                table_name=EVENTS,
                region=Aws.REGION,
                role_arn=role.role_arn,
                version_id="LATEST",
            ),
        ),
    )


def _partition_keys() -> aws_kinesisfirehose.CfnDeliveryStream.ProcessorProperty:
    c = aws_kinesisfirehose.CfnDeliveryStream
    query = "{" + ",".join(f"{name}:.{name}" for name, _ in PARTITIONS) + "}"
    parameters = {"MetadataExtractionQuery": query, "JsonParsingEngine": "JQ-1.6"}
    return c.ProcessorProperty(
        type="MetadataExtraction",
        parameters=[c.ProcessorParameterProperty(parameter_name=n, parameter_value=v) for n, v in parameters.items()],
    )


def workgroup(scope: Construct, id: str, *, name: str, results: aws_s3.IBucket, key: aws_kms.IKey) -> None:
    """Queries of the product run here and nowhere else, with a limit on what one may read.

    Each query says where its answer goes: below the tenant's prefix, the only place where the tenant's session may
    write. The bucket encrypts whatever is written.
    """
    c = aws_athena.CfnWorkGroup
    aws_athena.CfnWorkGroup(
        scope,
        id,
        name=name,
        recursive_delete_option=False,
        work_group_configuration=c.WorkGroupConfigurationProperty(
            enforce_work_group_configuration=False,
            publish_cloud_watch_metrics_enabled=True,
            bytes_scanned_cutoff_per_query=MOST_BYTES_A_QUERY,
            result_configuration=c.ResultConfigurationProperty(
                output_location=f"s3://{results.bucket_name}/{PLATFORMS}",
                encryption_configuration=c.EncryptionConfigurationProperty(
                    encryption_option="SSE_KMS", kms_key=key.key_arn
                ),
            ),
        ),
    )
