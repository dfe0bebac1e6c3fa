"""What keeps a tenant going, hint by hint: its set-up and status, its numbers, its usage, its bill; and the clock."""

from datetime import UTC, datetime

from offhook import wiring
from offhook.domain.ids import DAY, day_of
from offhook.domain.messages import Message, Topic
from offhook.usecases.deps import Deps
from offhook.usecases.metering import alerts, standing, statement
from offhook.usecases.numbers import reconcile
from offhook.usecases.tenants import lifecycle_carrier, provisioning, sign_up
from offhook.web.observability import count, log
from offhook.web.tenants import billing
from offhook.web.workers import GOING, NIGHT_S, careful_queue_worker, hint_each_tenant, schedule_worker

DAILY_AT = 6  # o'clock UTC: the carrier has counted the day by then
DAYS_ASKED = (1, 3)  # days ago; the second time for what it counted late
HOUR_S = 300  # over which the hour's hints are spread


@careful_queue_worker
def provision(deps: Deps, message: Message) -> None:
    """One hint of the queue `provisioning`; a tenant that is being erased has no rounds any more."""
    match message.topic:
        case Topic.PROVISION:
            provisioning.advance(wiring.site(deps.tenant))
        case Topic.VERIFICATION_MAIL:
            sign_up.send_link(wiring.site(deps.tenant))
        case Topic.TENANT_STATUS:
            lifecycle_carrier.keep_up(wiring.site(deps.tenant))
        case _ if deps.tenant.status in GOING:
            return
        case Topic.NUMBERS:
            numbers(deps)
        case Topic.BUDGET:
            alerts.check_budget(deps, wiring.mailer())
        case Topic.METERING:
            metering(deps)
        case Topic.BILLING:
            billing.look_after(deps)


@schedule_worker
def statuses() -> None:
    """For each tenant: what has lasted long enough ends."""
    hint_each_tenant(Topic.TENANT_STATUS)


@schedule_worker
def metering_hour() -> None:
    """Each tenant's budget; at six also its carrier's bill of the days before, and the month that may be closed."""
    hour = datetime.fromtimestamp(wiring.clock().now() / 1000, UTC).hour
    hint_each_tenant(Topic.BUDGET, spread_s=HOUR_S)
    if hour == DAILY_AT:
        hint_each_tenant(Topic.METERING, spread_s=NIGHT_S)


@schedule_worker
def billing_day() -> None:
    """What the webhooks missed, then every tenant's day."""
    billing.catch_up()
    hint_each_tenant(Topic.BILLING, spread_s=NIGHT_S)


@schedule_worker
def numbers_nightly() -> None:
    """The numbers of every tenant are compared with the carrier's."""
    hint_each_tenant(Topic.NUMBERS, spread_s=NIGHT_S)


def numbers(deps: Deps) -> None:
    """One round; what it found wrong is counted."""
    found = reconcile.reconcile(wiring.number_desk(deps.tenant))
    if found.orphans or found.missing or found.failed:
        told = {"orphans": found.orphans, "missing": found.missing, "failed": found.failed}
        log().warning("numbers drifted", extra=told)
        count("NumbersDrifted")


def metering(deps: Deps) -> None:
    """What the carrier bills is asked for; what costs by being there is booked before a month is closed."""
    now = deps.clock.now()
    for days in DAYS_ASKED:
        deps.outgoing.send(Message(deps.tenant.id, Topic.CARRIER_USAGE, day_of(now - days * DAY)))
    standing.book_today(deps, wiring.objects(deps.tenant))
    month = statement.previous_month(now)
    if statement.is_due(month, now):
        statement.close(deps, month)
