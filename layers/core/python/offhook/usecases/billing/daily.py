"""Each day for each tenant: what was never told, usage of yesterday, what is owed, what a closed tenant still pays."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from offhook.domain.billing.account import BillingAccount, Owed, owing
from offhook.domain.billing.port import BillingProvider, Change
from offhook.domain.ids import DAY
from offhook.domain.mail.message import Mailer
from offhook.domain.tenants.lifecycle import LIMITS, TenantStatus
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.billing import BillingStore
from offhook.stores.quotas import Quota, Quotas
from offhook.usecases.billing import apply, mails, usage
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict

REMIND_BEFORE = 3 * DAY
LEAVING = frozenset({TenantStatus.CLOSING, TenantStatus.CLOSED, TenantStatus.ERASING})


def look_after(deps: Deps, provider: BillingProvider, mailer: Callable[[], Mailer], app_url: str) -> None:
    """Everything that a day asks for; again changes nothing."""
    account = apply.refresh(deps, provider)
    if account.customer_id:
        _count_numbers(deps, provider, account)
        usage.send(deps, provider)
        _leave(deps, provider)
    _remind(deps)
    mails.send(deps, provider, mailer, app_url)


def _leave(deps: Deps, provider: BillingProvider) -> None:
    """A tenant that closes is not renewed; one that is closed pays no more."""
    tenant = deps.config.get(Tenant, deps.tenant.id)
    live = BillingStore(deps.items, deps.tenant.id).account().live
    if live is None or tenant.status not in LEAVING:
        return
    if tenant.status is TenantStatus.CLOSING:
        if not live.ends_with_period:
            provider.end_with_period(live.id, True)
    else:
        provider.cancel(live.id)
    apply.refresh(deps, provider)


def _count_numbers(deps: Deps, provider: BillingProvider, account: BillingAccount) -> None:
    """Numbers are bought and given up between invoices; the next invoice has them pro-rated."""
    live, have = account.live, Quotas(deps.items, deps.tenant.id).used(Quota.NUMBERS)
    if live is None or live.numbers == have or live.status not in usage.BILLED:
        return
    provider.change(Change(live.id, live.plan, live.seats, have, deps.ids.new("change"), paid_now=False))
    apply.refresh(deps, provider)


def _remind(deps: Deps) -> None:
    """Three days before a trial ends; once for each trial."""
    tenant, now = deps.config.get(Tenant, deps.tenant.id), deps.clock.now()
    ends = tenant.since + LIMITS[TenantStatus.TRIALING].lasts
    if tenant.status is not TenantStatus.TRIALING or not ends - REMIND_BEFORE <= now < ends:
        return
    day = datetime.fromtimestamp(ends / 1000, ZoneInfo(tenant.time_zone)).strftime("%Y-%m-%d")

    def attempt() -> None:
        store = BillingStore(deps.items, deps.tenant.id)
        account = store.account()
        after = owing(account, Owed(f"trial-ends:{day}", mails.TRIAL_ENDING))
        if after != account:
            store.save(after)

    again_on_conflict(attempt)
