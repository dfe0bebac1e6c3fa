"""Becoming and being a subscriber: the pages of the provider, and changes of what is subscribed to."""

from dataclasses import dataclass, replace

from offhook.domain.billing.account import BillingAccount
from offhook.domain.billing.port import BillingProvider, Change, Checkout, Order, Subscription
from offhook.domain.errors import Conflict, InvalidInput
from offhook.domain.storage import Items
from offhook.domain.tenants.plans import Pricing, Quota, UnknownPlan, exceeded, offered, plan_of
from offhook.stores.billing import BillingStore
from offhook.stores.directory import Directory
from offhook.stores.quotas import Quotas
from offhook.usecases.billing import standing
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.tenants.plan import PlanTooSmall

BACK = "/billing"
HANDLE = "BILLING"  # the directory's kind of a customer id


@dataclass(frozen=True, slots=True)
class Pages:
    """app_url: where the provider's pages lead back to; directory: finds the tenant of a customer again."""

    app_url: str
    directory: Items


class NotSubscribed(Conflict):
    """There is no subscription yet; choose a plan first."""

    code = "not_subscribed"


class AlreadySubscribed(Conflict):
    """There is a subscription already; change its plan instead."""

    code = "already_subscribed"


class TooFewSeats(Conflict):
    """More people take calls than the plan would have seats for."""

    code = "too_few_seats"


def checkout(deps: Deps, provider: BillingProvider, pages: Pages, plan: str, seats: int, email: str) -> Checkout:
    """A page to subscribe on. One page is open at a time, so that nobody subscribes twice.

    Raises AlreadySubscribed, UnknownPlan, InvalidInput and TooFewSeats.
    """
    numbers = _checked(deps, plan, seats)
    account = again_on_conflict(lambda: _begun(deps, provider, email))
    Directory(pages.directory).lead(HANDLE, account.customer_id, deps.tenant.id)
    if account.checkout_id:
        provider.abandon_checkout(account.checkout_id)
    page = provider.checkout(
        Order(
            customer_id=account.customer_id,
            plan=plan_of(plan).id,
            seats=seats,
            numbers=numbers,
            success_url=f"{pages.app_url}{BACK}?paid=yes",
            cancel_url=f"{pages.app_url}{BACK}",
            language=deps.tenant.language,
            key=f"{account.customer_id}:{account.orders}",
        )
    )
    _keep(deps, provider, account, page)
    return page


def portal_link(deps: Deps, provider: BillingProvider, app_url: str) -> str:
    """A page to change cards, see invoices and pay; raises NotSubscribed."""
    account = BillingStore(deps.items, deps.tenant.id).account()
    if not account.customer_id:
        raise NotSubscribed()
    return provider.portal_link(account.customer_id, f"{app_url}{BACK}")


def change_plan(deps: Deps, provider: BillingProvider, plan: str, seats: int | None = None) -> BillingAccount:
    """Move the subscription to another plan, with as many seats unless said otherwise, pro-rated from now on."""
    live = _subscribed(deps)
    seats = live.seats if seats is None else seats
    numbers = _checked(deps, plan, seats)
    change = Change(live.id, plan_of(plan).id, seats, numbers, deps.ids.new("change"))
    return _applied(deps, provider, provider.change(change))


def change_seats(deps: Deps, provider: BillingProvider, seats: int) -> BillingAccount:
    """Pay for another number of seats, pro-rated from now on; raises TooFewSeats, InvalidInput, PaymentRefused."""
    live = _subscribed(deps)
    if plan_of(live.plan).pricing is not Pricing.BY_SEAT:
        raise InvalidInput("plan_not_by_seat", field="$.seats")
    return change_plan(deps, provider, live.plan, seats)


def renew(deps: Deps, provider: BillingProvider, renews: bool) -> BillingAccount:
    """Let the subscription end with the period that is paid for, or go on after all."""
    live = _subscribed(deps)
    return _applied(deps, provider, provider.end_with_period(live.id, not renews))


def _begun(deps: Deps, provider: BillingProvider, email: str) -> BillingAccount:
    """The account with a customer and one more order."""
    store = BillingStore(deps.items, deps.tenant.id)
    account = store.account()
    if account.customer_id:
        account = replace(account, subscription=provider.subscription(account.customer_id))
        if account.live:
            raise AlreadySubscribed()
    customer = account.customer_id or provider.customer(deps.tenant.id, deps.tenant.name, email, deps.tenant.language)
    return store.save(replace(account, customer_id=customer, email=email, orders=account.orders + 1))


def _keep(deps: Deps, provider: BillingProvider, ordered: BillingAccount, page: Checkout) -> None:
    """Remember which page is open; when another order came meanwhile, its page is the one that counts."""

    def attempt() -> bool:
        store = BillingStore(deps.items, deps.tenant.id)
        account = store.account()
        if account.orders != ordered.orders or account.live:
            return False
        store.save(replace(account, checkout_id=page.id))
        return True

    if not again_on_conflict(attempt):
        provider.abandon_checkout(page.id)
        raise Conflict("checkout_again")


def _subscribed(deps: Deps) -> Subscription:
    account = BillingStore(deps.items, deps.tenant.id).account()
    if account.live is None:
        raise NotSubscribed()
    return account.live


def _applied(deps: Deps, provider: BillingProvider, subscription: Subscription) -> BillingAccount:
    """The account after our own change; the provider's event about it will find nothing new."""

    def attempt() -> BillingAccount:
        store = BillingStore(deps.items, deps.tenant.id)
        account = store.account()
        return store.save(replace(account, subscription=provider.subscription(account.customer_id) or subscription))

    again_on_conflict(attempt)
    return standing.settle(deps)


def _checked(deps: Deps, plan: str, seats: int) -> int:
    """How many numbers are paid for; raises what forbids the order."""
    wanted = plan_of(plan)
    if wanted not in offered():
        raise UnknownPlan("plan_not_offered", field="$.plan")
    if not 0 < seats <= wanted.limits.seats:
        raise InvalidInput("plan_seats", field="$.seats", most=wanted.limits.seats)
    used = Quotas(deps.items, deps.tenant.id).all()
    if over := exceeded(wanted.limits, used):
        raise PlanTooSmall("plan_over", field="$.plan", over=[*over])
    if wanted.pricing is Pricing.BY_SEAT and used[Quota.SEATS] > seats:
        raise TooFewSeats("seats_in_use", field="$.seats", count=used[Quota.SEATS])
    return used[Quota.NUMBERS]
