"""A sweep over the embedded DynamoDB finds all of a tenant's rows, however many pages of others lie between."""

import boto3
import pytest
from offhook.adapters.dynamo.items import DynamoItems
from offhook.adapters.dynamo.sweep import DynamoSweep
from offhook.adapters.guard import tenant_scope
from offhook.domain.ids import TenantId
from offhook.domain.storage import Item, Key, Put, Table

from tests.integration.stores.conftest import PREFIX

A, B = TenantId("t_sweep"), TenantId("t_sweepb")
BODY = b"x" * 100_000


@pytest.fixture(scope="module")
def filled(database):
    for tenant, rows in ((A, 20), (B, 25)):
        with tenant_scope(tenant):
            items = DynamoItems(database, tenant)
            for n in range(rows):
                items.commit(Put(Item(Key(Table.RECORDS, f"T#{tenant}#CUSTOMER#{n}", "PROFILE"), body=BODY)))


@pytest.mark.usefixtures("filled")
def test_every_row_is_found_once_over_several_pages(emulator):
    sweep = DynamoSweep(lambda: boto3.client("dynamodb", **emulator.client_arguments), PREFIX)
    found, after, pages = [], "", 0
    while pages == 0 or after:
        swept = sweep.items(A, Table.RECORDS, after)
        found += swept.items
        after, pages = swept.after, pages + 1
    assert sorted(i.key.pk for i in found) == sorted(f"T#{A}#CUSTOMER#{n}" for n in range(20))
    assert all(i.body == BODY for i in found)
    assert pages > 1
