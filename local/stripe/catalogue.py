"""Products, prices and tax rates."""

from decimal import Decimal
from typing import Any

from local.stripe.errors import invalid
from local.stripe.forms import flag
from local.stripe.routes import PAGE, page, route
from local.stripe.state import Obj, Stripe


@route("POST", "/v1/products", "id", "name", "description", "metadata", "active")
def create_product(stripe: Stripe, given: dict[str, Any]) -> Obj:
    if given.get("id") in stripe.table("product"):
        raise invalid("Product already exists.", "id", "resource_already_exists")
    fields = {"name": given.get("name", ""), "active": True, "metadata": given.get("metadata") or {}}
    return stripe.add("product", {**fields, "created": stripe.now(), "description": None}, given.get("id", ""))


@route("GET", "/v1/products", *PAGE, "ids", "active")
def find_products(stripe: Stripe, given: dict[str, Any]) -> Obj:
    found = list(stripe.table("product").values())
    if "ids" in given:
        found = [one for one in found if one["id"] in given["ids"]]
    return page(stripe, "/v1/products", found, given)


@route("GET", "/v1/products/{id}")
def retrieve_product(stripe: Stripe, given: dict[str, Any], id: str) -> Obj:
    return stripe.get("product", id)


@route(
    "POST", "/v1/prices", "product", "currency", "unit_amount", "unit_amount_decimal", "recurring", "lookup_key",
    "metadata", "nickname", "active", "tax_behavior",
)  # fmt: skip
def create_price(stripe: Stripe, given: dict[str, Any]) -> Obj:
    stripe.get("product", given.get("product", ""), "product")
    amount = Decimal(str(given.get("unit_amount_decimal", given.get("unit_amount", "0"))))
    key = given.get("lookup_key")
    if key and any(one["lookup_key"] == key for one in stripe.table("price").values()):
        raise invalid(f"A price already uses that lookup key: {key}", "lookup_key")
    recurring = given.get("recurring") or {}
    usage = recurring.get("usage_type", "licensed")
    if usage == "metered":
        stripe.get("billing.meter", recurring.get("meter", ""), "recurring[meter]")
    return stripe.add(
        "price",
        {
            "product": given["product"],
            "active": True,
            "billing_scheme": "per_unit",
            "created": stripe.now(),
            "currency": given.get("currency", "usd"),
            "lookup_key": key,
            "metadata": given.get("metadata") or {},
            "nickname": given.get("nickname"),
            "recurring": {
                "interval": recurring.get("interval", "month"),
                "interval_count": int(recurring.get("interval_count", 1)),
                "usage_type": usage,
                "meter": recurring.get("meter"),
                "trial_period_days": None,
            },
            "tax_behavior": given.get("tax_behavior", "exclusive"),
            "type": "recurring",
            "unit_amount": int(amount) if amount == int(amount) else None,
            "unit_amount_decimal": f"{amount:f}",
        },
    )


@route("GET", "/v1/prices", *PAGE, "lookup_keys", "active", "product", "type")
def find_prices(stripe: Stripe, given: dict[str, Any]) -> Obj:
    found = list(stripe.table("price").values())
    if "lookup_keys" in given:
        if len(given["lookup_keys"]) > 10:
            raise invalid("At most 10 lookup keys.", "lookup_keys")
        found = [one for one in found if one["lookup_key"] in given["lookup_keys"]]
    if "product" in given:
        found = [one for one in found if one["product"] == given["product"]]
    return page(stripe, "/v1/prices", found, given)


@route("GET", "/v1/prices/{price}")
def retrieve_price(stripe: Stripe, given: dict[str, Any], price: str) -> Obj:
    return stripe.get("price", price)


@route("POST", "/v1/tax_rates", "display_name", "percentage", "inclusive", "country", "description", "metadata")
def create_tax_rate(stripe: Stripe, given: dict[str, Any]) -> Obj:
    if flag(given.get("inclusive")):
        raise invalid("Only taxes that are added to the price are known here.", "inclusive")
    return stripe.add(
        "tax_rate",
        {
            "display_name": given.get("display_name", ""),
            "percentage": float(given.get("percentage", "0")),
            "inclusive": False,
            "active": True,
            "created": stripe.now(),
            "metadata": given.get("metadata") or {},
        },
    )


def tax_of(stripe: Stripe, rate: str, amount: int) -> int:
    """The tax on an amount, by line."""
    from local.stripe.money import cents

    return cents(Decimal(str(stripe.get("tax_rate", rate)["percentage"])) * amount / 100)
