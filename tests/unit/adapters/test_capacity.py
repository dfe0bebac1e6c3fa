"""Capacity units by AWS's rules, of items in memory and of requests on the wire."""

import json

import pytest
from offhook.adapters.capacity import current_usage, metering_scope
from offhook.adapters.dynamo import sizes
from offhook.adapters.guard import tenant_scope
from offhook.adapters.memory import metering
from offhook.adapters.memory.items import MemoryItems, MemoryStore
from offhook.domain.ids import TenantId
from offhook.domain.storage import Add, CommitConflict, Delete, Item, Key, Put, Table

from tests.unit.adapters.recording_wire import Wire

TENANT = TenantId("t_a")
KEY = Key(Table.LIVE, "T#t_a#A", "A")
LIST = "T#t_a#LIST"


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ({"S": "abc"}, 3),
        ({"S": "é"}, 2),
        ({"B": b"12345"}, 5),
        ({"N": "0"}, 1),
        ({"N": "27"}, 2),
        ({"N": "-27"}, 3),
        ({"N": "1750000000"}, 3),
        ({"N": "1234567890123"}, 8),
        ({"BOOL": True}, 1),
        ({"NULL": True}, 1),
        ({"L": [{"S": "abc"}]}, 7),
        ({"M": {"ab": {"S": "c"}}}, 7),
        ({"SS": ["a", "bc"]}, 3),
    ],
)
def test_a_value_has_the_size_that_aws_says(value, size):
    assert sizes.value_bytes(value) == size


def row(size, **keys):
    """A row of exactly so many bytes."""
    held = {name: {"S": value} for name, value in keys.items()} | {"pk": {"S": "p"}, "sk": {"S": "s"}}
    return held | {"body": {"B": b"x" * (size - sizes.row_bytes(held) - 4)}}


@pytest.mark.parametrize(
    ("old", "new", "units"),
    [
        (None, row(1024), 1),
        (None, row(1025), 2),
        (row(3000), row(100), 3),
        (row(2048), None, 2),
        (None, None, 1),
        (None, row(900, index_pk="i", index_sk="1"), 2),
        (row(5000, index_pk="i", index_sk="1"), row(4000, index_pk="i", index_sk="1"), 5),
        (row(900, index_pk="i", index_sk="1"), row(900, index_pk="i", index_sk="2"), 3),
        (row(900, index_pk="i", index_sk="1"), row(900), 2),
    ],
)
def test_a_write_costs_by_the_larger_image_and_by_what_changes_in_the_index(old, new, units):
    assert sizes.write_units(old, new) == units


def test_a_part_of_a_transaction_costs_double_and_its_index_does_not():
    assert sizes.write_units(None, row(1500), transaction=True) == 4
    assert sizes.write_units(None, row(900, index_pk="i", index_sk="1"), transaction=True) == 3


def test_reads_cost_by_four_kilobytes_each_and_queries_by_the_sum():
    assert sizes.read_units([0, 4096, 4097]) == 4
    assert sizes.read_units([4096], consistent=False) == 0.5
    assert sizes.query_units(4097, consistent=True) == 2
    assert sizes.query_units(0, consistent=False) == 0.5


@pytest.fixture
def items() -> MemoryItems:
    store = MemoryStore()
    metering.meter(store)
    return MemoryItems(store, TENANT)


def test_items_in_memory_cost_what_they_would_in_dynamodb(items):
    with metering_scope() as usage:
        items.commit(Put(Item(KEY, body=b"x" * 1500)))
        items.commit(Put(Item(KEY, version=2)), Add(Key(Table.PULSE, "T#t_a#N", "N"), {"n": 1}))
        items.commit(Delete(KEY))
        items.get(KEY)
        items.get_many([KEY, Key(Table.PULSE, "T#t_a#N", "N")])
    assert usage.wru == 2 + (4 + 2) + 1
    assert usage.rru == 1 + 2
    assert usage.requests == {"dynamodb": 5}


def test_a_refused_commit_costs_too(items):
    items.commit(Put(Item(KEY, body=b"x" * 1500)))
    with metering_scope() as usage, pytest.raises(CommitConflict):
        items.commit(Put(Item(KEY), expect=0))
    assert usage.wru == 2


def test_a_query_in_memory_costs_by_what_it_reads(items):
    items.commit(*(Put(Item(Key(Table.LIVE, LIST, f"{n:02}"), body=b"x" * 990)) for n in range(8)))
    with metering_scope() as usage:
        items.query(Table.LIVE, LIST, limit=4)
        items.count(Table.LIVE, LIST, before="08", limit=50)
    assert usage.rru == 1 + 2


def test_of_nested_scopes_the_innermost_counts(items):
    with metering_scope() as outer:
        items.get(KEY)
        with metering_scope() as inner:
            items.get(KEY)
            items.get(KEY)
    assert (outer.rru, inner.rru) == (1, 2)
    assert current_usage() is None


def test_requests_on_the_wire_are_counted_with_bytes_and_units():
    stored = {"pk": {"S": "T#t_a#A"}, "sk": {"S": "A"}, "body": {"S": "x" * 5000}}
    wire = Wire(lambda request: (200, json.dumps({"Item": stored}).encode() if b"Key" in request.body else b"{}"))
    client = wire.client("dynamodb")
    small = {"pk": {"S": "T#t_a#A"}, "sk": {"S": "A"}}
    with tenant_scope(TENANT), metering_scope() as usage:
        client.get_item(TableName="live", Key=small, ConsistentRead=True)
        client.put_item(TableName="live", Item=small)
    assert usage.rru == 2
    assert usage.wru == 5  # what it replaces was read before
    assert usage.requests == {"dynamodb": 2}
    assert usage.bytes_sent > 0
    assert usage.bytes_received > 5000
    assert usage.counters()["requests_dynamodb"] == 2
