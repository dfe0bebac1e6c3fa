"""What the provider tells: an event is a hint, what holds is fetched, and one commit keeps both."""

from dataclasses import replace

from offhook.domain.billing.account import BillingAccount, Owed, owing
from offhook.domain.billing.port import BillingEvent, BillingProvider, Invoice
from offhook.domain.errors import NotFound
from offhook.domain.storage import Write
from offhook.stores.billing import BillingStore
from offhook.usecases.billing import mails, standing
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict

PAID, FAILED, AUTHENTICATE = "invoice.paid", "invoice.payment_failed", "invoice.payment_action_required"
TRIAL_ENDS = "customer.subscription.trial_will_end"
CHECKED_OUT = "checkout.session.completed"


def event(deps: Deps, provider: BillingProvider, told: BillingEvent) -> None:
    """Apply an event of this tenant's customer; again, late or out of order it changes nothing."""
    again_on_conflict(lambda: _apply(deps, provider, told))
    standing.settle(deps)


def refresh(deps: Deps, provider: BillingProvider) -> BillingAccount:
    """Ask the provider what holds, without an event: for whatever was never told."""
    again_on_conflict(lambda: _refresh(deps, provider))
    return standing.settle(deps)


def _apply(deps: Deps, provider: BillingProvider, told: BillingEvent) -> None:
    """The account is read before the provider is asked: an older answer cannot replace a newer one."""
    store = BillingStore(deps.items, deps.tenant.id)
    account = store.account()
    if store.has_seen(told.id) or told.customer_id != account.customer_id:
        return
    after = replace(account, subscription=provider.subscription(account.customer_id))
    if told.type == CHECKED_OUT:
        after = replace(after, checkout_id="")
    mail = _mail_for(provider, account, told)
    store.save(owing(after, mail) if mail else after, _seen(store, deps, told))


def _refresh(deps: Deps, provider: BillingProvider) -> None:
    store = BillingStore(deps.items, deps.tenant.id)
    account = store.account()
    if not account.customer_id:
        return
    after = replace(account, subscription=provider.subscription(account.customer_id))
    if after != account:
        store.save(after)


def _seen(store: BillingStore, deps: Deps, told: BillingEvent) -> Write:
    return store.seen(told.id, deps.clock.now())


def _mail_for(provider: BillingProvider, account: BillingAccount, told: BillingEvent) -> Owed | None:
    """What the owner should hear of it, as things stand now."""
    if told.type == TRIAL_ENDS:
        return Owed(f"trial-ends:{account.subscription.id if account.subscription else told.id}", mails.TRIAL_ENDING)
    if told.type not in (PAID, FAILED, AUTHENTICATE) or not told.invoice_id:
        return None
    try:
        invoice = provider.invoice(told.invoice_id, account.customer_id)
    except NotFound:
        return None
    return _mail_about(invoice, told)


def _mail_about(invoice: Invoice, told: BillingEvent) -> Owed | None:
    if told.type == PAID:
        paid = invoice.status == "paid" and invoice.amount_paid > 0
        return Owed(f"receipt:{invoice.id}", mails.RECEIPT, invoice.id) if paid else None
    if invoice.status != "open":
        return None
    if told.type == AUTHENTICATE:
        return Owed(f"confirm:{invoice.id}", mails.CONFIRM, invoice.id)
    return Owed(f"failed:{invoice.id}:{invoice.attempts}", mails.FAILED, invoice.id)
