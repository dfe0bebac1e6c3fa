"""Every kind of request that the adapters send costs by our calculator what the embedded DynamoDB says of it."""

from collections.abc import Callable
from typing import Any

import pytest
from offhook.adapters.capacity import metering_scope
from offhook.adapters.dynamo.database import connect
from offhook.adapters.dynamo.items import DynamoItems
from offhook.adapters.guard import tenant_scope
from offhook.domain.ids import TenantId
from offhook.domain.storage import Add, Check, Delete, Item, Key, Put, Table

from tests.integration.stores.conftest import PREFIX

TENANT = TenantId("t_units")
INDEX = f"T#{TENANT}#OPEN"


class Measured:
    """A connection of its own; said: the units that DynamoDB names in its answers, by operation."""

    def __init__(self, url: str) -> None:
        database = connect(PREFIX, "us-east-1", url, ("000000000000", "local"))
        self.items = DynamoItems(database, TENANT)
        self.said: list[tuple[str, float]] = []
        database.connection.client.meta.events.register("after-call.dynamodb.*", self._heard)

    def _heard(self, model: Any, parsed: dict[str, Any], **_: Any) -> None:
        told = parsed.get("ConsumedCapacity", [])
        units = sum(one["CapacityUnits"] for one in (told if isinstance(told, list) else [told]))
        self.said.append((model.name, units))


@pytest.fixture
def measured(database: object, emulator: Any) -> Any:
    with tenant_scope(TENANT):
        yield Measured(emulator.url)


def key(name: str, table: Table = Table.LIVE) -> Key:
    return Key(table, f"T#{TENANT}#UNITS", name)


def seed(items: DynamoItems, name: str, size: int = 100, table: Table = Table.LIVE) -> None:
    items.commit(Put(Item(key(name, table), body=b"x" * size)), Check(key(f"no-{name}", table), 0))


WRITES: dict[str, Callable[[DynamoItems], object]] = {
    "put": lambda items: items.commit(Put(Item(key("new"), body=b"x" * 2500), expect=0)),
    "put in the index": lambda items: items.commit(Put(Item(key("indexed"), index=(INDEX, "1")))),
    "delete": lambda items: items.commit(Delete(key("nothing"))),
    "add": lambda items: items.commit(Add(key("counter"), {"n": 1})),
    "transaction of puts": lambda items: items.commit(
        Put(Item(key("one"), body=b"x" * 1500)), Put(Item(key("two"), index=(INDEX, "2")))
    ),
    "transaction with check": lambda items: items.commit(Check(key("nothing"), 0), Put(Item(key("three")))),
    "transaction with add": lambda items: items.commit(Add(key("sum"), {"n": 2}), Put(Item(key("four")))),
}
READS: dict[str, Callable[[DynamoItems], object]] = {
    "get": lambda items: items.get(key("a")),
    "get of nothing": lambda items: items.get(key("nothing")),
    "query": lambda items: items.query(Table.LIVE, key("").pk, prefix="a"),
    "query of nothing": lambda items: items.query(Table.LIVE, f"T#{TENANT}#NONE"),
    "count": lambda items: items.count(Table.LIVE, key("").pk, before="z", limit=50),
    "index": lambda items: items.query_index(Table.LIVE, INDEX),
}


@pytest.mark.parametrize("name", WRITES)
def test_a_write_costs_what_dynamodb_says(measured: Measured, name: str) -> None:
    with metering_scope() as usage:
        WRITES[name](measured.items)
    assert usage.wru == sum(units for _, units in measured.said)
    assert usage.requests["dynamodb"] == len(measured.said)


@pytest.mark.parametrize("name", READS)
def test_a_read_costs_what_dynamodb_says(measured: Measured, name: str) -> None:
    for one in ("a", "b"):
        seed(measured.items, one)
    measured.said.clear()
    with metering_scope() as usage:
        READS[name](measured.items)
    assert usage.rru == sum(units for _, units in measured.said)
    assert usage.requests["dynamodb"] == len(measured.said)


def test_a_batch_costs_what_its_reads_cost_alone(measured: Measured) -> None:
    """The embedded DynamoDB says nothing of batches, and AWS bills each item of one by itself."""
    names = ("a", "b", "nothing")
    for one in names[:2]:
        seed(measured.items, one)
    measured.said.clear()
    for one in names:
        measured.items.get(key(one))
    with metering_scope() as usage:
        measured.items.get_many([key(one) for one in names])
    assert usage.rru == sum(units for name, units in measured.said if name == "GetItem")
