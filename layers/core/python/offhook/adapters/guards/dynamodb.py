"""The partition keys that a DynamoDB request names; whatever is not understood is refused."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from offhook.domain.errors import TenantViolation

Params = Mapping[str, Any]

INDEX_KEYS = ("index_pk",)
KEYS = ("pk", *INDEX_KEYS)
_EQUALS = re.compile(r"^\(?\s*(#?[\w.-]+)\s*=\s*(:[\w.-]+)\s*\)?$")
_AND = re.compile(r"\s+AND\s+", re.IGNORECASE)
_SWEEPS = ("begins_with(#pk, :tenant)", "NOT begins_with(#pk, :tenant)")
_LEGACY = ("KeyConditions", "Expected", "AttributeUpdates", "ConditionalOperator", "QueryFilter")
_TOKEN = re.compile(r"#?[A-Za-z_][\w.-]*")


def partitions(operation: str, params: Params) -> list[str]:
    """Every partition and index key of every part of the request; raises TenantViolation when one cannot be told."""
    read = _OPERATIONS.get(operation)
    if read is None:
        raise TenantViolation(f"DynamoDB {operation} names no tenant.")
    if any(name in params for name in _LEGACY):
        raise TenantViolation(f"DynamoDB {operation} in a form that is not understood.")
    found = list(read(params))
    if not found:
        raise TenantViolation(f"DynamoDB {operation} names no key.")
    return found


def _key(params: Params) -> Iterator[str]:
    yield _text(params["Key"].get("pk"))


def _put(params: Params) -> Iterator[str]:
    item = params["Item"]
    yield _text(item.get("pk"))
    yield from (_text(item[name]) for name in INDEX_KEYS if name in item)


def _update(params: Params) -> Iterator[str]:
    yield from _key(params)
    names = params.get("ExpressionAttributeNames", {})
    tokens = {names.get(token, token) for token in _TOKEN.findall(params.get("UpdateExpression", ""))}
    if tokens & set(KEYS):
        raise TenantViolation("An update moves an item between partitions of an index.")


def _query(params: Params) -> Iterator[str]:
    key = INDEX_KEYS[0] if params.get("IndexName") else "pk"
    names, values = params.get("ExpressionAttributeNames", {}), params.get("ExpressionAttributeValues", {})
    clauses = (_EQUALS.match(part.strip()) for part in _AND.split(params.get("KeyConditionExpression", "")))
    hits = [m[2] for m in clauses if m and names.get(m[1], m[1]) == key]
    if len(hits) != 1:
        raise TenantViolation("A query does not say its partition.")
    yield _text(values.get(hits[0]))
    start = params.get("ExclusiveStartKey")
    yield from _start(start) if start else ()


def _scan(params: Params) -> Iterator[str]:
    """A sweep: whatever it reads, what it returns is of the partitions that begin as the filter says."""
    condition, names = params.get("FilterExpression"), params.get("ExpressionAttributeNames")
    if params.get("IndexName") or condition not in _SWEEPS or names != {"#pk": "pk"}:
        raise TenantViolation("A scan does not keep to a tenant.")
    prefix = _text(params.get("ExpressionAttributeValues", {}).get(":tenant"))
    if condition == _SWEEPS[0]:
        yield prefix
    elif prefix == "T#":
        yield "the platform's"
    else:
        raise TenantViolation("A scan does not keep to the platform's items.")


def _start(key: Params) -> Iterator[str]:
    yield from (_text(key[name]) for name in KEYS if name in key)


def _batch_get(params: Params) -> Iterator[str]:
    for request in params["RequestItems"].values():
        yield from (_text(key.get("pk")) for key in request["Keys"])


def _batch_write(params: Params) -> Iterator[str]:
    for requests in params["RequestItems"].values():
        for request in requests:
            yield from _part(request, {"PutRequest": _put, "DeleteRequest": _key})


def _transaction(params: Params) -> Iterator[str]:
    for part in params["TransactItems"]:
        yield from _part(part, {"Put": _put, "Update": _update, "Delete": _key, "ConditionCheck": _key, "Get": _key})


def _part(part: Params, readers: Mapping[str, Any]) -> Iterable[str]:
    if len(part) != 1 or not part.keys() <= readers.keys():
        raise TenantViolation(f"DynamoDB request part {sorted(part)} is not understood.")
    ((name, request),) = part.items()
    found: Iterable[str] = readers[name](request)
    return found


def _text(value: Any) -> str:
    if not isinstance(value, Mapping) or set(value) != {"S"} or not isinstance(value["S"], str):
        raise TenantViolation("A key is missing or no text.")
    return str(value["S"])


_OPERATIONS = {
    "GetItem": _key,
    "DeleteItem": _key,
    "PutItem": _put,
    "UpdateItem": _update,
    "Query": _query,
    "Scan": _scan,
    "BatchGetItem": _batch_get,
    "BatchWriteItem": _batch_write,
    "TransactWriteItems": _transaction,
    "TransactGetItems": _transaction,
}
