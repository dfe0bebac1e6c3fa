"""Invoices: draft, finalised, paid or tried again, voided; credit of the customer is used first."""

from typing import Any

from local.stripe import cards, lines
from local.stripe.errors import declined, invalid
from local.stripe.forms import whole
from local.stripe.routes import PAGE, page, route
from local.stripe.state import Obj, Stripe, listing

DAY = 86_400


def draft(stripe: Stripe, sub: Obj, reason: str, new: list[Obj], period: tuple[int, int], **fields: Any) -> Obj:
    """A draft with these lines and whatever waits to be invoiced."""
    customer = stripe.get("customer", sub["customer"])
    waiting = [one for one in stripe.table("invoiceitem").values() if _waits(one, customer["id"])]
    made = stripe.add(
        "invoice",
        {
            "account_country": "US",
            "attempt_count": 0,
            "attempted": False,
            "auto_advance": True,
            "automatically_finalizes_at": None,
            "billing_reason": reason,
            "collection_method": "charge_automatically",
            "created": stripe.now_of(customer["id"]),
            "currency": "usd",
            "customer": customer["id"],
            "customer_email": customer["email"],
            "customer_name": customer["name"],
            "default_tax_rates": [],
            "description": None,
            "discounts": [],
            "effective_at": None,
            "ending_balance": None,
            "starting_balance": customer["balance"],
            "hosted_invoice_url": None,
            "invoice_pdf": None,
            "lines": listing("", [*(one["line"] for one in waiting), *new]),
            "metadata": {},
            "next_payment_attempt": None,
            "number": None,
            "parent": {
                "type": "subscription_details",
                "quote_details": None,
                "subscription_details": {"subscription": sub["id"], "metadata": sub["metadata"]},
            },
            "payments": listing("", []),
            "period_start": period[0],
            "period_end": period[1],
            "post_payment_credit_notes_amount": 0,
            "pre_payment_credit_notes_amount": 0,
            "status": "draft",
            "status_transitions": {
                "finalized_at": None, "marked_uncollectible_at": None, "paid_at": None, "voided_at": None,
            },
            "test_clock": customer["test_clock"],
            "total_discount_amounts": [],
            **fields,
        },
    )  # fmt: skip
    for one in waiting:
        one["invoice"] = made["id"]
    _add_up(stripe, made, sub)
    stripe.emit("invoice.created", made)
    return made


def finalize(stripe: Stripe, invoice: Obj) -> None:
    """No more changes: usage is counted a last time, credit is used, what is left is due."""
    sub, customer = _subscription(stripe, invoice), stripe.get("customer", invoice["customer"])
    _count_again(stripe, sub, invoice)
    _add_up(stripe, invoice, sub)
    balance, total, now = customer["balance"], invoice["total"], stripe.now_of(customer["id"])
    invoice["starting_balance"] = balance
    invoice["amount_due"] = max(0, total + balance)
    invoice["ending_balance"] = customer["balance"] = min(0, total + balance) if total + balance < 0 else 0
    invoice["amount_remaining"] = invoice["amount_due"]
    invoice["status"], invoice["status_transitions"]["finalized_at"] = "open", now
    invoice["effective_at"], invoice["automatically_finalizes_at"] = now, None
    invoice["number"] = f"{customer['id'][-8:].upper()}-{stripe.number('invoice ' + customer['id']):04d}"
    invoice["hosted_invoice_url"] = f"{stripe.settings.public_url}/_stripe/invoice/{invoice['id']}"
    invoice["invoice_pdf"] = invoice["hosted_invoice_url"]
    stripe.emit("invoice.finalized", invoice)
    if invoice["amount_due"] == 0:
        _paid(stripe, sub, invoice, "")


def collect(stripe: Stripe, invoice: Obj) -> str:
    """Try to charge the card: "" = paid, else why not."""
    sub, customer = _subscription(stripe, invoice), stripe.get("customer", invoice["customer"])
    method = card_of(stripe, sub, customer)
    now = stripe.now_of(customer["id"])
    refusal = cards.refusal_of(stripe, method, now) if method else "missing_payment_method"
    invoice["attempted"], invoice["attempt_count"] = True, invoice["attempt_count"] + 1
    intent = stripe.add(
        "payment_intent",
        {
            "amount": invoice["amount_due"],
            "currency": "usd",
            "customer": customer["id"],
            "created": now,
            "status": _intent_status(refusal),
            "metadata": {},
        },
    )
    if refusal:
        _failed(stripe, sub, invoice, refusal)
    else:
        _paid(stripe, sub, invoice, intent["id"])
    return refusal


