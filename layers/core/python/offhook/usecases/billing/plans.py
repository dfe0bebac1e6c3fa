"""The tenant's plan follows its subscription: what is paid for is what may be used."""

from offhook.domain.billing.account import BillingAccount
from offhook.domain.billing.port import SubscriptionStatus
from offhook.domain.tenants.plans import plan_of
from offhook.domain.tenants.tenant import Tenant
from offhook.usecases.deps import Deps
from offhook.usecases.tenants import plan

USABLE = frozenset({SubscriptionStatus.ACTIVE, SubscriptionStatus.TRIALING, SubscriptionStatus.PAST_DUE})


def follow(deps: Deps, tenant: Tenant, account: BillingAccount) -> None:
    """Give the tenant the plan of its subscription, if that is not the one it has.

    What was added since the order may not fit: then the larger plan stays until something is given back.
    """
    found = account.subscription
    if not found or not found.plan or found.status not in USABLE:
        return
    if plan_of(tenant.plan).id != plan_of(found.plan).id:
        try:
            plan.change(deps, found.plan)
        except plan.PlanTooSmall:
            return
