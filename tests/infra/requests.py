"""The requests that the adapters send, as IAM sees them: action, resource and condition keys."""

from collections.abc import Iterator, Mapping
from typing import Any

from offhook.adapters.guards.dynamodb import partitions

from tests.infra.iam import Request

Params = Mapping[str, Any]
PARTS = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}
S3_ACTIONS = {"HeadObject": "GetObject", "ListObjectsV2": "ListBucket"}


def seen_by_iam(service: str, operation: str, params: Params) -> Iterator[Request]:
    """What IAM is asked before the request is carried out; a transaction asks for each of its parts."""
    match service:
        case "dynamodb":
            yield from _dynamodb(operation, params)
        case "s3":
            yield _s3(operation, params)
        case "kms":
            context = {f"kms:encryptioncontext:{name}": [v] for name, v in params["EncryptionContext"].items()}
            yield Request(f"kms:{operation}", params.get("KeyId", ""), context)
        case _:
            raise NotImplementedError(f"{service} {operation}")


def _dynamodb(operation: str, params: Params) -> Iterator[Request]:
    if operation == "TransactWriteItems":
        for part in params["TransactItems"]:
            ((name, request),) = part.items()
            yield from _dynamodb_one(PARTS[name], request, {**request})
    elif operation == "BatchGetItem":
        for table, request in params["RequestItems"].items():
            keys = {"dynamodb:leadingkeys": [key["pk"]["S"] for key in request["Keys"]]}
            yield Request("dynamodb:BatchGetItem", _table(table), keys)
    else:
        yield from _dynamodb_one(operation, params, params)


def _dynamodb_one(action: str, params: Params, keyed: Params) -> Iterator[Request]:
    reader = "GetItem" if action == "ConditionCheckItem" else action
    leading = partitions(reader, keyed)
    table = _table(params["TableName"])
    resource = f"{table}/index/{params['IndexName']}" if params.get("IndexName") else table
    yield Request(f"dynamodb:{action}", resource, {"dynamodb:leadingkeys": leading[:1]})


def _table(name: str) -> str:
    return f"arn:aws:dynamodb:us-east-1:000000000000:table/{name}"


def _s3(operation: str, params: Params) -> Request:
    action = f"s3:{S3_ACTIONS.get(operation, operation)}"
    bucket = f"arn:aws:s3:::{params['Bucket']}"
    if "Key" in params:
        return Request(action, f"{bucket}/{params['Key']}")
    return Request(action, bucket, {"s3:prefix": [params["Prefix"]]})
