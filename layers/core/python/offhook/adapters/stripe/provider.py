"""The port BillingProvider on Stripe: one customer for each tenant, one subscription for each customer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from offhook.adapters.stripe import reading
from offhook.adapters.stripe.catalogue import Catalogue
from offhook.adapters.stripe.errors import stripe_errors
from offhook.adapters.stripe.items import changed_items, ordered_items
from offhook.domain.billing.offer import event_name
from offhook.domain.billing.port import (
    BillingEvent,
    BillingRefused,
    Change,
    Checkout,
    Invoice,
    Order,
    Reading,
    Subscription,
)
from offhook.domain.errors import NotFound
from offhook.domain.ids import DAY, SECOND, Instant, TenantId

if TYPE_CHECKING:
    from stripe import StripeClient
    from stripe.params import CustomerCreateParams

TENANT = "offhook_tenant"
KNOWN = "identifier"


@dataclass
class StripeBilling:
    """test_clock: the test clock that new customers live by, "" = real time."""

    client: "StripeClient"
    test_clock: str = ""
    catalogue: Catalogue = field(init=False)

    def __post_init__(self) -> None:
        self.catalogue = Catalogue(self.client)

    def customer(self, tenant: TenantId, name: str, email: str, language: str) -> str:
        """See the port. The key makes one customer of two requests; the answer is kept by the caller."""
        wanted: CustomerCreateParams = {
            "name": name,
            "email": email,
            "preferred_locales": [language],
            "metadata": {TENANT: tenant},
        }
        if self.test_clock:
            wanted["test_clock"] = self.test_clock
        with stripe_errors():
            return self.client.v1.customers.create(wanted, _once("customer", tenant, name, email, language)).id

    def checkout(self, order: Order) -> Checkout:
        """See the port."""
        with stripe_errors():
            made = self.client.v1.checkout.sessions.create(
                {
                    "mode": "subscription",
                    "customer": order.customer_id,
                    "line_items": ordered_items(self.catalogue, order),
                    "subscription_data": {"metadata": {reading.PLAN: order.plan}},
                    "success_url": order.success_url,
                    "cancel_url": order.cancel_url,
                    "locale": "zh" if order.language.startswith("zh") else "en",
                },
                _once("checkout", order.key),
            )
        return reading.checkout(made)

    def abandon_checkout(self, checkout_id: str) -> None:
        """See the port."""
        try:
            with stripe_errors():
                self.client.v1.checkout.sessions.expire(checkout_id)
        except (BillingRefused, NotFound):
            return

    def portal_link(self, customer_id: str, return_url: str) -> str:
        """See the port."""
        with stripe_errors():
            made = self.client.v1.billing_portal.sessions.create({"customer": customer_id, "return_url": return_url})
        return made.url

    def subscription(self, customer_id: str) -> Subscription | None:
        """See the port."""
        with stripe_errors():
            found = self.client.v1.subscriptions.list({"customer": customer_id, "status": "all", "limit": 100})
            newest = sorted(found.data, key=lambda one: (one.created, one.id), reverse=True)
        ours = [reading.subscription(one) for one in newest]
        return next((one for one in ours if not one.status.is_over), ours[0] if ours else None)

    def change(self, change: Change) -> Subscription:
        """See the port."""
        with stripe_errors():
            found = self.client.v1.subscriptions.retrieve(change.subscription_id)
            made = self.client.v1.subscriptions.update(
                change.subscription_id,
                {
                    "items": changed_items(self.catalogue, found, change),
                    "proration_behavior": "always_invoice" if change.paid_now else "create_prorations",
                    "payment_behavior": "error_if_incomplete" if change.paid_now else "allow_incomplete",
                    "metadata": {reading.PLAN: change.plan},
                },
                _once("change", change.subscription_id, change.key),
            )
        return reading.subscription(made)

    def end_with_period(self, subscription_id: str, ends: bool) -> Subscription:
        """See the port."""
        with stripe_errors():
            made = self.client.v1.subscriptions.update(subscription_id, {"cancel_at_period_end": ends})
        return reading.subscription(made)

    def cancel(self, subscription_id: str) -> Subscription:
        """See the port."""
        with stripe_errors():
            made = self.client.v1.subscriptions.cancel(subscription_id, {"invoice_now": True, "prorate": True})
        return reading.subscription(made)

    def invoices(self, customer_id: str, limit: int, after: str) -> Sequence[Invoice]:
        """See the port."""
        with stripe_errors():
            if after:
                page = self.client.v1.invoices.list({"customer": customer_id, "limit": limit, "starting_after": after})
            else:
                page = self.client.v1.invoices.list({"customer": customer_id, "limit": limit})
        return [reading.invoice(one) for one in page.data]

    def invoice(self, invoice_id: str, customer_id: str) -> Invoice:
        """See the port."""
        with stripe_errors():
            found = self.client.v1.invoices.retrieve(invoice_id)
            if reading.id_of(found.customer) != customer_id:
                raise NotFound()
            rows = list(self.client.v1.invoices.line_items.list(invoice_id, {"limit": 100}).auto_paging_iter())
            lines = [reading.line(row, self.catalogue.name(reading.price_of(row))) for row in rows]
        return reading.invoice(found, lines)

    def refund(self, invoice_id: str, amount: int, key: str) -> None:
        """See the port."""
        with stripe_errors():
            self.client.v1.credit_notes.create(
                {"invoice": invoice_id, "amount": amount, "refund_amount": amount}, _once("refund", invoice_id, key)
            )

    def send(self, reading: Reading) -> None:
        """See the port. An identifier that is known counts as taken."""
        import stripe

        payload = {"stripe_customer_id": reading.customer_id, "value": str(reading.value)}
        with stripe_errors():
            try:
                self.client.v1.billing.meter_events.create(
                    {
                        "event_name": event_name(reading.meter),
                        "payload": payload,
                        "identifier": reading.identifier,
                        "timestamp": reading.at // SECOND,
                    },
                    _once("usage", reading.identifier),
                )
            except stripe.InvalidRequestError as refused:
                if refused.param != KNOWN:
                    raise

    def meter_total(self, customer_id: str, meter: str, first_at: Instant, end_at: Instant) -> int:
        """See the port."""
        first, end = first_at // DAY * DAY // SECOND, -(-end_at // DAY) * DAY // SECOND
        with stripe_errors():
            page = self.client.v1.billing.meters.event_summaries.list(
                self.catalogue.meter(meter), {"customer": customer_id, "start_time": first, "end_time": end}
            )
            return round(sum(one.aggregated_value for one in page.data))

    def events(self, since: Instant) -> Iterator[BillingEvent]:
        """See the port."""
        with stripe_errors():
            page = self.client.v1.events.list({"created": {"gte": since // SECOND}, "limit": 100})
            found = [reading.event(one.to_dict()) for one in page.auto_paging_iter()]
        yield from sorted(found, key=lambda one: (one.created_at, one.id))


def _once(*parts: str) -> Any:
    """The options of a request that is done once, however often it is asked."""
    return {"idempotency_key": "offhook-" + sha256("\n".join(parts).encode()).hexdigest()[:40]}
