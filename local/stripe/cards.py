"""Cards and how they behave: Stripe's test cards, setting one up, and charging it."""

from datetime import UTC, datetime
from typing import Any

from local.stripe.errors import StripeRefusal, declined, invalid
from local.stripe.forms import flag
from local.stripe.routes import PAGE, page, route
from local.stripe.state import Obj, Stripe

OK, DECLINE, FAIL_LATER, AUTHENTICATE, EXPIRED = "ok", "decline", "fail_later", "authenticate", "expired"
TOKENS = {
    "pm_card_visa": OK,
    "pm_card_chargeDeclined": DECLINE,
    "pm_card_chargeCustomerFail": FAIL_LATER,
    "pm_card_authenticationRequired": AUTHENTICATE,
    "pm_card_chargeDeclinedExpiredCard": EXPIRED,
}
NUMBERS = {
    "4242424242424242": OK,
    "4000000000000002": DECLINE,
    "4000000000000341": FAIL_LATER,
    "4000002500003155": AUTHENTICATE,
    "4000000000000069": EXPIRED,
}


def new_card(stripe: Stripe, number: str, month: int, year: int) -> Obj:
    """A payment method for one of the test numbers; raises the card error of a number that is none."""
    behaviour = NUMBERS.get(number)
    if behaviour is None:
        raise StripeRefusal(402, "card_error", "Your card number is incorrect.", code="incorrect_number")
    return _card(stripe, behaviour, number[-4:], month, year)


def _card(stripe: Stripe, behaviour: str, last4: str, month: int, year: int) -> Obj:
    card = {"brand": "visa", "country": "US", "exp_month": month, "exp_year": year, "funding": "credit", "last4": last4}
    made = stripe.add(
        "payment_method",
        {
            "type": "card",
            "card": card,
            "customer": None,
            "created": stripe.now(),
            "metadata": {},
            "billing_details": {},
        },
    )
    stripe.cards[made["id"]] = behaviour
    return made


@route("POST", "/v1/payment_methods", "type", "card", "billing_details", "metadata")
def create(stripe: Stripe, given: dict[str, Any]) -> Obj:
    card = given.get("card") or {}
    number = str(card.get("number", ""))
    if "token" in card or not number:
        raise invalid("Give the card's number.", "card[number]")
    return new_card(stripe, number, int(card.get("exp_month", 12)), int(card.get("exp_year", 2040)))


@route("POST", "/v1/payment_methods/{payment_method}/attach", "customer")
def attach(stripe: Stripe, given: dict[str, Any], payment_method: str) -> Obj:
    customer = stripe.get("customer", given.get("customer", ""), "customer")
    if payment_method in TOKENS:
        method = _card(stripe, TOKENS[payment_method], "4242", 12, 2040)
    else:
        method = stripe.get("payment_method", payment_method)
    if stripe.cards[method["id"]] in (DECLINE, EXPIRED):
        raise declined("card_declined" if stripe.cards[method["id"]] == DECLINE else "expired_card", "generic_decline")
    method["customer"] = customer["id"]
    stripe.emit("payment_method.attached", method)
    return method


@route("POST", "/v1/payment_methods/{payment_method}/detach")
def detach(stripe: Stripe, given: dict[str, Any], payment_method: str) -> Obj:
    method = stripe.get("payment_method", payment_method)
    settings = stripe.get("customer", method["customer"])["invoice_settings"]
    if settings["default_payment_method"] == payment_method:
        settings["default_payment_method"] = None
    method["customer"] = None
    return method


@route("GET", "/v1/payment_methods", *PAGE, "customer", "type")
def find(stripe: Stripe, given: dict[str, Any]) -> Obj:
    found = [one for one in stripe.table("payment_method").values() if one["customer"] == given.get("customer")]
    return page(stripe, "/v1/payment_methods", found, given)


@route("GET", "/v1/customers/{customer}/payment_methods", *PAGE, "type")
def of_customer(stripe: Stripe, given: dict[str, Any], customer: str) -> Obj:
    found = [one for one in stripe.table("payment_method").values() if one["customer"] == customer]
    return page(stripe, f"/v1/customers/{customer}/payment_methods", found, given)


@route("POST", "/v1/setup_intents", "customer", "payment_method", "confirm", "usage", "metadata")
def set_up(stripe: Stripe, given: dict[str, Any]) -> Obj:
    made = stripe.add(
        "setup_intent",
        {
            "customer": given.get("customer"),
            "payment_method": given.get("payment_method"),
            "status": "requires_confirmation" if given.get("payment_method") else "requires_payment_method",
            "usage": given.get("usage", "off_session"),
            "created": stripe.now(),
            "metadata": given.get("metadata") or {},
            "client_secret": f"seti_secret_{stripe.number('secret')}",
        },
    )
    return confirm(stripe, {}, intent=made["id"]) if flag(given.get("confirm")) else made


@route("POST", "/v1/setup_intents/{intent}/confirm", "payment_method")
def confirm(stripe: Stripe, given: dict[str, Any], intent: str) -> Obj:
    found = stripe.get("setup_intent", intent)
    found["payment_method"] = given.get("payment_method") or found["payment_method"]
    if not found["payment_method"]:
        raise invalid("A payment method is needed.", "payment_method")
    method = attach(stripe, {"customer": found["customer"]}, payment_method=found["payment_method"])
    found["payment_method"] = method["id"]
    waits = stripe.cards[method["id"]] == AUTHENTICATE
    found["status"] = "requires_action" if waits else "succeeded"
    stripe.emit(f"setup_intent.{found['status']}", found)
    return found


@route("GET", "/v1/setup_intents/{intent}")
def retrieve_set_up(stripe: Stripe, given: dict[str, Any], intent: str) -> Obj:
    return stripe.get("setup_intent", intent)


def authenticated(stripe: Stripe, method: str) -> None:
    """The holder confirmed the card with the bank: from now on it pays."""
    if stripe.cards[method] == AUTHENTICATE:
        stripe.cards[method] = OK


def refusal_of(stripe: Stripe, method: Obj, now: int) -> str:
    """Why the card does not pay now, "" = it does."""
    behaviour = stripe.cards[method["id"]]
    card, today = method["card"], datetime.fromtimestamp(now, UTC)
    if (card["exp_year"], card["exp_month"]) < (today.year, today.month) or behaviour == EXPIRED:
        return "expired_card"
    if behaviour == AUTHENTICATE:
        return "authentication_required"
    return "card_declined" if behaviour in (DECLINE, FAIL_LATER) else ""
