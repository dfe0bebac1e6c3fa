"""Checkout and portal sessions, and what somebody does on their pages."""

from dataclasses import dataclass
from typing import Any

from local.stripe import cards, invoices, subscriptions
from local.stripe.errors import StripeRefusal, declined, invalid, missing
from local.stripe.routes import PAGE, page, route
from local.stripe.state import Obj, Stripe, listing

DAY = 86_400
PORTAL_S = 1_800
CHECKOUT, PORTAL = "checkout.session", "billing_portal.session"


@dataclass(frozen=True, slots=True)
class Card:
    """What somebody types. confirmed: they also confirmed it with their bank."""

    number: str
    month: int
    year: int
    confirmed: bool = False


@route(
    "POST", "/v1/checkout/sessions", "mode", "customer", "line_items", "subscription_data", "success_url", "cancel_url",
    "locale", "client_reference_id", "metadata", "payment_method_collection", "expires_at",
)  # fmt: skip
def create(stripe: Stripe, given: dict[str, Any]) -> Obj:
    customer = stripe.get("customer", given.get("customer", ""), "customer")
    if given.get("mode") != "subscription":
        raise invalid("Only subscriptions are sold here.", "mode")
    items = given.get("line_items") or []
    for number, item in enumerate(items):
        stripe.get("price", item.get("price", ""), f"line_items[{number}][price]")
        if "quantity" in item and int(item["quantity"]) < 1:
            raise invalid("The quantity must be at least 1.", f"line_items[{number}][quantity]")
    made = stripe.add(
        CHECKOUT,
        {
            "mode": "subscription",
            "amount_total": None,
            "cancel_url": given.get("cancel_url"),
            "client_reference_id": given.get("client_reference_id"),
            "created": stripe.now(),
            "currency": "usd",
            "customer": customer["id"],
            "customer_email": customer["email"],
            "expires_at": stripe.now() + DAY,
            "invoice": None,
            "line_items": listing("", [{"price": one["price"], "quantity": one.get("quantity")} for one in items]),
            "locale": given.get("locale", "auto"),
            "metadata": given.get("metadata") or {},
            "payment_status": "unpaid",
            "status": "open",
            "subscription": None,
            "success_url": given.get("success_url"),
            "_ordered": items,
            "_data": given.get("subscription_data") or {},
        },
    )
    made["url"] = f"{stripe.settings.public_url}/_stripe/checkout/{made['id']}"
    return made


@route("GET", "/v1/checkout/sessions", *PAGE, "customer", "status")
def find(stripe: Stripe, given: dict[str, Any]) -> Obj:
    found = [one for one in stripe.table(CHECKOUT).values() if given.get("customer") in (None, one["customer"])]
    return page(stripe, "/v1/checkout/sessions", found, given)


@route("GET", "/v1/checkout/sessions/{session}")
def retrieve(stripe: Stripe, given: dict[str, Any], session: str) -> Obj:
    return stripe.get(CHECKOUT, session)


@route("POST", "/v1/checkout/sessions/{session}/expire")
def expire(stripe: Stripe, given: dict[str, Any], session: str) -> Obj:
    found = stripe.get(CHECKOUT, session)
    if found["status"] != "open":
        raise invalid("Only open sessions can be expired.", "session")
    found["status"], found["url"] = "expired", None
    stripe.emit("checkout.session.expired", found)
    return found


@route("POST", "/v1/billing_portal/sessions", "customer", "return_url", "configuration", "locale")
def create_portal(stripe: Stripe, given: dict[str, Any]) -> Obj:
    customer = stripe.get("customer", given.get("customer", ""), "customer")
    fields: Obj = {"customer": customer["id"], "return_url": given.get("return_url"), "created": stripe.now()}
    made = stripe.add(
        PORTAL, {**fields, "configuration": "bpc_local", "locale": None, "on_behalf_of": None, "flow": None}
    )
    made["url"] = f"{stripe.settings.public_url}/_stripe/portal/{made['id']}"
    return made


def open_checkout(stripe: Stripe, id: str) -> Obj:
    """The session behind a page; raises when it is over."""
    found = stripe.get(CHECKOUT, id)
    if found["status"] != "open" or found["expires_at"] <= stripe.now():
        raise invalid("This page is no longer open.")
    return found


def open_portal(stripe: Stripe, id: str) -> Obj:
    """The session behind a page; raises when it is over."""
    found = stripe.get(PORTAL, id)
    if found["created"] + PORTAL_S <= stripe.now():
        raise missing("portal session", id)
    return found


def pay(stripe: Stripe, id: str, card: Card) -> str:
    """Somebody pays on the page: the address they come back to. Raises a card error, nothing is sold then."""
    session = open_checkout(stripe, id)
    method = _entered(stripe, session["customer"], card, required=True)
    sub = subscriptions.create(
        stripe,
        {
            **session["_data"],
            "customer": session["customer"],
            "items": session["_ordered"],
            "default_payment_method": method["id"],
            "payment_behavior": "error_if_incomplete",
        },
    )
    session["status"], session["subscription"], session["invoice"] = "complete", sub["id"], sub["latest_invoice"]
    session["payment_status"] = "paid" if sub["latest_invoice"] else "no_payment_required"
    stripe.emit("checkout.session.completed", session)
    session["url"] = None
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def change_card(stripe: Stripe, id: str, card: Card) -> None:
    """Somebody enters another card in the portal; what is open is then tried again by hand."""
    session = open_portal(stripe, id)
    method = _entered(stripe, session["customer"], card)
    customer = stripe.get("customer", session["customer"])
    customer["invoice_settings"]["default_payment_method"] = method["id"]
    for sub in of_customer(stripe, customer["id"]):
        sub["default_payment_method"] = method["id"]
    stripe.emit("customer.updated", customer, customer["id"])


def pay_invoice(stripe: Stripe, invoice_id: str) -> None:
    """Somebody pays an open invoice with the card there is."""
    invoices.pay(stripe, {}, invoice=invoice_id)


def cancel_renewal(stripe: Stripe, id: str, ends: bool) -> None:
    """Somebody ends the subscription with its period in the portal, or takes that back."""
    session = open_portal(stripe, id)
    for sub in of_customer(stripe, session["customer"]):
        subscriptions.update(stripe, {"cancel_at_period_end": str(ends).lower()}, subscription=sub["id"])


def of_customer(stripe: Stripe, customer: str) -> list[Obj]:
    """The subscriptions that are not over."""
    found = stripe.table("subscription").values()
    return [one for one in found if one["customer"] == customer and one["status"] not in subscriptions.OVER]


def _entered(stripe: Stripe, customer: str, card: Card, required: bool = False) -> Obj:
    method = cards.new_card(stripe, card.number, card.month, card.year)
    if card.confirmed:
        cards.authenticated(stripe, method["id"])
    refusal = cards.refusal_of(stripe, method, stripe.now_of(customer))
    if refusal == "authentication_required" or (refusal and required):
        raise declined(refusal)
    return cards.attach(stripe, {"customer": customer}, payment_method=method["id"])


def needs_confirming(refused: StripeRefusal) -> bool:
    """Whether the bank wants to hear from the holder."""
    return refused.body.get("code") == "authentication_required"
