"""Money given back: credit notes on paid invoices, with the refund that goes to the card or to the balance."""

from typing import Any

from local.stripe.errors import invalid
from local.stripe.forms import whole
from local.stripe.routes import PAGE, page, route
from local.stripe.state import Obj, Stripe


@route("POST", "/v1/credit_notes", "invoice", "amount", "refund_amount", "credit_amount", "reason", "memo", "metadata")
def create(stripe: Stripe, given: dict[str, Any]) -> Obj:
    invoice = stripe.get("invoice", given.get("invoice", ""), "invoice")
    amount = whole(given.get("amount", ""), "amount")
    refund = whole(given.get("refund_amount", 0), "refund_amount")
    credit = whole(given.get("credit_amount", 0), "credit_amount")
    if invoice["status"] != "paid":
        raise invalid("Only paid invoices are credited here.", "invoice")
    if amount <= 0 or refund < 0 or credit < 0 or refund + credit != amount:
        raise invalid("The amount must be what is refunded and credited together.", "amount")
    left = invoice["total"] - invoice["post_payment_credit_notes_amount"]
    if amount > left or refund > invoice["amount_paid"] - _refunded(stripe, invoice):
        raise invalid("The amount is more than what is left of the invoice.", "amount")
    invoice["post_payment_credit_notes_amount"] += amount
    stripe.get("customer", invoice["customer"])["balance"] -= credit
    made = stripe.add(
        "credit_note",
        {
            "amount": amount,
            "created": stripe.now_of(invoice["customer"]),
            "currency": "usd",
            "customer": invoice["customer"],
            "invoice": invoice["id"],
            "memo": given.get("memo"),
            "metadata": {},
            "reason": given.get("reason"),
            "status": "issued",
            "total": amount,
            "post_payment_amount": amount,
            "pre_payment_amount": 0,
            "type": "post_payment",
        },
    )
    if refund:
        paid = invoice["payments"]["data"][-1]["payment"]["payment_intent"]
        fields = {"amount": refund, "currency": "usd", "payment_intent": paid, "status": "succeeded"}
        stripe.emit("refund.created", stripe.add("refund", {**fields, "created": stripe.now_of(invoice["customer"])}))
        made["_refund"] = refund
    stripe.emit("credit_note.created", made)
    return made


@route("GET", "/v1/credit_notes", *PAGE, "invoice", "customer")
def find(stripe: Stripe, given: dict[str, Any]) -> Obj:
    found = list(stripe.table("credit_note").values())
    for name in ("invoice", "customer"):
        if name in given:
            found = [one for one in found if one[name] == given[name]]
    return page(stripe, "/v1/credit_notes", found, given)


@route("GET", "/v1/refunds", *PAGE, "payment_intent")
def find_refunds(stripe: Stripe, given: dict[str, Any]) -> Obj:
    return page(stripe, "/v1/refunds", list(stripe.table("refund").values()), given)


def _refunded(stripe: Stripe, invoice: Obj) -> int:
    notes = (one for one in stripe.table("credit_note").values() if one["invoice"] == invoice["id"])
    return sum(one.get("_refund", 0) for one in notes)
