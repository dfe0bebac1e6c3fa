"""Mails about money: decided in the commit that has their cause, sent after it, forgotten when handed over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from offhook.domain.billing.account import BillingAccount, Owed, handed_over
from offhook.domain.billing.port import BillingProvider, Invoice
from offhook.domain.ids import Instant
from offhook.domain.mail.message import Mail, Mailer
from offhook.stores.billing import BillingStore
from offhook.stores.memberships import Memberships
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict

RECEIPT, FAILED, CONFIRM, TRIAL_ENDING = "billing_receipt", "payment_failed", "payment_confirmation", "trial_ending"
SIGNS = {"USD": "$"}


def send(deps: Deps, provider: BillingProvider, mailer: Callable[[], Mailer], app_url: str) -> None:
    """Send what is owed. A crash in between sends a mail twice, under the same id, and never not at all."""
    store = BillingStore(deps.items, deps.tenant.id)
    account = store.account()
    for owed in account.owed:
        for address in _addresses(deps, account):
            mailer().send(replace(_mail(deps, provider, account, owed, app_url), to=address))
        _forget(store, owed)


def money(cents: int, currency: str) -> str:
    """An amount as it is written in a mail: $12.00, or 12.00 EUR."""
    text = f"{abs(cents) // 100}.{abs(cents) % 100:02d}"
    sign = "-" if cents < 0 else ""
    return f"{sign}{SIGNS[currency]}{text}" if currency in SIGNS else f"{sign}{text} {currency}"


def _addresses(deps: Deps, account: BillingAccount) -> list[str]:
    """Where bills go; before there are any, to the owners."""
    if account.email:
        return [account.email]
    return sorted({one.email for one in Memberships(deps.items, deps.tenant.id).all() if one.is_owner and one.email})


def _forget(store: BillingStore, owed: Owed) -> None:
    def attempt() -> None:
        account = store.account()
        if any(one.id == owed.id for one in account.owed):
            store.save(handed_over(account, owed))

    again_on_conflict(attempt)


def _mail(deps: Deps, provider: BillingProvider, account: BillingAccount, owed: Owed, app_url: str) -> Mail:
    values = {"company": deps.tenant.name, "link": f"{app_url}/billing"}
    if owed.subject_id:
        values |= _about(deps, provider.invoice(owed.subject_id, account.customer_id))
    elif account.live:
        values |= {"date": _day(deps, account.live.trial_end_at)}
    else:
        values |= {"date": owed.id.rpartition(":")[2]}
    return Mail(account.email, owed.template, deps.tenant.language, f"{deps.tenant.id}:{owed.id}", values)


def _about(deps: Deps, invoice: Invoice) -> dict[str, str]:
    found = {
        "number": invoice.number or invoice.id,
        "amount": money(invoice.total, invoice.currency),
        "date": _day(deps, invoice.next_attempt_at or invoice.created_at),
    }
    return found | ({"link": invoice.page_url} if invoice.page_url else {})


def _day(deps: Deps, at: Instant) -> str:
    return datetime.fromtimestamp(at / 1000, ZoneInfo(deps.tenant.time_zone)).strftime("%Y-%m-%d")
