"""The items in DynamoDB keep the contract, under the guard."""

import pytest
from offhook.adapters.dynamo.items import DynamoItems
from offhook.adapters.guard import platform_scope, tenant_scope

from tests.contract.items_contract import ItemsContract


class TestDynamoItems(ItemsContract):
    @pytest.fixture(autouse=True)
    def _connected(self, database):
        self.database = database

    def items(self, tenant):
        return DynamoItems(self.database, tenant)

    def inside(self, tenant):
        return tenant_scope(tenant) if tenant else platform_scope()
