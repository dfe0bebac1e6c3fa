"""Sweeps over DynamoDB: a Scan that keeps one tenant's rows, signed with the function's own role."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from offhook.adapters.answering import answering
from offhook.adapters.dynamo.rows import item_of
from offhook.adapters.guard import platform_scope, tenant_scope
from offhook.domain.ids import TenantId
from offhook.domain.storage import Table
from offhook.domain.sweeping import Swept, names
from offhook.stores.packing import unpack

OF_THE_TENANT = "begins_with(#pk, :tenant)"
OF_NO_TENANT = "NOT begins_with(#pk, :tenant)"


@dataclass(frozen=True, slots=True)
class DynamoSweep:
    """client: makes the client with its first use. The tenant role cannot scan; no tenant's request comes here."""

    client: Callable[[], Any]
    prefix: str

    def items(self, tenant: TenantId, table: Table, after: str = "") -> Swept:
        """One page of the table, a megabyte of it, whoever's rows those are; what is kept is the tenant's."""
        with tenant_scope(tenant):
            page = self._page(table, OF_THE_TENANT, f"T#{tenant}#", after)
        return Swept(tuple(item_of(table, row) for row in page["Items"]), _place(page.get("LastEvaluatedKey")))

    def handles(self, tenant: TenantId, after: str = "") -> Swept:
        """One page of the directory, which is read whole: its bodies are packed, so only we can look into them."""
        with platform_scope():
            page = self._page(Table.DIRECTORY, OF_NO_TENANT, "T#", after)
        found = [item_of(Table.DIRECTORY, row) for row in page["Items"]]
        named = tuple(item for item in found if names(item, unpack(item.body), tenant))
        return Swept(named, _place(page.get("LastEvaluatedKey")))

    def _page(self, table: Table, condition: str, prefix: str, after: str) -> dict[str, Any]:
        request = {
            "TableName": f"{self.prefix}{table}",
            "FilterExpression": condition,
            "ExpressionAttributeNames": {"#pk": "pk"},
            "ExpressionAttributeValues": {":tenant": {"S": prefix}},
            "ConsistentRead": True,
        }
        if after:
            request["ExclusiveStartKey"] = json.loads(urlsafe_b64decode(after))
        with answering("The table could not be swept."):
            answer: dict[str, Any] = self.client().scan(**request)
        return answer


def _place(key: dict[str, Any] | None) -> str:
    return urlsafe_b64encode(json.dumps(key).encode()).decode() if key else ""
