"""The one role that reaches tenants' data: assumed for a single tenant, whose id every statement compares with."""

from collections.abc import Mapping, Sequence

from aws_cdk import Aws, aws_iam
from constructs import Construct
from offhook.adapters.dynamo.tables import TABLES
from offhook.adapters.tenant_credentials import TAG

from infra.constructs.lake import EVENTS
from infra.constructs.table import shape_of
from infra.names import Names

TENANT = "${aws:PrincipalTag/" + TAG + "}"
ROWS = (
    "GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "ConditionCheckItem",
)  # fmt: skip
OBJECTS = ("GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload")
_ONE_TENANT = {"Null": {f"aws:PrincipalTag/{TAG}": "false"}}


class TenantRole(aws_iam.Role):
    """Assumed by the functions' roles with the tenant id as session tag; without one it permits nothing."""

    def __init__(
        self, scope: Construct, id: str, *, names: Names, key_arn: str, functions: Sequence[aws_iam.IRole]
    ) -> None:
        """functions: who may assume it."""
        super().__init__(
            scope,
            id,
            role_name=names.of("tenant"),
            assumed_by=aws_iam.CompositePrincipal(*(_tagged(role) for role in functions)),
        )
        policy = aws_iam.Policy(self, "Policy", roles=[self])
        policy.add_statements(*statements(names, key_arn))


def _tagged(role: aws_iam.IRole) -> aws_iam.PrincipalBase:
    conditions = {
        "StringLike": {f"aws:RequestTag/{TAG}": "t_*"},
        "ForAllValues:StringEquals": {"aws:TagKeys": [TAG]},
    }
    return aws_iam.ArnPrincipal(role.role_arn).with_conditions(conditions).with_session_tags()


def statements(names: Names, key_arn: str) -> list[aws_iam.PolicyStatement]:
    """What a session tagged with a tenant may do."""
    return [*_rows(names), _secrets(key_arn), _at_rest(key_arn), *_objects(names), *_reports(names)]


def _rows(names: Names) -> list[aws_iam.PolicyStatement]:
    tables = {names.table_arn(str(model.Meta.table_name)): shape_of(model).indexes for model in TABLES}
    indexes = [f"{table}/index/{index.name}" for table, found in tables.items() for index in found]
    conditions = {
        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"T#{TENANT}#*"]},
        "Null": {"dynamodb:LeadingKeys": "false", f"aws:PrincipalTag/{TAG}": "false"},
    }
    return [
        _allow("TenantRows", "dynamodb", ROWS, list(tables), conditions),
        _allow("TenantIndexRows", "dynamodb", ("Query",), indexes, conditions),
    ]


def _secrets(key_arn: str) -> aws_iam.PolicyStatement:
    conditions = {**_ONE_TENANT, "StringEquals": {"kms:EncryptionContext:tenant": TENANT}}
    return _allow("TenantSecrets", "kms", ("Encrypt", "Decrypt", "GenerateDataKey"), [key_arn], conditions)


def _at_rest(key_arn: str) -> aws_iam.PolicyStatement:
    """Through the services that hold the data, whose own statements say which of it."""
    services = [f"{service}.{Aws.REGION}.{Aws.URL_SUFFIX}" for service in ("dynamodb", "s3")]
    conditions = {**_ONE_TENANT, "StringEquals": {"kms:ViaService": services}}
    return _allow("AtRest", "kms", ("Encrypt", "Decrypt", "GenerateDataKey"), [key_arn], conditions)


def _objects(names: Names) -> list[aws_iam.PolicyStatement]:
    buckets = ("recordings", "exports", "lake", "audit", "results")
    recordings, exports, lake, audit, results = (names.bucket_arn(bucket) for bucket in buckets)
    return [
        _allow("TenantRecordings", "s3", OBJECTS, [f"{recordings}/t/{TENANT}/*"], _ONE_TENANT),
        _allow("TenantExports", "s3", OBJECTS, [f"{exports}/t/{TENANT}/*"], _ONE_TENANT),
        _allow("TenantEvents", "s3", ("GetObject",), [f"{lake}/{EVENTS}/tenant={TENANT}/*"], _ONE_TENANT),
        _allow("TenantAudit", "s3", ("GetObject",), [f"{audit}/t/{TENANT}/*"], _ONE_TENANT),
        _allow(
            "TenantLists",
            "s3",
            ("ListBucket",),
            [recordings, exports, lake, audit, results],
            {**_ONE_TENANT, "StringLike": {"s3:prefix": [f"t/{TENANT}/*", f"{EVENTS}/tenant={TENANT}/*"]}},
        ),
    ]


def _reports(names: Names) -> list[aws_iam.PolicyStatement]:
    """Athena reads the lake with these very rights; results lie below the tenant's own prefix."""
    catalog = ["catalog", f"database/{names.database()}", f"table/{names.database()}/{EVENTS}"]
    run = ("StartQueryExecution", "GetQueryExecution", "GetQueryResults", "StopQueryExecution")
    results = names.bucket_arn("results")
    return [
        _allow("Queries", "athena", run, [names.arn("athena", f"workgroup/{names.of('reports')}")], _ONE_TENANT),
        _allow("Catalog", "glue", ("GetDatabase", "GetTable"), [names.arn("glue", r) for r in catalog], _ONE_TENANT),
        _allow("Buckets", "s3", ("GetBucketLocation",), [results, names.bucket_arn("lake")], _ONE_TENANT),
        _allow("Results", "s3", OBJECTS, [f"{results}/t/{TENANT}/*"], _ONE_TENANT),
    ]


def _allow(
    sid: str, service: str, actions: Sequence[str], resources: list[str], conditions: Mapping[str, object]
) -> aws_iam.PolicyStatement:
    return aws_iam.PolicyStatement(
        sid=sid, actions=[f"{service}:{name}" for name in actions], resources=resources, conditions=conditions
    )
