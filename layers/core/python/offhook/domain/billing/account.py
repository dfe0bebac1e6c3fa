"""What we know of a tenant's billing: the provider's last word on its subscription, and what is still to be told."""

from dataclasses import dataclass, replace

from offhook.domain.billing.port import Subscription

REMEMBERED = 60


@dataclass(frozen=True, slots=True)
class Owed:
    """A mail that is decided and not yet handed over. id: unique for ever in the tenant; subject_id: an invoice's."""

    id: str
    template: str
    subject_id: str = ""


@dataclass(frozen=True, slots=True)
class BillingAccount:
    """One for each tenant; version 0 = not stored yet.

    checkout_id: the provider's page that is open; orders: how many pages were asked for; closed_for: the canceled
    subscription whose end closed the tenant; told: ids of the latest mails, newest last.
    """

    version: int = 0
    customer_id: str = ""
    email: str = ""
    checkout_id: str = ""
    orders: int = 0
    subscription: Subscription | None = None
    closed_for: str = ""
    owed: tuple[Owed, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def live(self) -> Subscription | None:
        """The subscription, unless it is over."""
        found = self.subscription
        return found if found and not found.status.is_over else None


def owing(account: BillingAccount, mail: Owed) -> BillingAccount:
    """The account with one more mail to send; the same again changes nothing."""
    if mail.id in account.told:
        return account
    told = (*account.told, mail.id)[-REMEMBERED:]
    return replace(account, owed=(*account.owed, mail), told=told)


def handed_over(account: BillingAccount, mail: Owed) -> BillingAccount:
    """The account without a mail that was sent."""
    return replace(account, owed=tuple(one for one in account.owed if one.id != mail.id))
