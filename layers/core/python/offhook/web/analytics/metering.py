"""What metering does by the clock: budgets each hour, the carrier's bill and the close of a month once a day."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from offhook import wiring
from offhook.domain.errors import NotFound
from offhook.domain.ids import DAY, Instant, TenantId
from offhook.domain.messages import Message, Topic
from offhook.domain.metering.account import day_of
from offhook.stores.directory import Directory
from offhook.usecases.deps import Deps
from offhook.usecases.metering import alerts, standing, statement
from offhook.web.observability import quietly
from offhook.web.workers import for_tenant, schedule_worker

DAILY_AT = 6  # o'clock UTC: the carrier has counted the day by then
DAYS_ASKED = (1, 3)  # days ago; the second time for what it counted late


@schedule_worker
def hourly() -> None:
    """Each tenant's budget; at six also its carrier's bill of the days before, and the month that may be closed."""
    now = wiring.clock().now()
    once_a_day = datetime.fromtimestamp(now / 1000, UTC).hour == DAILY_AT
    for tenant in Directory(wiring.edge_items()).tenants():
        quietly(partial(_for, tenant, _budget))
        if once_a_day:
            quietly(partial(_ask_for_bills, tenant, now))
            quietly(partial(_for, tenant, _standing))
            quietly(partial(_for, tenant, _close))


def _for(tenant: TenantId, work: Callable[[Deps], object]) -> None:
    try:
        for_tenant(tenant, work)
    except NotFound:  # the tenant is gone
        return


def _budget(deps: Deps) -> None:
    alerts.check_budget(deps, wiring.mailer())


def _ask_for_bills(tenant: TenantId, now: Instant) -> None:
    for days in DAYS_ASKED:
        wiring.outgoing().send(Message(tenant, Topic.CARRIER_USAGE, day_of(now - days * DAY)))


def _standing(deps: Deps) -> None:
    standing.book_today(deps, wiring.objects(deps.tenant))


def _close(deps: Deps) -> None:
    now = deps.clock.now()
    month = statement.previous_month(now)
    if statement.is_due(month, now):
        statement.close(deps, month)
