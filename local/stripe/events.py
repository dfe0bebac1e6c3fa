"""The events of thirty days, as a list; where they are sent."""

from typing import Any

from local.stripe.routes import PAGE, page, route
from local.stripe.state import Obj, Stripe

KEPT = 30 * 86_400


@route("GET", "/v1/events", *PAGE, "created", "type", "types")
def find(stripe: Stripe, given: dict[str, Any]) -> Obj:
    since = stripe.now() - KEPT
    created = given.get("created") or {}
    if isinstance(created, dict):
        since = max(since, int(created.get("gte", 0)), int(created.get("gt", -1)) + 1)
    found = [one for one in stripe.table("event").values() if one["created"] >= since]
    wanted = [given["type"]] if "type" in given else given.get("types", [])
    return page(stripe, "/v1/events", [one for one in found if not wanted or one["type"] in wanted], given)


@route("GET", "/v1/events/{id}")
def retrieve(stripe: Stripe, given: dict[str, Any], id: str) -> Obj:
    return stripe.get("event", id)


@route("POST", "/v1/webhook_endpoints", "url", "enabled_events", "metadata", "description", "api_version")
def create_endpoint(stripe: Stripe, given: dict[str, Any]) -> Obj:
    fields = {"url": given.get("url"), "enabled_events": given.get("enabled_events", ["*"]), "status": "enabled"}
    secret = f"whsec_{stripe.chance.randbytes(16).hex()}"
    return stripe.add("webhook_endpoint", {**fields, "secret": secret, "created": stripe.now(), "metadata": {}})


@route("GET", "/v1/webhook_endpoints", *PAGE)
def find_endpoints(stripe: Stripe, given: dict[str, Any]) -> Obj:
    return page(stripe, "/v1/webhook_endpoints", list(stripe.table("webhook_endpoint").values()), given)
