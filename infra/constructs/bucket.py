"""Private buckets: encrypted, TLS only, access logged, with a life for what they hold."""

from collections.abc import Sequence

from aws_cdk import Aws, Duration, RemovalPolicy, aws_iam, aws_kms, aws_s3
from constructs import Construct


class AccessLogBucket(aws_s3.Bucket):
    """Where S3 writes who read what. S3 can write it under its own key only."""

    def __init__(self, scope: Construct, id: str, *, name: str) -> None:
        """name: the bucket's full name."""
        super().__init__(
            scope,
            id,
            bucket_name=name,
            encryption=aws_s3.BucketEncryption.S3_MANAGED,
            block_public_access=aws_s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=aws_s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            lifecycle_rules=[aws_s3.LifecycleRule(id="year", expiration=Duration.days(365))],
            removal_policy=RemovalPolicy.RETAIN,
        )
        self.add_to_resource_policy(_from_this_account(self))


def _from_this_account(bucket: aws_s3.Bucket) -> aws_iam.PolicyStatement:
    """Lets every bucket of the account log here: the console's is made by another stack, which cannot ask for leave."""
    return aws_iam.PolicyStatement(
        principals=[aws_iam.ServicePrincipal("logging.s3.amazonaws.com")],
        actions=["s3:PutObject"],
        resources=[bucket.arn_for_objects("*")],
        conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
    )


class PrivateBucket(aws_s3.Bucket):
    """Product data under the product's key."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        name: str,
        key: aws_kms.IKey,
        logs: aws_s3.IBucket,
        rules: Sequence[aws_s3.LifecycleRule],
        versioned: bool = False,
        metrics: Sequence[aws_s3.BucketMetrics] = (),
        locked_for: Duration | None = None,
    ) -> None:
        """rules: beside these, uploads that were never finished go after a day.

        locked_for: for so long nobody, the account's owner included, can change or remove what was written.
        """
        unfinished = aws_s3.LifecycleRule(id="unfinished", abort_incomplete_multipart_upload_after=Duration.days(1))
        super().__init__(
            scope,
            id,
            bucket_name=name,
            encryption=aws_s3.BucketEncryption.KMS,
            encryption_key=key,
            bucket_key_enabled=True,
            block_public_access=aws_s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=aws_s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            versioned=versioned,
            server_access_logs_bucket=logs,
            server_access_logs_prefix=f"{id.lower()}/",
            lifecycle_rules=[unfinished, *rules],
            metrics=list(metrics),
            object_lock_default_retention=aws_s3.ObjectLockRetention.compliance(locked_for) if locked_for else None,
            removal_policy=RemovalPolicy.RETAIN,
        )
