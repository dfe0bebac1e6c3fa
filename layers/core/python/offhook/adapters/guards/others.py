"""What requests to the services beside DynamoDB must show to be one tenant's."""

import re
from collections.abc import Callable, Mapping
from typing import Any

Params = Mapping[str, Any]
Rule = Callable[[str, Params], bool]

_TENANT_LITERAL = re.compile(r"'(t_[^']*)'")
_PLAIN_ID = re.compile(r"[\w.-]+")


def _s3_key(tenant: str, params: Params) -> bool:
    return _below(tenant, params.get("Key"))


def _s3_read(tenant: str, params: Params) -> bool:
    return _below(tenant, params.get("Key")) or _in_the_lake(tenant, params.get("Key"))


def _s3_copy(tenant: str, params: Params) -> bool:
    source = params.get("CopySource")
    path = source.get("Key") if isinstance(source, Mapping) else str(source or "").lstrip("/").partition("/")[2]
    return _s3_key(tenant, params) and _below(tenant, path)


def _s3_prefix(tenant: str, params: Params) -> bool:
    return _below(tenant, params.get("Prefix")) or _in_the_lake(tenant, params.get("Prefix"))


def _s3_many(tenant: str, params: Params) -> bool:
    objects = params.get("Delete", {}).get("Objects", [])
    return bool(objects) and all(_below(tenant, one.get("Key")) for one in objects)


def _below(tenant: str, path: Any) -> bool:
    return isinstance(path, str) and path.startswith(f"t/{tenant}/") and ".." not in path.split("/")


def _in_the_lake(tenant: str, path: Any) -> bool:
    return isinstance(path, str) and path.startswith(f"events/tenant={tenant}/") and ".." not in path.split("/")


def _kinesis(tenant: str, params: Params) -> bool:
    records = params.get("Records") or [params]
    return all(str(r.get("PartitionKey", "")).startswith(f"{tenant}#") and "ExplicitHashKey" not in r for r in records)


def _sqs(tenant: str, params: Params) -> bool:
    messages = params.get("Entries") or [params]
    return all(m.get("MessageGroupId") == tenant for m in messages)


def _kms(tenant: str, params: Params) -> bool:
    return bool(params.get("EncryptionContext") == {"tenant": tenant})


def _athena_start(tenant: str, params: Params) -> bool:
    """The SQL names this tenant and no other, and so does the answer's place; binding is the compiler's business."""
    place = str(params.get("ResultConfiguration", {}).get("OutputLocation", ""))
    below = place.removeprefix("s3://").partition("/")[2]
    return _below(tenant, below) and set(_TENANT_LITERAL.findall(str(params.get("QueryString", "")))) == {tenant}


def _athena_own(tenant: str, params: Params) -> bool:
    """Query ids are unguessable and handed out to their tenant only."""
    return bool(_PLAIN_ID.fullmatch(str(params.get("QueryExecutionId", ""))))


def _connection(tenant: str, params: Params) -> bool:
    """Connection ids are read from the tenant's own items."""
    return bool(params.get("ConnectionId"))


RULES: dict[tuple[str, str], Rule] = {
    **{("s3", name): _s3_key for name in ("HeadObject", "PutObject", "DeleteObject")},
    ("s3", "GetObject"): _s3_read,
    **{("s3", name): _s3_key for name in ("CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload")},
    ("s3", "AbortMultipartUpload"): _s3_key,
    ("s3", "CopyObject"): _s3_copy,
    ("s3", "DeleteObjects"): _s3_many,
    ("s3", "ListObjectsV2"): _s3_prefix,
    ("kinesis", "PutRecord"): _kinesis,
    ("kinesis", "PutRecords"): _kinesis,
    ("sqs", "SendMessage"): _sqs,
    ("sqs", "SendMessageBatch"): _sqs,
    **{("kms", name): _kms for name in ("Encrypt", "Decrypt", "GenerateDataKey")},
    ("athena", "StartQueryExecution"): _athena_start,
    **{("athena", name): _athena_own for name in ("GetQueryExecution", "GetQueryResults", "StopQueryExecution")},
    ("apigatewaymanagementapi", "PostToConnection"): _connection,
    ("apigatewaymanagementapi", "DeleteConnection"): _connection,
}
