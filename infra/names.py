"""The fixed names that one deployment's stacks agree on; what cannot be named in advance goes through a parameter.

No stack exports to another: an export that is in use blocks the deployment that would change it. The CDK is imported
by who needs it: it starts a process of Node.js, which the local runner would pay for a name.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from offhook.lazily import Lazy

if TYPE_CHECKING:
    import aws_cdk as cdk
    from constructs import Construct
else:
    cdk = Lazy("aws_cdk")


class Shared(StrEnum):
    """Values that AWS chooses in one stack and another needs; parameters under the prefix."""

    KEY_ARN = "key-arn"
    AUDIT_SIGNER_ARN = "audit-signer-arn"
    LIVE_STREAM_ARN = "live-stream-arn"
    USER_POOL_ID = "user-pool-id"
    USER_POOL_CLIENT_ID = "user-pool-client-id"
    LIVE_API_ID = "live-api-id"


@dataclass(frozen=True, slots=True)
class Names:
    """Every name of the deployment whose prefix is given, "offhook-<stage>"."""

    prefix: str

    def of(self, thing: str) -> str:
        """The name of a table, queue, stream, topic, function ..."""
        return f"{self.prefix}-{thing}"

    def bucket(self, thing: str) -> str:
        """Bucket names are shared by the whole world, so they carry account and region."""
        return f"{self.prefix}-{thing}-{cdk.Aws.ACCOUNT_ID}-{cdk.Aws.REGION}"

    def bucket_arn(self, thing: str) -> str:
        """The bucket's address in policies."""
        return f"arn:{cdk.Aws.PARTITION}:s3:::{self.bucket(thing)}"

    def arn(self, service: str, resource: str) -> str:
        """A resource of this account and region, its name already in `resource`."""
        return f"arn:{cdk.Aws.PARTITION}:{service}:{cdk.Aws.REGION}:{cdk.Aws.ACCOUNT_ID}:{resource}"

    def table_arn(self, thing: str) -> str:
        """The table's address in policies."""
        return self.arn("dynamodb", f"table/{self.of(thing)}")

    def tenant_role_arn(self) -> str:
        """The role that reaches tenants' data; IAM knows no region."""
        return f"arn:{cdk.Aws.PARTITION}:iam::{cdk.Aws.ACCOUNT_ID}:role/{self.of('tenant')}"

    def queue_arn(self, thing: str) -> str:
        """The queue's address in policies and event sources."""
        return self.arn("sqs", self.of(thing))

    def queue_url(self, thing: str) -> str:
        """Where messages are sent."""
        return f"https://sqs.{cdk.Aws.REGION}.{cdk.Aws.URL_SUFFIX}/{cdk.Aws.ACCOUNT_ID}/{self.of(thing)}"

    def database(self) -> str:
        """The lake's database; Glue names have no dashes."""
        return self.prefix.replace("-", "_")

    def parameter(self, name: str) -> str:
        """The path of a parameter of this deployment."""
        return f"/{self.prefix}/{name}"

    def share(self, scope: "Construct", name: Shared | str, value: str) -> None:
        """Write a value for other stacks, tools and people."""
        cdk.aws_ssm.StringParameter(scope, f"Share-{name}", parameter_name=self.parameter(name), string_value=value)

    def shared(self, scope: "Construct", name: Shared | str) -> str:
        """A value that another stack shares; read by CloudFormation when it deploys."""
        return cdk.aws_ssm.StringParameter.value_for_string_parameter(scope, self.parameter(name))
