"""Test clocks: customers whose time only moves when it is told to."""

from typing import Any

from local.stripe.due import catch_up
from local.stripe.errors import invalid
from local.stripe.forms import whole
from local.stripe.routes import PAGE, page, route
from local.stripe.state import Obj, Stripe

KIND = "test_helpers.test_clock"


@route("POST", "/v1/test_helpers/test_clocks", "frozen_time", "name")
def create(stripe: Stripe, given: dict[str, Any]) -> Obj:
    at = whole(given.get("frozen_time", ""), "frozen_time")
    fields: Obj = {"frozen_time": at, "name": given.get("name"), "status": "ready", "status_details": {}}
    return stripe.add(KIND, {**fields, "created": stripe.now(), "deletes_after": stripe.now() + 30 * 86_400})


@route("GET", "/v1/test_helpers/test_clocks", *PAGE)
def find(stripe: Stripe, given: dict[str, Any]) -> Obj:
    return page(stripe, "/v1/test_helpers/test_clocks", list(stripe.table(KIND).values()), given)


@route("GET", "/v1/test_helpers/test_clocks/{test_clock}")
def retrieve(stripe: Stripe, given: dict[str, Any], test_clock: str) -> Obj:
    return stripe.get(KIND, test_clock)


@route("POST", "/v1/test_helpers/test_clocks/{test_clock}/advance", "frozen_time")
def advance(stripe: Stripe, given: dict[str, Any], test_clock: str) -> Obj:
    clock = stripe.get(KIND, test_clock)
    to = whole(given.get("frozen_time", ""), "frozen_time")
    if to <= clock["frozen_time"]:
        raise invalid("A test clock only moves forward.", "frozen_time")
    catch_up(stripe, to, test_clock)
    clock["frozen_time"] = to
    stripe.emit("test_helpers.test_clock.ready", clock)
    return clock


@route("DELETE", "/v1/test_helpers/test_clocks/{test_clock}")
def delete(stripe: Stripe, given: dict[str, Any], test_clock: str) -> Obj:
    clock = stripe.get(KIND, test_clock)
    clock["deleted"] = True
    for customer in stripe.table("customer").values():
        customer["deleted"] = customer["deleted"] if customer["test_clock"] != test_clock else True
    return {"id": test_clock, "object": KIND, "deleted": True}
