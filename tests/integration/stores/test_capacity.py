"""Our capacity calculator and the embedded DynamoDB agree where the latter computes."""

import pytest
from offhook.adapters.capacity import metering_scope
from offhook.adapters.dynamo.database import connect
from offhook.adapters.dynamo.items import DynamoItems
from offhook.adapters.guard import tenant_scope
from offhook.domain.ids import TenantId
from offhook.domain.storage import Delete, Item, Key, Put, Table

from tests.integration.stores.conftest import PREFIX

TENANT = TenantId("t_capacity")


class Measured:
    """A connection of its own, and what DynamoDB itself says of each single request on it."""

    def __init__(self, emulator) -> None:
        database = connect(PREFIX, "us-east-1", emulator.url, ("000000000000", "local"))
        self.items = DynamoItems(database, TENANT)
        self.units: list[float] = []
        database.connection.client.meta.events.register("after-call.dynamodb.*", self._heard)

    def _heard(self, parsed, **_) -> None:
        self.units.append(parsed["ConsumedCapacity"]["CapacityUnits"])


@pytest.fixture
def measured(database, emulator):
    with tenant_scope(TENANT):
        yield Measured(emulator)


@pytest.mark.parametrize("size", [0, 400, 900, 1100, 3000, 4200, 9000])
@pytest.mark.parametrize("table", [Table.CONFIG, Table.LIVE])
def test_a_new_item_costs_what_dynamodb_says(measured, size, table):
    key = Key(table, f"T#{TENANT}#SIZE{size}", "A")
    with metering_scope() as usage:
        measured.items.commit(Put(Item(key, body=b"x" * size, expires_at=1_750_000_000_000, numbers={"n": 12})))
    assert [usage.wru] == measured.units


def test_reading_up_to_four_kilobytes_costs_what_dynamodb_says(measured):
    key = Key(Table.LIVE, f"T#{TENANT}#READ", "A")
    measured.items.commit(Put(Item(key, body=b"x" * 4000)))
    with metering_scope() as usage:
        measured.items.get(key)  # beyond that, the embedded DynamoDB reports a constant
    assert [usage.rru] == measured.units[-1:]


def test_an_item_in_the_index_costs_one_unit_more(measured):
    key = Key(Table.LIVE, f"T#{TENANT}#INDEXED", "A")
    with metering_scope() as usage:
        measured.items.commit(Put(Item(key, index=(f"T#{TENANT}#OPEN", "1"))))
    assert [usage.wru] == measured.units == [2]


def test_replacing_and_deleting_what_was_read_costs_by_the_larger_image(measured):
    key = Key(Table.CONFIG, f"T#{TENANT}#LARGE", "A")
    measured.items.commit(Put(Item(key, body=b"x" * 3000)))
    with metering_scope() as usage:
        measured.items.get(key)
        measured.items.commit(Put(Item(key, version=2), expect=1))
        measured.items.commit(Put(Item(key, version=3, body=b"x" * 1500), expect=2))
        measured.items.commit(Delete(key))
    assert usage.wru == 3 + 2 + 2