def card_of(stripe: Stripe, sub: Obj, customer: Obj) -> Obj | None:
    """What is charged for the subscription."""
    method = sub["default_payment_method"] or customer["invoice_settings"]["default_payment_method"]
    return stripe.get("payment_method", method) if method else None


def void(stripe: Stripe, invoice: Obj) -> None:
    """Nobody owes it any more; credit that it used comes back."""
    customer = stripe.get("customer", invoice["customer"])
    customer["balance"] += invoice["starting_balance"] - (invoice["ending_balance"] or 0)
    invoice["status"], invoice["status_transitions"]["voided_at"] = "void", stripe.now_of(customer["id"])
    invoice["amount_remaining"], invoice["next_payment_attempt"] = 0, None
    stripe.emit("invoice.voided", invoice)


def _waits(item: Obj, customer: str) -> bool:
    return bool(item["customer"] == customer and item["invoice"] is None)


def _subscription(stripe: Stripe, invoice: Obj) -> Obj:
    return stripe.table("subscription")[invoice["parent"]["subscription_details"]["subscription"]]


def _count_again(stripe: Stripe, sub: Obj, invoice: Obj) -> None:
    counted = {line["parent"]["subscription_item_details"]["subscription_item"]: line for line in _usage(sub, invoice)}
    for line in counted.values():
        (again,) = [
            one
            for one in lines.in_arrears(stripe, sub, line["period"]["start"], line["period"]["end"])
            if one["pricing"]["price_details"]["price"] == line["pricing"]["price_details"]["price"]
        ]
        line |= {name: again[name] for name in ("amount", "subtotal", "quantity", "description")}


def _usage(sub: Obj, invoice: Obj) -> list[Obj]:
    metered = {item["id"] for item in sub["items"]["data"] if lines.is_metered(item)}
    details = ((line, (line["parent"] or {}).get("subscription_item_details")) for line in invoice["lines"]["data"])
    return [line for line, found in details if found and found["subscription_item"] in metered]


def _add_up(stripe: Stripe, invoice: Obj, sub: Obj) -> None:
    rows = invoice["lines"]["data"]
    lines.taxed(stripe, rows, [rate["id"] for rate in sub["default_tax_rates"]])
    for row in rows:
        row["invoice"] = invoice["id"]
    taxes = lines.taxes_together(rows)
    invoice["subtotal"] = invoice["total_excluding_tax"] = sum(row["amount"] for row in rows)
    invoice["subtotal_excluding_tax"] = invoice["subtotal"]
    invoice["total_taxes"] = taxes
    invoice["total"] = invoice["subtotal"] + sum(tax["amount"] for tax in taxes)
    invoice["amount_due"] = invoice["amount_remaining"] = max(0, invoice["total"])
    invoice["amount_paid"] = 0
    invoice["lines"]["url"] = f"/v1/invoices/{invoice['id']}/lines"


def _intent_status(refusal: str) -> str:
    if not refusal:
        return "succeeded"
    return "requires_action" if refusal == "authentication_required" else "requires_payment_method"


def _paid(stripe: Stripe, sub: Obj, invoice: Obj, intent: str) -> None:
    from local.stripe.subscriptions import invoice_paid

    now = stripe.now_of(invoice["customer"])
    invoice["status"], invoice["status_transitions"]["paid_at"] = "paid", now
    invoice["amount_paid"], invoice["amount_remaining"] = invoice["amount_due"], 0
    invoice["next_payment_attempt"] = None
    if intent:
        paid = {"type": "payment_intent", "payment_intent": intent}
        fields = {"amount_paid": invoice["amount_due"], "invoice": invoice["id"], "payment": paid, "status": "paid"}
        invoice["payments"]["data"].append(stripe.add("invoice_payment", {**fields, "created": now, "currency": "usd"}))
    stripe.emit("invoice.paid", invoice)
    stripe.emit("invoice.payment_succeeded", invoice)
    invoice_paid(stripe, sub, invoice)


