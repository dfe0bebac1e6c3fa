"""Stripe's objects as ours. Every field that is read here exists in the types of Stripe's own library."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from offhook.domain.billing.offer import BASE, NUMBER, SEAT, plan_named
from offhook.domain.billing.port import BillingEvent, Checkout, Invoice, InvoiceLine, Subscription, SubscriptionStatus
from offhook.domain.ids import SECOND, Instant

if TYPE_CHECKING:
    import stripe

PLAN = "offhook_plan"


def subscription(found: "stripe.Subscription") -> Subscription:
    """A subscription; the plan is that of its fees, else (usage only) the one that was ordered."""
    items = list(found["items"].data)
    details = found.cancellation_details
    quantities, plan = _items(items)
    return Subscription(
        id=found.id,
        status=SubscriptionStatus(found.status),
        plan=plan or _ordered_plan(found),
        seats=quantities.get(SEAT, 0),
        numbers=quantities.get(NUMBER, 0),
        period_start_at=min((instant(item.current_period_start) for item in items), default=0),
        period_end_at=max((instant(item.current_period_end) for item in items), default=0),
        trial_end_at=instant(found.trial_end),
        ends_with_period=bool(found.cancel_at_period_end),
        ended_because=str((details.reason if details else None) or ""),
        latest_invoice_id=id_of(found.latest_invoice),
    )


def _ordered_plan(found: "stripe.Subscription") -> str:
    noted = found.metadata.to_dict()
    return str(noted.get(PLAN, ""))


def _items(items: "list[stripe.SubscriptionItem]") -> tuple[dict[str, int], str]:
    quantities: dict[str, int] = {}
    plan = ""
    for item in items:
        of, name = plan_named(str(item.price.lookup_key or ""))
        plan = of or plan
        if name in (BASE, SEAT, NUMBER):
            quantities[name] = int(item.quantity or 0)
    return quantities, plan


def invoice(found: "stripe.Invoice", lines: Sequence[InvoiceLine] = ()) -> Invoice:
    """An invoice. lines: all of them, where they are wanted."""
    used = int(found.ending_balance or 0) - int(found.starting_balance or 0)
    return Invoice(
        id=str(found.id),
        status=str(found.status or "draft"),
        currency=found.currency.upper(),
        number=str(found.number or ""),
        subtotal=found.subtotal,
        tax=sum(tax.amount for tax in found.total_taxes or []),
        total=found.total,
        amount_due=found.amount_due,
        amount_paid=found.amount_paid,
        balance_used=used,
        refunded=found.post_payment_credit_notes_amount,
        attempts=found.attempt_count,
        next_attempt_at=instant(found.next_payment_attempt),
        created_at=instant(found.created),
        period_start_at=instant(found.period_start),
        period_end_at=instant(found.period_end),
        page_url=str(found.hosted_invoice_url or ""),
        lines=tuple(lines),
    )


def price_of(found: "stripe.InvoiceLineItem") -> str:
    """The id of the price that a line is for, "" when it is for none."""
    details = found.pricing.price_details if found.pricing else None
    return id_of(details.price) if details else ""


def line(found: "stripe.InvoiceLineItem", name: str) -> InvoiceLine:
    """A line of an invoice. name: of its price, as we call it."""
    parent = found.parent
    item = parent.subscription_item_details if parent else None
    extra = parent.invoice_item_details if parent else None
    return InvoiceLine(
        description=str(found.description or ""),
        amount=found.amount,
        price=name,
        quantity=int(found.quantity or 0),
        prorated=bool((item and item.proration) or (extra and extra.proration)),
        period_start_at=instant(found.period.start),
        period_end_at=instant(found.period.end),
    )


def checkout(found: "stripe.checkout.Session") -> Checkout:
    """A checkout page."""
    return Checkout(found.id, str(found.url or ""), instant(found.expires_at))


def event(found: Mapping[str, Any]) -> BillingEvent:
    """An event, as delivered or as listed; whom it concerns is read from its object, whatever kind that is."""
    about = found["data"]["object"]
    kind = str(about.get("object", ""))
    customer = about.get("id") if kind == "customer" else about.get("customer")
    parent = ((about.get("parent") or {}).get("subscription_details") or {}) if kind == "invoice" else {}
    return BillingEvent(
        id=str(found["id"]),
        type=str(found["type"]),
        created_at=instant(found["created"]),
        customer_id=id_of(customer),
        invoice_id=str(about.get("id", "")) if kind == "invoice" else id_of(about.get("invoice")),
        detail={"subscription": id_of(parent.get("subscription"))} if parent else {},
    )


def id_of(found: Any) -> str:
    """The id of what Stripe gives as an id, as the whole object, or not at all."""
    if found is None or isinstance(found, str):
        return found or ""
    return str(found["id"])


def instant(seconds: int | None) -> Instant:
    """Unix seconds as milliseconds; 0 for none."""
    return int(seconds or 0) * SECOND
