"""The fake against Stripe's own library, as installed: its routes, its parameters, its fields, and what we read."""

import ast
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import stripe as library
from offhook.adapters.stripe import reading
from offhook.domain.billing.offer import prices_of
from offhook.domain.billing.port import Order
from offhook.domain.ids import TenantId

from local.stripe.http import Response, handle
from local.stripe.routes import ROUTES, Route
from local.stripe.state import Stripe
from tests.unit.billing.kit import DAY_S, Shop

LIBRARY = Path(library.__file__).parent


@cache
def requests_of_the_library() -> dict[tuple[str, str], str]:
    """Method and path (varying parts as {}) to the name of the class of its parameters, "" = it takes none."""
    found: dict[tuple[str, str], str] = {}
    for file in LIBRARY.rglob("_*_service.py"):
        for function in ast.walk(ast.parse(file.read_text())):
            if isinstance(function, ast.FunctionDef):
                found.update(_request(function))
    return found


def _request(function: ast.FunctionDef) -> dict[tuple[str, str], str]:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    sent = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "_request"]
    if not sent:
        return {}
    method, path = sent[0].args[:2]
    text = next(node.value for node in ast.walk(path) if isinstance(node, ast.Constant) and "/v" in str(node.value))
    hints = {arg.arg: ast.unparse(arg.annotation) for arg in function.args.args if arg.annotation}
    params = re.findall(r"\w+Params\b", hints.get("params", ""))
    assert isinstance(method, ast.Constant)
    return {(str(method.value).upper(), _bare(str(text))): params[0] if params else ""}


def _bare(path: str) -> str:
    return re.sub(r"\{\w*\}", "{}", path)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.pattern}")
def test_every_route_of_the_fake_is_one_of_the_library(route: Route) -> None:
    assert (route.method, _bare(route.pattern)) in requests_of_the_library()


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.pattern}")
def test_every_parameter_that_the_fake_takes_is_one_of_the_library(route: Route) -> None:
    name = requests_of_the_library()[route.method, _bare(route.pattern)]
    known = _fields_of_params(name, route.pattern) if name else set()
    assert set(route.params) - {"expand"} <= known, name


def _fields_of_params(name: str, path: str) -> set[str]:
    area = path.split("/")[2]
    folder = {"billing": "billing", "checkout": "checkout", "billing_portal": "billing_portal"}.get(area, "")
    folder = "test_helpers" if area == "test_helpers" else folder
    snake = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
    file = LIBRARY / "params" / folder / f"_{snake}.py"
    tree = ast.parse(file.read_text())
    return {
        item.target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name == name
        for item in node.body
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)
    } | _functional(tree, name)


def _functional(tree: ast.AST, name: str) -> set[str]:
    """The fields of a TypedDict("_NameBase", {...}), where a field's name is a word of the language."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and len(node.args) == 2)
    return {
        str(key.value)
        for call in calls
        if isinstance(call.args[0], ast.Constant) and str(call.args[0].value) in (name, f"_{name}Base")
        if isinstance(call.args[1], ast.Dict)
        for key in call.args[1].keys
        if isinstance(key, ast.Constant)
    }


KINDS = {
    "customer": library.Customer,
    "product": library.Product,
    "price": library.Price,
    "payment_method": library.PaymentMethod,
    "setup_intent": library.SetupIntent,
    "subscription": library.Subscription,
    "subscription_item": library.SubscriptionItem,
    "invoice": library.Invoice,
    "line_item": library.InvoiceLineItem,
    "invoice_payment": library.InvoicePayment,
    "payment_intent": library.PaymentIntent,
    "tax_rate": library.TaxRate,
    "credit_note": library.CreditNote,
    "refund": library.Refund,
    "event": library.Event,
    "webhook_endpoint": library.WebhookEndpoint,
    "checkout.session": library.checkout.Session,
    "billing_portal.session": library.billing_portal.Session,
    "billing.meter": library.billing.Meter,
    "billing.meter_event": library.billing.MeterEvent,
    "billing.meter_event_summary": library.billing.MeterEventSummary,
    "test_helpers.test_clock": library.test_helpers.TestClock,
}


def _annotations(kind: type) -> set[str]:
    return {name for one in kind.__mro__ for name in getattr(one, "__annotations__", {})}


def _all_objects(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        own = [value] if isinstance(value.get("object"), str) else []
        return own + [found for one in value.values() for found in _all_objects(one)]
    return [found for one in value for found in _all_objects(one)] if isinstance(value, list) else []


def test_every_field_that_the_fake_tells_is_one_of_the_library(told: list[dict[str, Any]]) -> None:
    seen: set[str] = set()
    for found in told:
        kind = KINDS.get(found["object"])
        if found["object"] in ("list", "billing.meter_event_adjustment"):
            continue
        assert kind is not None, found["object"]
        seen.add(found["object"])
        unknown = set(found) - _annotations(kind) - {"items", "deleted"}
        assert not unknown, (found["object"], unknown)
    assert seen >= {"customer", "subscription", "invoice", "line_item", "price", "event", "checkout.session"}


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    """Everything that the fake said in a life with most of what there is."""
    answers: list[dict[str, Any]] = []
    shop = Shop(deliver=False)

    def noting(stripe: Stripe, method: str, url: str, headers: Mapping[str, str], body: str) -> Response:
        answer = handle(stripe, method, url, headers, body)
        answers.append(json.loads(answer.body))
        return answer

    shop.http.answer = noting
    billing = shop.till.billing
    customer = billing.customer(TenantId("t_c"), "C", "c@d.test", "en-US")
    method = shop.client.v1.payment_methods.attach("pm_card_visa", {"customer": customer})
    shop.client.v1.customers.update(customer, {"invoice_settings": {"default_payment_method": method.id}})
    rate = shop.client.v1.tax_rates.create({"display_name": "VAT", "percentage": 20, "inclusive": False})
    wanted = [price for price in prices_of("starter") if price.name != "number"]
    ids = billing.catalogue.ids(wanted)
    sub = shop.client.v1.subscriptions.create(
        {
            "customer": customer,
            "items": [{"price": ids[price.lookup_key]} for price in wanted],
            "default_tax_rates": [rate.id],
        }
    )
    shop.client.v1.customers.update(customer, {"metadata": {"a": "b"}})
    shop.passes(33 * DAY_S)
    (newest, *_) = billing.invoices(customer, 10, "")
    billing.invoice(newest.id, customer)
    billing.refund(newest.id, 100, "k")
    list(billing.events(0))
    billing.portal_link(customer, "https://x.test")
    billing.checkout(Order(customer, "starter@1", 2, 0, "https://x.test", "https://x.test", "en-US", "1"))
    billing.cancel(sub.id)
    shop.client.v1.test_helpers.test_clocks.create({"frozen_time": 1})
    shop.client.v1.setup_intents.create({"customer": customer, "payment_method": "pm_card_visa", "confirm": True})
    return [found for answer in answers for found in _all_objects(answer)]


def test_every_field_that_we_read_is_one_of_the_library() -> None:
    tree = ast.parse(Path(reading.__file__).read_text())
    read = {
        (ast.unparse(function.args.args[0].annotation).strip("'"), node.attr)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.args.args and function.args.args[0].annotation
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == function.args.args[0].arg
    }
    typed = {(name, field) for name, field in read if name.startswith("stripe.")}
    assert len(typed) > 30
    for name, field in sorted(typed):
        kind: Any = library
        for part in name.split(".")[1:]:
            kind = getattr(kind, part)
        assert field in _annotations(kind), (name, field)
