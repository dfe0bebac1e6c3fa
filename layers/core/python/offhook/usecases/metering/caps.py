"""Whether a tenant may begin something that costs: its own hard cap, and the credit of a plan that nobody pays for."""

from offhook.domain.ids import month_of
from offhook.domain.metering import budgets
from offhook.domain.metering.budgets import Budget, Spend
from offhook.domain.tenants.plans import Pricing, UnknownPlan, plan_of
from offhook.usecases.deps import Deps
from offhook.usecases.metering.months import month_charges

UNPAID_CAP = "5.00"  # dollars a month beyond what a free plan includes

__all__ = ["Spend", "budget_of", "may_spend"]


def may_spend(deps: Deps, kind: Spend) -> bool:
    """Whether it may begin; asked at the moment of beginning. Inbound and emergency calls always may.

    What is under way when a cap is reached goes on, and the ledger is seconds behind: a cap is passed by at most what
    can be begun in that time.
    """
    if kind not in budgets.STOPPABLE:
        return True
    budget = budget_of(deps)
    if not budget.hard_cap:
        return True
    used = month_charges(deps, month_of(deps.clock.now())).due_picos
    return budgets.may_spend(kind, budget, used)


def budget_of(deps: Deps) -> Budget:
    """The tenant's budget; on a free plan never without a cap."""
    found = deps.config.find(Budget, "month") or Budget()
    if not _is_free(deps.tenant.plan):
        return found
    caps = [cap for cap in (found.hard_cap, UNPAID_CAP) if cap]
    return Budget(found.id, found.version, found.amount, min(caps, key=budgets.picos_of), found.notify)


def _is_free(plan: str) -> bool:
    try:
        return plan_of(plan).pricing is Pricing.FREE
    except UnknownPlan:
        return True
