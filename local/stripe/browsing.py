"""What a browser asks of the provider's pages, and what happens then."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from local.stripe import pages, sessions
from local.stripe.errors import StripeRefusal, invalid
from local.stripe.sessions import CHECKOUT, Card
from local.stripe.state import Obj, Stripe


@dataclass(frozen=True, slots=True)
class Page:
    """html, or where to go instead."""

    html: str = ""
    status: int = 200
    location: str = ""


def browse(stripe: Stripe, method: str, path: str, form: Mapping[str, str]) -> Page:
    """The page of a path below /_stripe/."""
    kind, _, rest = path.removeprefix("/_stripe/").partition("/")
    id, _, action = rest.partition("/")
    views = {"checkout": _checkout, "portal": _portal, "invoice": _invoice}
    with stripe.lock:
        try:
            if kind not in views:
                raise invalid("There is no such page.")
            return views[kind](stripe, method, id, action, form)
        except StripeRefusal as refused:
            return Page(pages.gone(str(refused)), 404)


def _checkout(stripe: Stripe, method: str, id: str, action: str, form: Mapping[str, str]) -> Page:
    session = stripe.get(CHECKOUT, id)
    if session["status"] == "complete":
        return Page(location=str(session["success_url"]), status=303)
    sessions.open_checkout(stripe, id)
    rows = _ordered(stripe, session)
    if method != "POST":
        return Page(pages.checkout(session, rows))
    try:
        return Page(location=sessions.pay(stripe, id, _card(form)), status=303)
    except StripeRefusal as refused:
        ask = sessions.needs_confirming(refused)
        return Page(pages.checkout(session, rows, form.get("number", ""), str(refused), ask), 402)


def _portal(stripe: Stripe, method: str, id: str, action: str, form: Mapping[str, str]) -> Page:
    session = sessions.open_portal(stripe, id)
    problem = ""
    if method == "POST":
        try:
            _portal_action(stripe, session, action, form)
            return Page(location=f"/_stripe/portal/{id}", status=303)
        except StripeRefusal as refused:
            problem = str(refused)
    subs = sessions.of_customer(stripe, session["customer"])
    invoices = [one for one in stripe.table("invoice").values() if one["customer"] == session["customer"]]
    html = pages.portal(session, subs[0] if subs else None, invoices[::-1], problem)
    return Page(html, 402 if problem else 200)


def _portal_action(stripe: Stripe, session: Obj, action: str, form: Mapping[str, str]) -> None:
    if action == "card":
        sessions.change_card(stripe, session["id"], _card(form))
    elif action == "renewal":
        ends = [sub["cancel_at_period_end"] for sub in sessions.of_customer(stripe, session["customer"])]
        sessions.cancel_renewal(stripe, session["id"], not all(ends))
    else:
        raise invalid("There is no such page.")


def _invoice(stripe: Stripe, method: str, id: str, action: str, form: Mapping[str, str]) -> Page:
    found = stripe.get("invoice", id)
    if method != "POST" or action != "pay":
        return Page(pages.invoice(found))
    try:
        sessions.pay_invoice(stripe, id)
    except StripeRefusal as refused:
        return Page(pages.invoice(found, str(refused)), 402)
    return Page(location=f"/_stripe/invoice/{id}", status=303)


def _ordered(stripe: Stripe, session: Obj) -> list[tuple[str, str]]:
    rows = []
    for item in session["_ordered"]:
        price = stripe.get("price", item["price"])
        name, each = stripe.get("product", price["product"])["name"], Decimal(price["unit_amount_decimal"])
        if price["recurring"]["usage_type"] == "metered":
            rows.append((f"{name}, as used", "each month"))
        else:
            count = int(item.get("quantity", 1))
            rows.append((f"{count} × {name}", pages.money(int(each * count))))
    return rows


def _card(form: Mapping[str, str]) -> Card:
    digits = "".join(sign for sign in form.get("number", "") if sign.isdigit())
    month, year = form.get("month", ""), form.get("year", "")
    if not (month.isdecimal() and year.isdecimal() and 1 <= int(month) <= 12 and 2000 <= int(year) <= 2100):
        raise StripeRefusal(402, "card_error", "Your card's expiration date is invalid.", code="invalid_expiry_month")
    return Card(digits, int(month), int(year), form.get("confirmed") == "yes")
