"""The payment provider as we see it: customers, one subscription each, invoices, usage, events.

Money is in minor units (cents) of one currency. Every change carries a key of ours, so that asking twice does it once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from offhook.domain.errors import Conflict, InvalidInput, OffhookError
from offhook.domain.ids import Instant, TenantId


class BillingUnavailable(OffhookError):
    """The payment provider did not answer; it may be tried again."""

    code = "billing_unavailable"
    status = 503


class BillingRefused(InvalidInput):
    """The payment provider refuses what was asked."""

    code = "billing_refused"


class PaymentRefused(Conflict):
    """The payment was declined; another card is needed."""

    code = "payment_refused"
    status = 402


class SubscriptionStatus(StrEnum):
    """As the provider has it."""

    INCOMPLETE = "incomplete"
    INCOMPLETE_EXPIRED = "incomplete_expired"
    TRIALING = "trialing"
    ACTIVE = "active"
    PAST_DUE = "past_due"
    UNPAID = "unpaid"
    PAUSED = "paused"
    CANCELED = "canceled"

    @property
    def is_over(self) -> bool:
        """Whether another subscription may follow."""
        return self in (SubscriptionStatus.CANCELED, SubscriptionStatus.INCOMPLETE_EXPIRED)


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a customer subscribed to.

    plan: an id of the plan catalogue; seats, numbers: how many are paid for; trial_end_at: 0 = no trial;
    ended_because: why a canceled one ended: cancellation_requested, payment_failed, payment_disputed.
    """

    id: str
    status: SubscriptionStatus
    plan: str
    seats: int = 0
    numbers: int = 0
    period_start_at: Instant = 0
    period_end_at: Instant = 0
    trial_end_at: Instant = 0
    ends_with_period: bool = False
    ended_because: str = ""
    latest_invoice_id: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One line. price: which of ours it is for, such as seat, base, number or usage:voice.call; amount < 0 = credit."""

    description: str
    amount: int
    price: str = ""
    quantity: int = 0
    prorated: bool = False
    period_start_at: Instant = 0
    period_end_at: Instant = 0


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice. balance_used: how much of an earlier credit paid for it; refunded: given back after payment.

    status: draft, open, paid, void, uncollectible.
    """

    id: str
    status: str
    currency: str
    number: str = ""
    subtotal: int = 0
    tax: int = 0
    total: int = 0
    amount_due: int = 0
    amount_paid: int = 0
    balance_used: int = 0
    refunded: int = 0
    attempts: int = 0
    next_attempt_at: Instant = 0
    created_at: Instant = 0
    period_start_at: Instant = 0
    period_end_at: Instant = 0
    page_url: str = ""
    lines: Sequence[InvoiceLine] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody is about to subscribe to. key: the same order again gets the same page."""

    customer_id: str
    plan: str
    seats: int
    numbers: int
    success_url: str
    cancel_url: str
    language: str
    key: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a subscription shall be. paid_now: the difference is invoiced and paid first, else with the next invoice."""

    subscription_id: str
    plan: str
    seats: int
    numbers: int
    key: str
    paid_now: bool = True


@dataclass(frozen=True, slots=True)
class Checkout:
    """A page of the provider where the order is paid."""

    id: str
    url: str
    expires_at: Instant


@dataclass(frozen=True, slots=True)
class Reading:
    """Usage to be billed: value, in cents, counts for the day of `at`. identifier: the same one counts once."""

    customer_id: str
    meter: str
    value: int
    at: Instant
    identifier: str


@dataclass(frozen=True, slots=True)
class BillingEvent:
    """Something happened at the provider. What it says is a hint: what holds now is asked for."""

    id: str
    type: str
    created_at: Instant
    customer_id: str = ""
    invoice_id: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)


class BillingProvider(Protocol):
    """The provider. Every method raises BillingUnavailable when it may be tried again, BillingRefused when not."""

    def customer(self, tenant: TenantId, name: str, email: str, language: str) -> str:
        """The id of the tenant's customer, made when there is none."""
        ...

    def checkout(self, order: Order) -> Checkout:
        """A page to subscribe on, open for a day."""
        ...

    def abandon_checkout(self, checkout_id: str) -> None:
        """Close such a page; one that is used or closed already is no error."""
        ...

    def portal_link(self, customer_id: str, return_url: str) -> str:
        """A page to change cards, pay open invoices and cancel, valid for minutes."""
        ...

    def subscription(self, customer_id: str) -> Subscription | None:
        """The one under way, else the one that ended last, as it is now."""
        ...

    def change(self, change: Change) -> Subscription:
        """Another plan or quantity from now on, pro-rated to the second; raises PaymentRefused."""
        ...

    def end_with_period(self, subscription_id: str, ends: bool) -> Subscription:
        """Whether it ends with the period that is paid for."""
        ...

    def cancel(self, subscription_id: str) -> Subscription:
        """End it now; usage so far is invoiced."""
        ...

    def invoices(self, customer_id: str, limit: int, after: str) -> Sequence[Invoice]:
        """Newest first, without lines; after: an invoice id, "" = from the newest."""
        ...

    def invoice(self, invoice_id: str, customer_id: str) -> Invoice:
        """With its lines; raises NotFound, also for another customer's."""
        ...

    def refund(self, invoice_id: str, amount: int, key: str) -> None:
        """Give some of a paid invoice back, with a credit note."""
        ...

    def send(self, reading: Reading) -> None:
        """Have usage billed. Refused later than 35 days after `at` and earlier than 5 minutes before."""
        ...

    def meter_total(self, customer_id: str, meter: str, first_at: Instant, end_at: Instant) -> int:
        """What of the readings of these whole UTC days has arrived; lags behind by minutes."""
        ...

    def events(self, since: Instant) -> Iterator[BillingEvent]:
        """What happened since then, oldest first; at most 30 days back."""
        ...


class Till(Protocol):
    """The platform's account at the provider."""

    @property
    def app_url(self) -> str:
        """Where the provider's pages and our mails lead back to."""
        ...

    def provider(self) -> BillingProvider:
        """The port; raises BillingUnavailable where no account is set up."""
        ...

    def webhook_secrets(self) -> Sequence[str]:
        """What signs the provider's webhooks, two while they rotate."""
        ...
