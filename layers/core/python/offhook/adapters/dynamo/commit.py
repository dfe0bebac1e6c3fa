"""A commit: one conditional write, or one transaction of several."""

from collections.abc import Mapping, Sequence
from typing import Any

from offhook.adapters.dynamo.database import Database, Refused
from offhook.adapters.dynamo.rows import WATERMARK, row_of
from offhook.adapters.dynamo.writes import SINGLE, request_of
from offhook.domain.errors import StoreUnavailable
from offhook.domain.storage import Add, Check, CommitConflict, Delete, Put, Write

CONFLICTS = frozenset({"ConditionalCheckFailed", "TransactionConflict"})


def commit(database: Database, writes: Sequence[Write]) -> None:
    """Write all or nothing; raises CommitConflict or StoreUnavailable."""
    if len(writes) == 1 and not isinstance(writes[0], Check):
        _write(database, writes[0])
    else:
        _transact(database, writes)


def _write(database: Database, write: Write) -> None:
    kind, request = request_of(database, write)
    if "ConditionExpression" in request:
        request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    try:
        database.call(SINGLE[kind], request)
    except Refused as refused:
        if not _was_ours(write, refused):
            failed = [0] if refused.code == "ConditionalCheckFailedException" else []
            raise CommitConflict(failed) from refused


def _transact(database: Database, writes: Sequence[Write]) -> None:
    requests = [request_of(database, write) for write in writes]
    try:
        database.call("TransactWriteItems", {"TransactItems": [{kind: request} for kind, request in requests]})
    except Refused as refused:
        reasons = [reason.get("Code") for reason in refused.response.get("CancellationReasons", [])]
        failed = [n for n, code in enumerate(reasons) if code in CONFLICTS]
        if not failed:
            raise StoreUnavailable(f"The transaction was cancelled: {reasons}.") from refused
        raise CommitConflict(failed) from refused


def _was_ours(write: Write, refused: Refused) -> bool:
    """Whether the refusal answers a repetition by the client library of a write that had succeeded.

    A transaction carries a token against this; a single write is recognised by what is stored.
    """
    if not refused.response.get("ResponseMetadata", {}).get("RetryAttempts"):
        return False
    return _is_done(write, refused.response.get("Item") or {})


def _is_done(write: Write, stored: Mapping[str, Any]) -> bool:
    match write:
        case Put(item=item):
            return dict(stored) == row_of(item)
        case Delete():
            return not stored
        case Add(watermark=(name, value)):
            return bool(stored.get(WATERMARK + name) == {"S": value})
        case _:
            return False
