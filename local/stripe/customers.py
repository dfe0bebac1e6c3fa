"""Customers, and what each has in credit."""

from typing import Any

from local.stripe.errors import invalid
from local.stripe.forms import whole
from local.stripe.routes import PAGE, page, route
from local.stripe.state import Obj, Stripe

FIELDS = ("name", "email", "description", "phone", "metadata", "preferred_locales", "address")


@route("POST", "/v1/customers", *FIELDS, "test_clock", "payment_method", "invoice_settings", "balance", "tax_exempt")
def create(stripe: Stripe, given: dict[str, Any]) -> Obj:
    clock = given.get("test_clock")
    if clock:
        stripe.get("test_helpers.test_clock", clock, "test_clock")
    fields: Obj = {name: given.get(name) for name in FIELDS}
    made = stripe.add(
        "customer",
        {
            **fields,
            "balance": whole(given.get("balance", 0), "balance"),
            "created": stripe.now(),
            "currency": None,
            "deleted": False,
            "delinquent": False,
            "invoice_settings": {"default_payment_method": None, "custom_fields": None, "footer": None},
            "metadata": given.get("metadata") or {},
            "tax_exempt": given.get("tax_exempt", "none"),
            "test_clock": clock,
        },
    )
    if clock:
        made["created"] = stripe.now_of(made["id"])
    if given.get("payment_method"):
        from local.stripe.cards import attach

        attach(stripe, {"customer": made["id"]}, payment_method=given["payment_method"])
    _settings(stripe, made, given)
    stripe.emit("customer.created", made, made["id"])
    return made


@route("GET", "/v1/customers", *PAGE, "email", "test_clock")
def find(stripe: Stripe, given: dict[str, Any]) -> Obj:
    found = [one for one in stripe.table("customer").values() if not one.get("deleted")]
    if given.get("email"):
        found = [one for one in found if one["email"] == given["email"]]
    return page(stripe, "/v1/customers", found, given)


@route("GET", "/v1/customers/{customer}")
def retrieve(stripe: Stripe, given: dict[str, Any], customer: str) -> Obj:
    return stripe.get("customer", customer)


@route("POST", "/v1/customers/{customer}", *FIELDS, "invoice_settings", "balance", "tax_exempt")
def update(stripe: Stripe, given: dict[str, Any], customer: str) -> Obj:
    found = stripe.get("customer", customer)
    for name in FIELDS:
        if name in given:
            found[name] = {**(found[name] or {}), **given[name]} if name == "metadata" else given[name]
    _settings(stripe, found, given)
    stripe.emit("customer.updated", found, customer)
    return found


def _settings(stripe: Stripe, found: Obj, given: dict[str, Any]) -> None:
    default = (given.get("invoice_settings") or {}).get("default_payment_method")
    if not default:
        return
    method = stripe.get("payment_method", default, "invoice_settings[default_payment_method]")
    if method["customer"] != found["id"]:
        raise invalid("The payment method is not attached to the customer.", "invoice_settings")
    found["invoice_settings"]["default_payment_method"] = default