def _failed(stripe: Stripe, sub: Obj, invoice: Obj, refusal: str) -> None:
    from local.stripe.subscriptions import invoice_failed

    tries, days = invoice["attempt_count"], stripe.settings.retry_days
    again = invoice["billing_reason"] != "subscription_create" and tries <= len(days)
    invoice["next_payment_attempt"] = stripe.now_of(sub["customer"]) + int(days[tries - 1] * DAY) if again else None
    if refusal == "authentication_required":
        stripe.emit("invoice.payment_action_required", invoice)
    stripe.emit("invoice.payment_failed", invoice)
    invoice_failed(stripe, sub, invoice)


@route("GET", "/v1/invoices", *PAGE, "customer", "subscription", "status", "created")
def find(stripe: Stripe, given: dict[str, Any]) -> Obj:
    found = list(stripe.table("invoice").values())
    for name in ("customer", "status"):
        if name in given:
            found = [one for one in found if one[name] == given[name]]
    if "subscription" in given:
        found = [one for one in found if _subscription(stripe, one)["id"] == given["subscription"]]
    return page(stripe, "/v1/invoices", found, given)


@route("GET", "/v1/invoices/{invoice}")
def retrieve(stripe: Stripe, given: dict[str, Any], invoice: str) -> Obj:
    return stripe.get("invoice", invoice)


@route("GET", "/v1/invoices/{invoice}/lines", *PAGE)
def find_lines(stripe: Stripe, given: dict[str, Any], invoice: str) -> Obj:
    rows = stripe.get("invoice", invoice)["lines"]["data"]
    return page(stripe, f"/v1/invoices/{invoice}/lines", list(reversed(rows)), given)


@route("POST", "/v1/invoices/{invoice}/finalize", "auto_advance")
def finalize_now(stripe: Stripe, given: dict[str, Any], invoice: str) -> Obj:
    found = stripe.get("invoice", invoice)
    if found["status"] != "draft":
        raise invalid("This invoice is already finalized.", "invoice")
    finalize(stripe, found)
    return found


@route("POST", "/v1/invoices/{invoice}/pay", "payment_method", "off_session")
def pay(stripe: Stripe, given: dict[str, Any], invoice: str) -> Obj:
    found = stripe.get("invoice", invoice)
    if found["status"] == "draft":
        finalize(stripe, found)
    if found["status"] == "paid":
        if not found["attempted"]:
            return found
        raise invalid("Invoice is already paid", "invoice", "invoice_already_paid")
    if found["status"] != "open":
        raise invalid("This invoice can not be paid.", "invoice")
    if given.get("payment_method"):
        _subscription(stripe, found)["default_payment_method"] = given["payment_method"]
    refusal = collect(stripe, found)
    if refusal:
        raise declined(refusal)
    return found


@route("POST", "/v1/invoices/{invoice}/void")
def void_now(stripe: Stripe, given: dict[str, Any], invoice: str) -> Obj:
    found = stripe.get("invoice", invoice)
    if found["status"] not in ("open", "uncollectible"):
        raise invalid("Only open invoices can be voided.", "invoice")
    void(stripe, found)
    return found


@route("POST", "/v1/invoiceitems", "customer", "amount", "currency", "description", "subscription", "metadata")
def add_item(stripe: Stripe, given: dict[str, Any]) -> Obj:
    customer = stripe.get("customer", given.get("customer", ""), "customer")
    now = stripe.now_of(customer["id"])
    line = lines.line_of(
        stripe,
        whole(given.get("amount", ""), "amount"),
        given.get("description", ""),
        (now, now),
        parent={
            "type": "invoice_item_details",
            "subscription_item_details": None,
            "invoice_item_details": {"invoice_item": None, "proration": False, "subscription": None},
        },
    )
    return waiting_item(stripe, customer["id"], line)


def waiting_item(stripe: Stripe, customer: str, line: Obj) -> Obj:
    """A line for the customer's next invoice."""
    fields = {name: line[name] for name in ("amount", "currency", "description", "period", "quantity")}
    now = stripe.now_of(customer)
    return stripe.add("invoiceitem", {**fields, "customer": customer, "invoice": None, "date": now, "line": line})
