"""What the owner decides about the tenant itself: closing and reopening it; and the carrier's alarm on its spending."""

from typing import Annotated

from chalice.app import Response
from msgspec import Meta, Struct

from offhook.domain.ids import Instant
from offhook.domain.tenants.lifecycle import LIMITS, TenantStatus, Trigger
from offhook.domain.tenants.permissions import Permission
from offhook.domain.tenants.tenant import Tenant
from offhook.usecases.tenants import lifecycle, spending
from offhook.web.app import OffhookApp
from offhook.web.responses import ok
from offhook.web.webhooks import silence


class Closure(Struct, forbid_unknown_fields=True):
    """confirm: the company's name, typed once more."""

    confirm: Annotated[str, Meta(min_length=1, max_length=256)]


class Life(Struct):
    """closes_at: when a tenant that is closing is closed for good."""

    status: TenantStatus
    closes_at: Instant | None


def routes(app: OffhookApp) -> None:
    """/closure and /carrier/spending."""

    @app.api("/closure", methods=["GET"], permission=Permission.TENANT_CLOSE)
    def closure() -> Response:
        """Where the tenant is in its life, and until when closing can be taken back."""
        return _shown(app.deps().config.get(Tenant, app.deps().tenant.id))

    @app.api("/closure", methods=["POST"], permission=Permission.TENANT_CLOSE)
    def close() -> Response:
        """From now on nothing but reading, exporting and reopening; closed for good after thirty days."""
        given = app.body(Closure)
        return app.once(lambda: _shown(lifecycle.close(app.deps(), given.confirm, app.identity().user_id)))

    @app.api("/closure", methods=["DELETE"], permission=Permission.TENANT_CLOSE)
    def reopen() -> Response:
        """The tenant is what it was before."""
        by = app.identity().user_id
        return _shown(lifecycle.move(app.deps(), Trigger.REOPEN, f"reopened by {by}"))

    @app.webhook("/carrier/spending", fallback=silence)
    def spent() -> None:
        """The carrier counted more for today than the trigger allows."""
        call = app.carrier_request()
        spending.noticed(call.deps, call.params)


def _shown(tenant: Tenant) -> Response:
    ends = tenant.since + LIMITS[TenantStatus.CLOSING].lasts if tenant.status is TenantStatus.CLOSING else None
    return ok(Life(tenant.status, ends))
