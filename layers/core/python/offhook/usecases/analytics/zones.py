"""The tenant's time zone, which places days and intervals."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from offhook.domain.tenants.context import TenantContext


def zone_of(tenant: TenantContext) -> ZoneInfo:
    """The zone as configured; UTC when there is none of that name."""
    try:
        return ZoneInfo(tenant.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
