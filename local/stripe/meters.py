"""Meters: their events, each identifier once a day, none older than 35 days; cancelled within a day; summed up."""

from typing import Any

from local.stripe.errors import invalid
from local.stripe.forms import whole
from local.stripe.routes import PAGE, page, route
from local.stripe.state import Obj, Stripe, listing

DAY = 86_400
OLDEST, AHEAD, KNOWN_FOR = 35 * DAY, 300, DAY


@route(
    "POST", "/v1/billing/meters", "display_name", "event_name", "default_aggregation", "customer_mapping",
    "value_settings", "event_time_window",
)  # fmt: skip
def create(stripe: Stripe, given: dict[str, Any]) -> Obj:
    name = given.get("event_name", "")
    if any(one["event_name"] == name and one["status"] == "active" for one in stripe.table("billing.meter").values()):
        raise invalid("An active meter already uses this event name.", "event_name")
    return stripe.add(
        "billing.meter",
        {
            "display_name": given.get("display_name", ""),
            "event_name": name,
            "event_time_window": None,
            "default_aggregation": given.get("default_aggregation") or {"formula": "sum"},
            "customer_mapping": {"type": "by_id", "event_payload_key": "stripe_customer_id"},
            "value_settings": {"event_payload_key": "value"},
            "status": "active",
            "status_transitions": {"deactivated_at": None},
            "created": stripe.now(),
            "updated": stripe.now(),
        },
    )


@route("GET", "/v1/billing/meters", *PAGE, "status")
def find(stripe: Stripe, given: dict[str, Any]) -> Obj:
    found = [one for one in stripe.table("billing.meter").values() if one["status"] == given.get("status", "active")]
    return page(stripe, "/v1/billing/meters", found, given)


@route("GET", "/v1/billing/meters/{id}")
def retrieve(stripe: Stripe, given: dict[str, Any], id: str) -> Obj:
    return stripe.get("billing.meter", id)


@route("POST", "/v1/billing/meters/{id}/deactivate")
def deactivate(stripe: Stripe, given: dict[str, Any], id: str) -> Obj:
    found = stripe.get("billing.meter", id)
    found["status"], found["status_transitions"]["deactivated_at"] = "inactive", stripe.now()
    return found


@route("POST", "/v1/billing/meter_events", "event_name", "payload", "identifier", "timestamp")
def send(stripe: Stripe, given: dict[str, Any]) -> Obj:
    payload, name = given.get("payload") or {}, given.get("event_name", "")
    customer = payload.get("stripe_customer_id", "")
    now = stripe.now_of(customer)
    at = whole(given.get("timestamp", now), "timestamp")
    if at < now - OLDEST or at > now + AHEAD:
        raise invalid("The timestamp must be within the past 35 days or up to 5 minutes ahead.", "timestamp")
    identifier = given.get("identifier") or f"auto_{stripe.number('meter_event')}"
    if any(one["identifier"] == identifier and one["created"] > now - KNOWN_FOR for one in stripe.meter_events):
        raise invalid(f"An event already exists with identifier {identifier}.", "identifier")
    whole(payload.get("value", ""), "payload[value]")
    made: Obj = {
        "object": "billing.meter_event",
        "created": now,
        "event_name": name,
        "identifier": identifier,
        "livemode": False,
        "payload": payload,
        "timestamp": at,
    }
    _take(stripe, made, customer)
    return made


def _take(stripe: Stripe, made: Obj, customer: str) -> None:
    """What cannot be assigned is refused later, by an event."""
    known = [m for m in stripe.table("billing.meter").values() if m["event_name"] == made["event_name"]]
    if not known:
        stripe.emit("v1.billing.meter.no_meter_found", {"object": "billing.meter_event", **made})
    elif customer not in stripe.table("customer"):
        stripe.emit("v1.billing.meter.error_report_triggered", {"object": "billing.meter", "id": known[0]["id"]})
    else:
        stripe.meter_events.append(made)
        stripe.changes += 1


@route("POST", "/v1/billing/meter_event_adjustments", "event_name", "type", "cancel")
def adjust(stripe: Stripe, given: dict[str, Any]) -> Obj:
    wanted = (given.get("cancel") or {}).get("identifier", "")
    found = [one for one in stripe.meter_events if one["identifier"] == wanted]
    if not found:
        raise invalid("No such meter event.", "cancel[identifier]", "resource_missing")
    if found[-1]["created"] <= stripe.now_of(found[-1]["payload"]["stripe_customer_id"]) - KNOWN_FOR:
        raise invalid("Only events of the last 24 hours can be canceled.", "cancel[identifier]")
    stripe.meter_events.remove(found[-1])
    return {
        "object": "billing.meter_event_adjustment",
        "cancel": {"identifier": wanted},
        "event_name": given.get("event_name"),
        "livemode": False,
        "status": "pending",
        "type": "cancel",
    }


@route(
    "GET", "/v1/billing/meters/{id}/event_summaries", *PAGE, "customer", "start_time", "end_time",
    "value_grouping_window",
)  # fmt: skip
def summaries(stripe: Stripe, given: dict[str, Any], id: str) -> Obj:
    meter = stripe.get("billing.meter", id)
    start, end = (whole(given.get(name, ""), name) for name in ("start_time", "end_time"))
    if start % 60 or end % 60:
        raise invalid("Times must be whole minutes.", "start_time")
    total = used(stripe, meter, given.get("customer", ""), start, end)
    summary = {
        "object": "billing.meter_event_summary",
        "id": f"mtrsum_{stripe.number('summary')}",
        "aggregated_value": float(total),
        "start_time": start,
        "end_time": end,
        "livemode": False,
        "meter": id,
    }
    return listing(f"/v1/billing/meters/{id}/event_summaries", [summary] if total else [])


def used(stripe: Stripe, meter: Obj, customer: str, start: int, end: int) -> int:
    """The sum of a customer's events with a timestamp in [start, end)."""
    return sum(
        int(one["payload"]["value"])
        for one in stripe.meter_events
        if one["event_name"] == meter["event_name"]
        and one["payload"]["stripe_customer_id"] == customer
        and start <= one["timestamp"] < end
    )
