"""Finding tenants, and suspending one that does harm."""

from typing import Annotated, TypedDict

from chalice.app import Response
from msgspec import Meta, Struct

from offhook import wiring
from offhook.domain.audit.deeds import Deed
from offhook.domain.ids import Instant
from offhook.domain.tenants.context import TenantContext
from offhook.domain.tenants.lifecycle import TenantStatus, Trigger
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.directory import Directory
from offhook.usecases.operators.find import find_tenants
from offhook.usecases.tenants import lifecycle, plan
from offhook.web import tenancy
from offhook.web.app import OffhookApp
from offhook.web.operator.access import for_operator
from offhook.web.responses import ok


class Suspension(Struct, forbid_unknown_fields=True):
    """reason: what the tenant's owner may read."""

    reason: Annotated[str, Meta(min_length=3, max_length=500)]


class OwnLimits(Struct, forbid_unknown_fields=True):
    """limits: by their names in the plan catalogue; reason: what the tenant's owner may read."""

    limits: dict[str, int]
    reason: Annotated[str, Meta(min_length=3, max_length=500)]


class TenantRow(TypedDict):
    """A tenant in a list."""

    id: str
    name: str
    status: TenantStatus
    plan: str
    region: str
    language: str
    time_zone: str


class TenantLimits(TenantRow):
    """limits: what replaces those of the plan."""

    limits: dict[str, int]


class TenantSettings(TenantLimits):
    """since: in its status; barred: by an operator."""

    account_sid: str
    since: Instant
    barred: bool


def routes(app: OffhookApp) -> None:
    """/tenants and what is below one of them."""

    @app.operator("/tenants")
    def tenants() -> Response:
        """?query= an id, number, carrier account or part of a name; ?status=."""
        cursors, query = app.cursors(), app.query()
        page = cursors.page(query)
        directory = Directory(wiring.edge_items())
        found, after = find_tenants(
            directory, tenancy.context, query.get("query", ""), query.get("status", ""), page.after, page.limit
        )
        return ok(cursors.answer([_short(tenant) for tenant in found], after))

    @app.operator("/tenants/{tenant_id}")
    def tenant(tenant_id: str) -> Response:
        """The tenant as it is configured; no data of its customers."""
        with for_operator(app, tenant_id, Deed.LOOKED_AT_SETTINGS) as deps:
            found = deps.config.get(Tenant, deps.tenant.id)
            return ok(_settings(found))

    @app.operator("/tenants/{tenant_id}/suspension", methods=["POST"])
    def suspend(tenant_id: str) -> Response:
        """From now on it can read, export and pay; callers hear a notice. No payment lifts it, and no closing."""
        reason = app.body(Suspension).reason

        def suspended() -> Response:
            with for_operator(app, tenant_id, Deed.SUSPENDED, reason=reason) as deps:
                return ok(_short(lifecycle.move(deps, Trigger.BAR, reason).context()))

        return app.once(suspended)

    @app.operator("/tenants/{tenant_id}/limits", methods=["PUT"])
    def set_limits(tenant_id: str) -> Response:
        """What it may have and do in place of what its plan says; none named: as the plan says."""
        given = app.body(OwnLimits)
        with for_operator(app, tenant_id, Deed.LIMITS_SET, reason=given.reason, limits=given.limits) as deps:
            found = plan.set_limits(deps, given.limits)
            return ok(_with_limits(found))

    @app.operator("/tenants/{tenant_id}/suspension", methods=["DELETE"])
    def reinstate(tenant_id: str) -> Response:
        """The tenant is active again."""
        with for_operator(app, tenant_id, Deed.SUSPENSION_ENDED) as deps:
            return ok(_short(lifecycle.move(deps, Trigger.REINSTATE, "by an operator").context()))


def _settings(found: Tenant) -> TenantSettings:
    more = _with_limits(found)
    return {**more, "account_sid": found.account_sid, "since": found.since, "barred": found.barred}


def _with_limits(found: Tenant) -> TenantLimits:
    return {**_short(found.context()), "limits": dict(found.limits)}


def _short(tenant: TenantContext) -> TenantRow:
    return {
        "id": tenant.id,
        "name": tenant.name,
        "status": tenant.status,
        "plan": tenant.plan,
        "region": tenant.region,
        "language": tenant.language,
        "time_zone": tenant.time_zone,
    }
