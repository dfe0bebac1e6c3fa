"""From what the provider says to where the tenant is in its life: one decision, asked until nothing is due."""

from dataclasses import dataclass

from offhook.domain.billing.account import BillingAccount
from offhook.domain.billing.port import SubscriptionStatus
from offhook.domain.tenants.lifecycle import TenantStatus, Trigger
from offhook.domain.tenants.tenant import Tenant

CANCELED = SubscriptionStatus.CANCELED
BROKEN = frozenset({SubscriptionStatus.UNPAID, SubscriptionStatus.PAUSED})
UNPAID = BROKEN | {SubscriptionStatus.PAST_DUE}
NOT_PAID = frozenset({"payment_failed", "payment_disputed"})


@dataclass(frozen=True, slots=True)
class Move:
    """A trigger that is due, and why."""

    trigger: Trigger
    reason: str


def due(tenant: Tenant, account: BillingAccount) -> Move | None:
    """The next move of the tenant; None when it stands as the provider's last word wants it.

    Whatever holds now decides, however often it is asked: a doubled, late or disordered event finds nothing due. What
    only time ends (trial, grace, suspension) is the life cycle's own business.
    """
    match tenant.status:
        case TenantStatus.TRIALING:
            return _paid(account) or (SUSPENDED_TRIAL if _status(account) in UNPAID else None)
        case TenantStatus.ACTIVE:
            return _closed(account) or (FAILED if _must_pay(account) else None)
        case TenantStatus.PAST_DUE:
            return _paid(account) or _closed(account) or (GIVEN_UP if _hopeless(account) else None)
        case TenantStatus.SUSPENDED:
            return None if tenant.paid or tenant.barred else _paid(account)
        case _:
            return None


PAID = Move(Trigger.PAID, "The subscription is paid.")
FAILED = Move(Trigger.PAYMENT_FAILED, "The subscription is not paid.")
GIVEN_UP = Move(Trigger.SUSPEND, "Payment failed for good.")
SUSPENDED_TRIAL = Move(Trigger.SUSPEND, "The first payment failed.")
CLOSED = Move(Trigger.CLOSE, "The subscription was canceled.")


def _status(account: BillingAccount) -> SubscriptionStatus | None:
    return account.subscription.status if account.subscription else None


def _paid(account: BillingAccount) -> Move | None:
    return PAID if _status(account) is SubscriptionStatus.ACTIVE else None


def _must_pay(account: BillingAccount) -> bool:
    """Whether a paying tenant has nothing that it pays for any more."""
    return _status(account) in UNPAID or _status(account) is CANCELED


def _hopeless(account: BillingAccount) -> bool:
    """Whether the provider tries no more; a tenant that was reopened has its time to choose a plan."""
    found = account.subscription
    ended = found is not None and found.status is CANCELED and found.ended_because in NOT_PAID
    return _status(account) in BROKEN or ended


def _closed(account: BillingAccount) -> Move | None:
    """A cancellation closes the tenant once: it may be reopened and subscribe again."""
    found = account.subscription
    if found is None or found.status is not CANCELED or found.ended_because in NOT_PAID:
        return None
    return CLOSED if account.closed_for != found.id else None
