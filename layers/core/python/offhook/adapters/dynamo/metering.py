"""The units of each DynamoDB request, from the request, its answer and the images seen before.

The emulator reports a constant for queries, so units are computed. A write is charged by the larger of the images
before and after; the image before is known when this invocation read it, which is how every use case begins.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from offhook.adapters.capacity import Place, Row, Usage
from offhook.adapters.dynamo import sizes

Params = Mapping[str, Any]

COUNTED_ROW_BYTES = 256  # a COUNT answers without rows; a waiting row is about this large


def count(usage: Usage, operation: str, request: Params, answer: Params) -> None:
    """Add the units of one request."""
    counter = _OPERATIONS.get(operation)
    if counter:
        counter(usage, request, answer)


def _get(usage: Usage, request: Params, answer: Params) -> None:
    row = answer.get("Item")
    usage.rru += sizes.read_units([sizes.row_bytes(row)], consistent=request.get("ConsistentRead", False))
    usage.known[_place(request["TableName"], request["Key"])] = row


def _batch_get(usage: Usage, request: Params, answer: Params) -> None:
    for table, part in request["RequestItems"].items():
        rows = answer.get("Responses", {}).get(table, [])
        found = [sizes.row_bytes(row) for row in rows] + [0] * (len(part["Keys"]) - len(rows))
        usage.rru += sizes.read_units(found, consistent=part.get("ConsistentRead", False))
        _learn(usage, table, rows)


def _query(usage: Usage, request: Params, answer: Params) -> None:
    rows = answer.get("Items") or []
    total = sum(sizes.row_bytes(row) for row in rows) or COUNTED_ROW_BYTES * answer.get("ScannedCount", 0)
    usage.rru += sizes.query_units(total, consistent=request.get("ConsistentRead", False))
    _learn(usage, request["TableName"], rows)


def _single(kind: str) -> Callable[[Usage, Params, Params], None]:
    def counter(usage: Usage, request: Params, answer: Params) -> None:
        _write(usage, kind, request, done="Error" not in answer, transaction=False)

    return counter


def _transaction(usage: Usage, request: Params, answer: Params) -> None:
    for part in request["TransactItems"]:
        ((kind, write),) = part.items()
        _write(usage, kind, write, done="Error" not in answer, transaction=True)


def _write(usage: Usage, kind: str, write: Params, *, done: bool, transaction: bool) -> None:
    place = _place(write["TableName"], write["Item"] if kind == "Put" else write["Key"])
    old = usage.known.get(place)
    new = _image_after(kind, old, write) if done else old
    usage.wru += sizes.write_units(old, new, transaction=transaction)
    usage.known[place] = new


def _image_after(kind: str, old: Row | None, write: Params) -> Row | None:
    match kind:
        case "Put":
            image: Row = write["Item"]
            return image
        case "Update":
            return dict(old or write["Key"]) | _assigned(write)
        case "Delete":
            return None
    return old


def _assigned(write: Params) -> dict[str, Mapping[str, Any]]:
    """About the attributes that an update writes: enough for its size."""
    names, values = write.get("ExpressionAttributeNames", {}), write.get("ExpressionAttributeValues", {})
    return dict(zip(names.values(), values.values(), strict=False))


def _learn(usage: Usage, table: str, rows: Sequence[Row]) -> None:
    usage.known.update({_place(table, row): row for row in rows})


def _place(table: str, row: Row) -> Place:
    return table, row["pk"]["S"], row["sk"]["S"]


_OPERATIONS: dict[str, Callable[[Usage, Params, Params], None]] = {
    "GetItem": _get,
    "BatchGetItem": _batch_get,
    "Query": _query,
    "PutItem": _single("Put"),
    "UpdateItem": _single("Update"),
    "DeleteItem": _single("Delete"),
    "TransactWriteItems": _transaction,
}
