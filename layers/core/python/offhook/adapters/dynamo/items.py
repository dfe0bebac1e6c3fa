"""One tenant's items in DynamoDB."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pynamodb.expressions.condition import Condition

from offhook.adapters.dynamo.commit import commit
from offhook.adapters.dynamo.database import Database
from offhook.adapters.dynamo.rows import item_of
from offhook.adapters.dynamo.tables import ItemModel, SparseIndex
from offhook.adapters.ownership import require_commit, require_own
from offhook.domain.errors import StoreUnavailable
from offhook.domain.ids import TenantId
from offhook.domain.storage import IndexEntry, Item, Key, Table, Write

LAST = "\U0010ffff"
BATCH = 100
PATIENCE = 5


@dataclass(frozen=True, slots=True)
class DynamoItems:
    """The items of one tenant; tenant None = the directory, for the edge."""

    database: Database
    tenant: TenantId | None

    def get(self, key: Key) -> Item | None:
        """The item as last committed."""
        return self._get(key, consistent=True)

    def glance(self, key: Key) -> Item | None:
        """The item as some replica has it."""
        return self._get(key, consistent=False)

    def _get(self, key: Key, *, consistent: bool) -> Item | None:
        require_own(self.tenant, key.table, key.pk)
        request = {"TableName": self.database.name(key.table), "Key": _key(key), "ConsistentRead": consistent}
        row = self.database.call("GetItem", request).get("Item")
        return item_of(key.table, row) if row else None

    def get_many(self, keys: Sequence[Key]) -> list[Item | None]:
        """The items in the order of the keys: one round trip for each hundred."""
        for key in keys:
            require_own(self.tenant, key.table, key.pk)
        wanted = list(dict.fromkeys(keys))
        found: dict[Key, Item] = {}
        for start in range(0, len(wanted), BATCH):
            found |= self._batch(wanted[start : start + BATCH])
        return [found.get(key) for key in keys]

    def query(
        self, table: Table, pk: str, *, prefix: str = "", after: str = "", limit: int = 50, reverse: bool = False
    ) -> list[Item]:
        """Items of one partition in order."""
        require_own(self.tenant, table, pk)
        low, high = _bounds(prefix, after, reverse)
        if limit <= 0 or low > high:
            return []
        spare = 1 if reverse and high == after else 0  # a range includes its ends, and no string precedes `after`
        rows = self._rows(
            table, pk, _between(low, high), limit + spare, consistent_read=True, scan_index_forward=not reverse
        )
        return [item for row in rows if (item := item_of(table, row)).key.sk != after][:limit]

    def count(self, table: Table, pk: str, *, before: str, limit: int) -> int:
        """How many sort before `before`, up to limit; the rows are not sent."""
        require_own(self.tenant, table, pk)
        if not before:
            return 0
        counted, start, name = 0, None, self.database.name(table)
        while counted < limit:
            page = self._page(
                name, pk, ItemModel.sk < before, limit - counted, start, consistent_read=True, select="COUNT"
            )
            counted, start = counted + page["Count"], page.get("LastEvaluatedKey")
            if not start:
                break
        return counted

    def query_index(
        self, table: Table, index_pk: str, *, after: str = "", limit: int = 50, reverse: bool = False
    ) -> list[IndexEntry]:
        """Entries of one index partition; may lag behind."""
        require_own(self.tenant, table, index_pk)
        bound = None
        if after:
            bound = SparseIndex.index_sk < after if reverse else SparseIndex.index_sk > after
        index = SparseIndex.Meta.index_name
        rows = self._rows(table, index_pk, bound, limit, index_name=index, scan_index_forward=not reverse)
        return [IndexEntry(Key(table, row["pk"]["S"], row["sk"]["S"]), row["index_sk"]["S"]) for row in rows]

    def commit(self, *writes: Write) -> None:
        """All or none."""
        require_commit(self.tenant, writes)
        commit(self.database, writes)

    def _rows(self, table: Table, pk: str, range_condition: Condition | None, limit: int, **how: Any) -> list[Any]:
        """Up to limit rows; more than one round trip only when they exceed a megabyte."""
        rows: list[Any] = []
        start, name = None, self.database.name(table)
        while len(rows) < limit:
            page = self._page(name, pk, range_condition, limit - len(rows), start, **how)
            rows += page["Items"]
            start = page.get("LastEvaluatedKey")
            if not start:
                break
        return rows

    def _page(
        self, name: str, pk: str, bound: Condition | None, limit: int, start: dict[str, Any] | None, **how: Any
    ) -> dict[str, Any]:
        return self.database.query(name, pk, range_key_condition=bound, limit=limit, exclusive_start_key=start, **how)

    def _batch(self, keys: Sequence[Key]) -> dict[Key, Item]:
        tables = {self.database.name(key.table): key.table for key in keys}
        pending: dict[str, Any] = {
            name: {"Keys": [_key(k) for k in keys if k.table is table], "ConsistentRead": True}
            for name, table in tables.items()
        }
        found: dict[Key, Item] = {}
        for _ in range(PATIENCE):
            if not pending:
                return found
            answer = self.database.call("BatchGetItem", {"RequestItems": pending})
            items = [item_of(tables[name], row) for name, rows in answer["Responses"].items() for row in rows]
            found |= {item.key: item for item in items}
            pending = answer.get("UnprocessedKeys") or {}
        if pending:
            raise StoreUnavailable("A batch of reads was not finished.")
        return found


def _key(key: Key) -> dict[str, Any]:
    return {"pk": {"S": key.pk}, "sk": {"S": key.sk}}


def _bounds(prefix: str, after: str, reverse: bool) -> tuple[str, str]:
    """The inclusive range of sort keys that start with prefix and are beyond (reverse: at or before) `after`."""
    low, high = prefix, prefix + LAST
    if not after:
        return low, high
    return (low, min(high, after)) if reverse else (max(low, after + "\0"), high)


def _between(low: str, high: str) -> Condition | None:
    if not low:
        return ItemModel.sk <= high if high != LAST else None
    return ItemModel.sk.between(low, high)
