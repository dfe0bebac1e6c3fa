"""Lines of invoices: for a period of an item, for a part of one, and what they come to with tax."""

from decimal import Decimal
from typing import Any

from local.stripe.catalogue import tax_of
from local.stripe.meters import used
from local.stripe.money import cents, share
from local.stripe.state import Obj, Stripe


def unit_of(item: Obj) -> Decimal:
    """What one of it costs."""
    return Decimal(item["price"]["unit_amount_decimal"])


def is_metered(item: Obj) -> bool:
    """Whether usage is counted instead of a quantity agreed."""
    return bool(item["price"]["recurring"]["usage_type"] == "metered")


def in_advance(stripe: Stripe, sub: Obj, start: int, end: int) -> list[Obj]:
    """The fees of the coming period."""
    return [
        _line(stripe, sub, item, cents(unit_of(item) * item["quantity"]), item["quantity"], start, end)
        for item in sub["items"]["data"]
        if not is_metered(item)
    ]


def in_arrears(stripe: Stripe, sub: Obj, start: int, end: int) -> list[Obj]:
    """The usage of the period that ended; less than nothing is nothing."""
    found = []
    for item in sub["items"]["data"]:
        if is_metered(item):
            meter = stripe.get("billing.meter", item["price"]["recurring"]["meter"])
            count = max(0, used(stripe, meter, sub["customer"], start, end))
            found.append(_line(stripe, sub, item, cents(unit_of(item) * count), count, start, end))
    return found


def prorated(stripe: Stripe, sub: Obj, item: Obj, sign: int, now: int) -> Obj:
    """What the rest of the period costs, or gives back."""
    start, end = item["current_period_start"], item["current_period_end"]
    amount = sign * share(unit_of(item) * item["quantity"], end - now, end - start)
    words = "Unused time on" if sign < 0 else "Remaining time on"
    line = _line(stripe, sub, item, amount, item["quantity"], now, end)
    line["description"] = f"{words} {line['description']}"
    line["parent"]["subscription_item_details"]["proration"] = True
    return line


def _line(stripe: Stripe, sub: Obj, item: Obj, amount: int, quantity: int, start: int, end: int) -> Obj:
    product = stripe.get("product", item["price"]["product"])
    details = {"subscription": sub["id"], "subscription_item": item["id"], "proration": False, "invoice_item": None}
    return line_of(
        stripe,
        amount,
        f"{quantity} × {product['name']}",
        (start, end),
        quantity=quantity,
        parent={
            "type": "subscription_item_details",
            "subscription_item_details": details,
            "invoice_item_details": None,
        },
        pricing={
            "type": "price_details",
            "price_details": {"price": item["price"]["id"], "product": item["price"]["product"]},
            "unit_amount_decimal": item["price"]["unit_amount_decimal"],
        },
    )


def line_of(stripe: Stripe, amount: int, description: str, period: tuple[int, int], **fields: Any) -> Obj:
    """Any line; it belongs to no invoice yet."""
    made: Obj = {
        "id": stripe.new_id("line_item"),
        "object": "line_item",
        "amount": amount,
        "currency": "usd",
        "description": description,
        "discountable": False,
        "livemode": False,
        "metadata": {},
        "period": {"start": period[0], "end": period[1]},
        "quantity": 1,
        "subtotal": amount,
        "taxes": [],
        "parent": None,
        "pricing": None,
    }
    return made | fields


def taxed(stripe: Stripe, lines: list[Obj], rates: list[str]) -> None:
    """Put the tax of each line on it."""
    for line in lines:
        line["taxes"] = [
            {
                "amount": tax_of(stripe, rate, line["amount"]),
                "tax_behavior": "exclusive",
                "tax_rate_details": {"tax_rate": rate},
                "taxability_reason": "standard_rated",
                "taxable_amount": line["amount"],
                "type": "tax_rate_details",
            }
            for rate in rates
        ]


def taxes_together(lines: list[Obj]) -> list[Obj]:
    """The taxes of the lines by rate."""
    found: dict[str, Obj] = {}
    for tax in (tax for line in lines for tax in line["taxes"]):
        rate = tax["tax_rate_details"]["tax_rate"]
        total = found.setdefault(rate, {**tax, "amount": 0, "taxable_amount": 0})
        total["amount"] += tax["amount"]
        total["taxable_amount"] += tax["taxable_amount"]
    return list(found.values())
