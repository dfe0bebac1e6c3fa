"""A payment provider without money, for tests that are not about billing: customers and pages, and nobody ever pays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from offhook.domain.billing.port import BillingEvent, Change, Checkout, Invoice, Order, Reading, Subscription
from offhook.domain.errors import NotFound
from offhook.domain.ids import Instant, TenantId

URL = "https://pay.offhook.test"


@dataclass
class MemoryBilling:
    """customers: id to tenant."""

    customers: dict[str, TenantId] = field(default_factory=dict)

    def customer(self, tenant: TenantId, name: str, email: str, language: str) -> str:
        """One for each tenant."""
        self.customers[f"cus_{tenant}"] = tenant
        return f"cus_{tenant}"

    def checkout(self, order: Order) -> Checkout:
        """A page that nobody opens."""
        return Checkout(f"cs_{order.key}", f"{URL}/checkout", 0)

    def abandon_checkout(self, checkout_id: str) -> None:
        """Nothing is open."""

    def portal_link(self, customer_id: str, return_url: str) -> str:
        """A page that nobody opens."""
        return f"{URL}/portal"

    def subscription(self, customer_id: str) -> Subscription | None:
        """Nobody has one."""
        return None

    def change(self, change: Change) -> Subscription:
        """Nobody has one."""
        raise NotFound()

    def end_with_period(self, subscription_id: str, ends: bool) -> Subscription:
        """Nobody has one."""
        raise NotFound()

    def cancel(self, subscription_id: str) -> Subscription:
        """Nobody has one."""
        raise NotFound()

    def invoices(self, customer_id: str, limit: int, after: str) -> Sequence[Invoice]:
        """None."""
        return []

    def invoice(self, invoice_id: str, customer_id: str) -> Invoice:
        """There are none."""
        raise NotFound()

    def refund(self, invoice_id: str, amount: int, key: str) -> None:
        """There are none."""
        raise NotFound()

    def send(self, reading: Reading) -> None:
        """Nobody is billed."""

    def meter_total(self, customer_id: str, meter: str, first_at: Instant, end_at: Instant) -> int:
        """Nothing is counted."""
        return 0

    def events(self, since: Instant) -> Iterator[BillingEvent]:
        """Nothing happens."""
        yield from ()


@dataclass
class MemoryTill:
    """The account of tests. secrets: what webhooks have to be signed with."""

    billing: MemoryBilling = field(default_factory=MemoryBilling)
    secrets: tuple[str, ...] = ("whsec_test",)
    app_url: str = "https://app.offhook.test"

    def provider(self) -> MemoryBilling:
        """See Till."""
        return self.billing

    def webhook_secrets(self) -> tuple[str, ...]:
        """See Till."""
        return self.secrets
