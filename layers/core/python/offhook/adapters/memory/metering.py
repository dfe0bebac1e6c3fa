"""Counts the units that items in memory would use in DynamoDB."""

from collections.abc import Sequence

from offhook.adapters.capacity import current_usage
from offhook.adapters.dynamo import sizes
from offhook.adapters.dynamo.rows import row_of
from offhook.adapters.memory.store import MemoryStore
from offhook.domain.storage import Check, Item, Write


def meter(store: MemoryStore) -> None:
    """From now on the store's requests count in the scope that makes them."""
    store.on_read, store.on_commit = _read, _commit


def _read(operation: str, items: Sequence[Item | None]) -> None:
    usage = current_usage()
    if usage is None:
        return
    usage.requests["dynamodb"] += 1
    image = sizes.index_entry if operation == "query_index" else lambda row: row
    found = [sizes.row_bytes(image(row_of(item))) if item else 0 for item in items]
    if operation in ("get", "get_many", "glance"):
        usage.rru += sizes.read_units(found, consistent=operation != "glance")
    else:
        usage.rru += sizes.query_units(sum(found), consistent=operation != "query_index")


def _commit(writes: Sequence[Write], before: Sequence[Item | None], after: Sequence[Item | None]) -> None:
    usage = current_usage()
    if usage is None:
        return
    usage.requests["dynamodb"] += 1
    transaction = len(writes) > 1 or isinstance(writes[0], Check)
    for old, new in zip(before, after, strict=True):
        images = (row_of(old) if old else None, row_of(new) if new else None)
        usage.wru += sizes.write_units(*images, transaction=transaction)
