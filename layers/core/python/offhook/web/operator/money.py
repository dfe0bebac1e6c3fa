"""What tenants pay and cost, for the platform: the worst margin first."""

from chalice.app import Response

from offhook import wiring
from offhook.domain.errors import NotFound
from offhook.domain.ids import day_of
from offhook.stores.directory import Directory
from offhook.usecases.metering.margins import TenantMonth, metered, tenant_month
from offhook.usecases.metering.months import parse_month
from offhook.web import tenancy
from offhook.web.app import OffhookApp
from offhook.web.metering import attribute
from offhook.web.responses import listed


def routes(app: OffhookApp) -> None:
    """/margins."""

    @app.operator("/margins")
    def by_margin() -> Response:
        """?month=2026-01, default the present one: revenue and metered cost in cents, before the bill is shared."""
        month = app.query().get("month") or day_of(wiring.clock().now())[:7]
        parse_month(month)
        attribute("", "")  # on the platform's account
        return listed(metered(_months(month)))


def _months(month: str) -> list[TenantMonth]:
    found = []
    for tenant_id in Directory(wiring.edge_items()).tenants():
        try:
            tenant = tenancy.context(tenant_id)
        except NotFound:
            continue
        with tenancy.scope(tenant):
            found.append(tenant_month(tenancy.deps(tenant), month))
    return found
