"""The one customer-managed key: tables, event stream, buckets, alarm topic and tenants' secrets."""

from aws_cdk import RemovalPolicy, aws_iam, aws_kms
from constructs import Construct


class ProductKey(aws_kms.Key):
    """Rotated yearly, never deleted with the stack: without it the data is noise."""

    def __init__(self, scope: Construct, id: str, *, alias: str) -> None:
        """alias: without "alias/"."""
        super().__init__(
            scope,
            id,
            alias=alias,
            enable_key_rotation=True,
            removal_policy=RemovalPolicy.RETAIN,
            description=f"All data of {alias}",
        )
        self.grant_encrypt_decrypt(aws_iam.ServicePrincipal("cloudwatch.amazonaws.com"))
