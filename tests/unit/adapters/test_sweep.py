"""A sweep returns one tenant's rows; the guard lets no other scan pass."""

import pytest
from offhook.adapters.dynamo.sweep import OF_NO_TENANT, OF_THE_TENANT
from offhook.adapters.guard import platform_scope, tenant_scope
from offhook.adapters.memory.items import MemoryItems
from offhook.adapters.memory.store import MemoryStore
from offhook.adapters.memory.sweep import MemorySweep
from offhook.domain.errors import TenantViolation
from offhook.domain.ids import TenantId
from offhook.domain.storage import Item, Key, Put, Table

from tests.unit.adapters.recording_wire import Wire

A, B = TenantId("t_aaaa"), TenantId("t_aaaab")
WIRE = Wire(lambda request: (200, b'{"Items": []}'))


def scan(prefix: str = f"T#{A}#", **more: object) -> None:
    request = {
        "TableName": "offhook-dev-live",
        "FilterExpression": OF_THE_TENANT,
        "ExpressionAttributeNames": {"#pk": "pk"},
        "ExpressionAttributeValues": {":tenant": {"S": prefix}},
    }
    WIRE.client("dynamodb").scan(**{**request, **more})


def test_a_scan_for_the_ambient_tenant_leaves():
    WIRE.sent.clear()
    with tenant_scope(A):
        scan()
    assert len(WIRE.sent) == 1


@pytest.mark.parametrize(
    ("prefix", "more"),
    [
        (f"T#{B}#", {}),
        (f"T#{A}", {}),
        ("T#", {}),
        ("", {}),
        (f"T#{A}#", {"FilterExpression": f"{OF_THE_TENANT} OR attribute_exists(#pk)"}),
        (f"T#{A}#", {"ExpressionAttributeNames": {"#pk": "sk"}}),
        (f"T#{A}#", {"IndexName": "by_index"}),
    ],
)
def test_any_other_scan_is_refused(prefix, more):
    with tenant_scope(A), pytest.raises(TenantViolation):
        scan(prefix, **more)


def test_the_platform_sweeps_no_tenant():
    with platform_scope(), pytest.raises(TenantViolation):
        scan()


def test_pages_hold_every_row_of_the_tenant_once_and_none_of_another():
    store = MemoryStore()
    for tenant in (A, B):
        for n in range(60):
            MemoryItems(store, tenant).commit(Put(Item(Key(Table.LIVE, f"T#{tenant}#CONTACT#{n}", "CONTACT"))))
    sweep, after, found = MemorySweep(store, page=7), "", []
    while True:
        swept = sweep.items(A, Table.LIVE, after)
        found += [item.key.pk for item in swept.items]
        after = swept.after
        if not after:
            break
    assert sorted(found) == sorted(f"T#{A}#CONTACT#{n}" for n in range(60))


def test_the_directory_is_swept_on_the_platforms_behalf_only():
    WIRE.sent.clear()
    with platform_scope():
        scan("T#", FilterExpression=OF_NO_TENANT)
    assert len(WIRE.sent) == 1
    with tenant_scope(A), pytest.raises(TenantViolation):
        scan("T#", FilterExpression=OF_NO_TENANT)
    with platform_scope(), pytest.raises(TenantViolation):
        scan(f"T#{A}#", FilterExpression=OF_NO_TENANT)
