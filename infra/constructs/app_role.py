"""What a function may do: one role for each app, from the groups of permissions that it names.

None of them reaches a tenant's data; for that a function assumes the tenant role (tenant_role.py) for one tenant.
Chalice's own policy generation sees boto3 calls only; through PynamoDB it would grant nothing but logs.
"""

from collections.abc import Callable, Iterable, Mapping

from aws_cdk import aws_iam
from constructs import Construct
from offhook.adapters.athena import PLATFORMS
from offhook.adapters.dynamo.tables import TABLES

from infra.apps import FAILURES, QUEUES, Grant
from infra.constructs.lake import EVENTS
from infra.constructs.queue import DEAD
from infra.constructs.tenant_role import ROWS
from infra.names import Names

Statements = list[aws_iam.PolicyStatement]
_NO_TENANTS = {
    "ForAllValues:StringNotLike": {"dynamodb:LeadingKeys": ["T#*"]},
    "Null": {"dynamodb:LeadingKeys": "false"},
}


class AppRole(aws_iam.Role):
    """The role of all functions of one app."""

    def __init__(
        self, scope: Construct, id: str, *, area: str, grants: Iterable[Grant], names: Names, addresses: "Addresses"
    ) -> None:
        """addresses: what has no fixed name."""
        super().__init__(scope, id, assumed_by=aws_iam.ServicePrincipal("lambda.amazonaws.com"))
        policy = aws_iam.Policy(self, "Policy", roles=[self])
        policy.add_statements(*_logs(names, area), *_failures(names), *_key(addresses))
        for grant in sorted(grants):
            policy.add_statements(*STATEMENTS[grant](names, addresses))
        self.policy = policy


class Addresses:
    """Addresses that AWS chose; read from the deployment's parameters."""

    def __init__(
        self,
        *,
        key_arn: str,
        audit_key_arn: str,
        live_stream_arn: str,
        user_pool_arn: str,
        live_api_arn: str,
        mail_domain: str,
    ) -> None:
        """live_api_arn: of the WebSocket API, without a path; mail_domain: the verified sender of mails."""
        self.key_arn = key_arn
        self.audit_key_arn = audit_key_arn
        self.live_stream_arn = live_stream_arn
        self.user_pool_arn = user_pool_arn
        self.live_api_arn = live_api_arn
        self.mail_domain = mail_domain


def _allow(
    service: str, actions: Iterable[str], resources: list[str], conditions: Mapping[str, object] | None = None
) -> aws_iam.PolicyStatement:
    return aws_iam.PolicyStatement(
        actions=[f"{service}:{action}" for action in actions], resources=resources, conditions=conditions
    )


def _logs(names: Names, area: str) -> Statements:
    group = names.arn("logs", f"log-group:/aws/lambda/{names.of(area)}*")
    return [_allow("logs", ["CreateLogStream", "PutLogEvents"], [group])]


def _failures(names: Names) -> Statements:
    return [_allow("sqs", ["SendMessage"], [names.queue_arn(FAILURES)])]


def _key(addresses: Addresses) -> Statements:
    """Queues, streams and the platform's rows; not what is sealed for a tenant."""
    no_tenant = {"Null": {"kms:EncryptionContext:tenant": "true"}}
    return [_allow("kms", ["Decrypt", "Encrypt", "GenerateDataKey"], [addresses.key_arn], no_tenant)]


def _tables(names: Names, _: Addresses) -> Statements:
    """The platform's own rows, and the way to one tenant's."""
    tables = [names.table_arn(str(model.Meta.table_name)) for model in TABLES]
    return [
        _allow("dynamodb", ROWS, tables, _NO_TENANTS),
        _allow("sts", ["AssumeRole", "TagSession"], [names.tenant_role_arn()]),
    ]


def _send_work(names: Names, _: Addresses) -> Statements:
    return [_allow("sqs", ["SendMessage"], [names.queue_arn(queue) for queue in QUEUES])]


def _take_work(names: Names, _: Addresses) -> Statements:
    actions = ["ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes"]
    return [_allow("sqs", actions, [names.queue_arn(queue) for queue in QUEUES])]


def _live_stream(names: Names, addresses: Addresses) -> Statements:
    actions = ["DescribeStream", "GetRecords", "GetShardIterator"]
    return [
        _allow("dynamodb", actions, [addresses.live_stream_arn]),
        _allow("dynamodb", ["ListStreams"], [f"{names.table_arn('live')}/stream/*"]),
    ]


def _publish_events(names: Names, _: Addresses) -> Statements:
    return [_allow("kinesis", ["PutRecords"], [names.arn("kinesis", f"stream/{names.of('events')}")])]


