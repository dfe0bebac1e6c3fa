"""The platform's own ledger: what no tenant used, and what was used for tenants that are gone."""

from collections.abc import Mapping
from typing import Any

from offhook.domain.ids import TenantId
from offhook.domain.tenants.context import TenantContext

PLATFORM = TenantContext(TenantId("platform"), "Platform")
ORPHAN = "orphan-"


def orphan(event: Mapping[str, Any]) -> dict[str, Any]:
    """The event as the platform books it: on an account of the tenant that is gone, under an id of its own."""
    name = f"{ORPHAN}{event['tenant']}"
    return {**event, "event_id": f"{name}:{event['event_id']}", "contact_id": name}
