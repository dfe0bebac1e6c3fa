"""Sweeps over DynamoDB: a Scan that keeps one tenant's rows, signed with the function's own role."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from offhook.adapters.dynamo.rows import item_of
from offhook.adapters.guard import tenant_scope
from offhook.domain.errors import StoreUnavailable
from offhook.domain.ids import TenantId
from offhook.domain.storage import Table
from offhook.domain.sweeping import Swept

OF_THE_TENANT = "begins_with(#pk, :tenant)"


@dataclass(frozen=True, slots=True)
class DynamoSweep:
    """client: makes the client with its first use. The tenant role cannot scan; no tenant's request comes here."""

    client: Callable[[], Any]
    prefix: str

    def items(self, tenant: TenantId, table: Table, after: str = "") -> Swept:
        """One page of the table, a megabyte of it, whoever's rows those are; what is kept is the tenant's."""
        from botocore.exceptions import BotoCoreError, ClientError

        request = {
            "TableName": f"{self.prefix}{table}",
            "FilterExpression": OF_THE_TENANT,
            "ExpressionAttributeNames": {"#pk": "pk"},
            "ExpressionAttributeValues": {":tenant": {"S": f"T#{tenant}#"}},
            "ConsistentRead": True,
        }
        if after:
            request["ExclusiveStartKey"] = json.loads(urlsafe_b64decode(after))
        try:
            with tenant_scope(tenant):
                page = self.client().scan(**request)
        except (BotoCoreError, ClientError) as error:
            raise StoreUnavailable("The table could not be swept.") from error
        return Swept(tuple(item_of(table, row) for row in page["Items"]), _place(page.get("LastEvaluatedKey")))


def _place(key: dict[str, Any] | None) -> str:
    return urlsafe_b64encode(json.dumps(key).encode()).decode() if key else ""