def _read_events(names: Names, _: Addresses) -> Statements:
    actions = ["DescribeStream", "DescribeStreamSummary", "GetRecords", "GetShardIterator", "ListShards"]
    stream = names.arn("kinesis", f"stream/{names.of('events')}")
    return [
        _allow("kinesis", actions, [stream]),
        _allow("kinesis", ["ListStreams"], [names.arn("kinesis", "stream/*")]),
    ]


def _compact_lake(names: Names, _: Addresses) -> Statements:
    """Writing days of the lake anew, on the platform's behalf; reports run in their tenant's session instead."""
    catalog = ["catalog", f"database/{names.database()}", f"table/{names.database()}/{EVENTS}"]
    run = ["StartQueryExecution", "GetQueryExecution", "GetQueryResults", "StopQueryExecution"]
    lake, results = names.bucket_arn("lake"), names.bucket_arn("results")
    return [
        _allow("athena", run, [names.arn("athena", f"workgroup/{names.of('reports')}")]),
        _allow("glue", ["GetDatabase", "GetTable"], [names.arn("glue", r) for r in catalog]),
        _allow("s3", ["GetBucketLocation"], [lake, results]),
        _allow("s3", ["ListBucket"], [lake]),
        _allow("s3", ["ListBucket"], [results], {"StringLike": {"s3:prefix": [f"{PLATFORMS}*"]}}),
        _allow("s3", ["GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload"], [f"{lake}/{EVENTS}/*"]),
        _allow("s3", ["GetObject", "PutObject", "AbortMultipartUpload"], [f"{results}/{PLATFORMS}*"]),
    ]


def _live_connections(_: Names, addresses: Addresses) -> Statements:
    return [_allow("execute-api", ["ManageConnections"], [f"{addresses.live_api_arn}/*"])]


def _billing(names: Names, _: Addresses) -> Statements:
    return [_allow("ssm", ["GetParameter"], [names.arn("ssm", f"parameter{names.parameter('billing')}")])]


def _carrier_account(names: Names, _: Addresses) -> Statements:
    return [_allow("ssm", ["GetParameter"], [names.arn("ssm", f"parameter{names.parameter('carrier')}")])]


def _people(_: Names, addresses: Addresses) -> Statements:
    actions = ["AdminCreateUser", "AdminDeleteUser", "AdminGetUser", "AdminSetUserMFAPreference"]
    passwords = ["AdminSetUserPassword", "AdminUserGlobalSignOut"]
    return [_allow("cognito-idp", [*actions, *passwords], [addresses.user_pool_arn])]


def _mail(names: Names, addresses: Addresses) -> Statements:
    return [_allow("ses", ["SendEmail"], [names.arn("ses", f"identity/{addresses.mail_domain}")])]


def _sweep(names: Names, _: Addresses) -> Statements:
    """Whole tables, and what an erased tenant leaves in the lake; of the operator function only."""
    tables = [names.table_arn(str(model.Meta.table_name)) for model in TABLES]
    lake, dead = names.bucket_arn("lake"), [*(f"{queue}-{DEAD}" for queue in QUEUES), FAILURES]
    return [
        _allow("dynamodb", ["Scan"], tables),
        _allow("s3", ["DeleteObject"], [f"{lake}/{EVENTS}/*"]),
        _allow("sqs", ["GetQueueUrl", "GetQueueAttributes"], [names.queue_arn(queue) for queue in (*QUEUES, *dead)]),
        _allow("sqs", ["ReceiveMessage", "DeleteMessage"], [names.queue_arn(queue) for queue in dead]),
        _allow("cloudwatch", ["GetMetricData"], ["*"]),  # it knows no resources
    ]


def _seal_audit(names: Names, addresses: Addresses) -> Statements:
    """Signing and locking away, of the operator function only; what is there cannot be replaced."""
    heads = f"{names.bucket_arn('audit')}/t/*"
    return [
        _allow("kms", ["Sign"], [addresses.audit_key_arn]),
        _allow("s3", ["PutObject"], [heads]),
    ]


def _check_audit(_: Names, addresses: Addresses) -> Statements:
    return [_allow("kms", ["GetPublicKey"], [addresses.audit_key_arn])]


STATEMENTS: dict[Grant, Callable[[Names, Addresses], Statements]] = {
    Grant.TABLES: _tables,
    Grant.SEND_WORK: _send_work,
    Grant.TAKE_WORK: _take_work,
    Grant.LIVE_STREAM: _live_stream,
    Grant.PUBLISH_EVENTS: _publish_events,
    Grant.READ_EVENTS: _read_events,
    Grant.COMPACT_LAKE: _compact_lake,
    Grant.LIVE_CONNECTIONS: _live_connections,
    Grant.CARRIER_ACCOUNT: _carrier_account,
    Grant.BILLING: _billing,
    Grant.PEOPLE: _people,
    Grant.MAIL: _mail,
    Grant.SWEEP: _sweep,
    Grant.SEAL_AUDIT: _seal_audit,
    Grant.CHECK_AUDIT: _check_audit,
}
