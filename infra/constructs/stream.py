"""The event stream: every fact of every tenant, in order for each contact."""

from aws_cdk import Duration, RemovalPolicy, aws_kinesis, aws_kms
from constructs import Construct


class EventStream(aws_kinesis.Stream):
    """On demand, so that a peak needs nobody; a week is kept, so that a broken consumer can catch up."""

    def __init__(self, scope: Construct, id: str, *, name: str, key: aws_kms.IKey) -> None:
        """name: the stream's full name."""
        super().__init__(
            scope,
            id,
            stream_name=name,
            stream_mode=aws_kinesis.StreamMode.ON_DEMAND,
            retention_period=Duration.days(7),
            encryption=aws_kinesis.StreamEncryption.KMS,
            encryption_key=key,
            removal_policy=RemovalPolicy.RETAIN,
        )
