"""Keeps the tenant where its billing wants it: plan and life follow the provider's last word, however often asked."""

from dataclasses import replace

from offhook.domain.billing.account import BillingAccount
from offhook.domain.billing.standing import CLOSED, Move, due
from offhook.domain.errors import Conflict
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.billing import BillingStore
from offhook.usecases.billing import plans
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.tenants import lifecycle

MOST_MOVES = 8  # each leads on; no two statuses lead to one another


def settle(deps: Deps) -> BillingAccount:
    """Move the tenant until nothing is due; whoever moved last has looked again after it."""
    store = BillingStore(deps.items, deps.tenant.id)
    for _ in range(MOST_MOVES):
        account, tenant = store.account(), deps.config.get(Tenant, deps.tenant.id)
        plans.follow(deps, tenant, account)
        move = due(tenant, account)
        if move is None:
            return account
        _make(deps, account, move)
    return store.account()


def _make(deps: Deps, account: BillingAccount, move: Move) -> None:
    """A move that is no longer legal was made by somebody else; the next look says what is due then."""
    try:
        lifecycle.move(deps, move.trigger, move.reason)
    except Conflict:
        return
    if move == CLOSED and account.subscription:
        _remember_closing(deps, account.subscription.id)


def _remember_closing(deps: Deps, subscription_id: str) -> None:
    def attempt() -> None:
        store = BillingStore(deps.items, deps.tenant.id)
        store.save(replace(store.account(), closed_for=subscription_id))

    again_on_conflict(attempt)
