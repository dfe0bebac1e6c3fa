"""The key over all data (tables, stream, buckets, alarms, tenants' secrets), and the one that signs the audit."""

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


class AuditSigner(aws_kms.Key):
    """Signs the ends of audit trails: a key pair whose private half never leaves KMS. Such keys are not rotated."""

    def __init__(self, scope: Construct, id: str, *, alias: str) -> None:
        """alias: without "alias/"."""
        super().__init__(
            scope,
            id,
            alias=f"{alias}-audit",
            key_spec=aws_kms.KeySpec.ECC_NIST_P256,
            key_usage=aws_kms.KeyUsage.SIGN_VERIFY,
            removal_policy=RemovalPolicy.RETAIN,
            description=f"Signs the audit trails of {alias}",
        )
