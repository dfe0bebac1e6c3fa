"""Subscriptions: begin, change with proration, end; what a paid or failed invoice means for them."""

from typing import Any

from local.stripe import cards, invoices, lines
from local.stripe.errors import declined, invalid
from local.stripe.forms import flag, whole
from local.stripe.routes import PAGE, page, route
from local.stripe.state import Obj, Stripe, listing
from local.stripe.times import next_end

OVER = ("canceled", "incomplete_expired")


@route(
    "POST", "/v1/subscriptions", "customer", "items", "default_payment_method", "trial_end", "trial_period_days",
    "trial_settings", "payment_behavior", "metadata", "default_tax_rates", "cancel_at_period_end", "off_session",
    "proration_behavior",
)  # fmt: skip
def create(stripe: Stripe, given: dict[str, Any]) -> Obj:
    customer = stripe.get("customer", given.get("customer", ""), "customer")
    now = stripe.now_of(customer["id"])
    trial_end = _trial_end(given, now)
    _require_card(stripe, customer, given)
    sub = stripe.add(
        "subscription",
        {
            "billing_cycle_anchor": trial_end or now,
            "cancel_at": None,
            "cancel_at_period_end": flag(given.get("cancel_at_period_end")),
            "canceled_at": None,
            "cancellation_details": {"comment": None, "feedback": None, "reason": None},
            "collection_method": "charge_automatically",
            "created": now,
            "currency": "usd",
            "customer": customer["id"],
            "default_payment_method": given.get("default_payment_method"),
            "default_tax_rates": [stripe.get("tax_rate", one) for one in given.get("default_tax_rates", [])],
            "description": None,
            "ended_at": None,
            "items": listing("/v1/subscription_items", []),
            "latest_invoice": None,
            "metadata": given.get("metadata") or {},
            "start_date": now,
            "status": "trialing" if trial_end else "incomplete",
            "test_clock": customer["test_clock"],
            "trial_end": trial_end,
            "trial_start": now if trial_end else None,
            "trial_settings": given.get("trial_settings")
            or {"end_behavior": {"missing_payment_method": "create_invoice"}},
        },
    )
    end = trial_end or next_end(now, now)
    for wanted in given.get("items") or []:
        _add_item(stripe, sub, wanted, now, end)
    stripe.emit("customer.subscription.created", sub)
    if not trial_end:
        first = invoices.draft(stripe, sub, "subscription_create", lines.in_advance(stripe, sub, now, end), (now, now))
        sub["latest_invoice"] = first["id"]
        _collect_now(stripe, first)
    return sub


@route("GET", "/v1/subscriptions", *PAGE, "customer", "status", "price", "test_clock")
def find(stripe: Stripe, given: dict[str, Any]) -> Obj:
    wanted = given.get("status")
    found = [
        one
        for one in stripe.table("subscription").values()
        if given.get("customer") in (None, one["customer"])
        and (wanted == "all" or (one["status"] == wanted if wanted else one["status"] != "canceled"))
    ]
    return page(stripe, "/v1/subscriptions", found, given)


@route("GET", "/v1/subscriptions/{subscription}")
def retrieve(stripe: Stripe, given: dict[str, Any], subscription: str) -> Obj:
    return stripe.get("subscription", subscription)


@route(
    "POST", "/v1/subscriptions/{subscription}", "items", "proration_behavior", "payment_behavior", "metadata",
    "cancel_at_period_end", "default_payment_method", "default_tax_rates", "trial_end", "off_session",
)  # fmt: skip
def update(stripe: Stripe, given: dict[str, Any], subscription: str) -> Obj:
    sub = stripe.get("subscription", subscription)
    if sub["status"] in OVER:
        raise invalid("A canceled subscription can only update its cancellation_details and metadata.", "items")
    if "items" in given:
        _change_items(stripe, sub, given)
    if "metadata" in given:
        sub["metadata"] = {**sub["metadata"], **given["metadata"]}
    if "cancel_at_period_end" in given:
        _end_with_period(stripe, sub, flag(given["cancel_at_period_end"]))
    if "default_payment_method" in given:
        sub["default_payment_method"] = given["default_payment_method"]
    if "default_tax_rates" in given:
        sub["default_tax_rates"] = [stripe.get("tax_rate", one) for one in given["default_tax_rates"]]
    stripe.emit("customer.subscription.updated", sub)
    if given.get("trial_end") == "now" and sub["status"] == "trialing":
        end_trial(stripe, sub)
    return sub


@route("DELETE", "/v1/subscriptions/{subscription}", "invoice_now", "prorate", "cancellation_details")
def cancel(stripe: Stripe, given: dict[str, Any], subscription: str) -> Obj:
    sub = stripe.get("subscription", subscription)
    if sub["status"] in OVER:
        raise invalid("No such subscription: it is canceled.", "id", "resource_missing", 404)
    now = stripe.now_of(sub["customer"])
    if flag(given.get("prorate")) and sub["status"] == "active":
        for item in _licensed(sub):
            invoices.waiting_item(stripe, sub["customer"], lines.prorated(stripe, sub, item, -1, now))
    if flag(given.get("invoice_now")) and sub["status"] not in ("incomplete", "trialing"):
        start = sub["items"]["data"][0]["current_period_start"] if sub["items"]["data"] else now
        usage = lines.in_arrears(stripe, sub, start, now)
        made = invoices.draft(stripe, sub, "manual", usage, (start, now))
        sub["latest_invoice"] = made["id"]
        invoices.finalize(stripe, made)
        end(stripe, sub, "cancellation_requested")
        if made["status"] == "open":
            invoices.collect(stripe, made)
        return sub
    end(stripe, sub, "cancellation_requested")
    return sub


@route("POST", "/v1/subscriptions/{subscription}/resume", "billing_cycle_anchor", "proration_behavior")
def resume(stripe: Stripe, given: dict[str, Any], subscription: str) -> Obj:
    sub = stripe.get("subscription", subscription)
    if sub["status"] != "paused":
        raise invalid("The subscription is not paused.", "id")
    now = stripe.now_of(sub["customer"])
    begin_period(stripe, sub, now, "subscription_update", collect=True)
    return sub


def end(stripe: Stripe, sub: Obj, reason: str) -> None:
    """It is over; drafts of it are left alone."""
    now = stripe.now_of(sub["customer"])
    sub["status"], sub["ended_at"] = "canceled", now
    sub["canceled_at"] = sub["canceled_at"] or now
    sub["cancellation_details"]["reason"] = reason
    stripe.emit("customer.subscription.deleted", sub)


def end_trial(stripe: Stripe, sub: Obj) -> None:
    """The first period that is paid begins, unless there is no card and that ends it."""
    customer = stripe.get("customer", sub["customer"])
    missing = sub["trial_settings"]["end_behavior"]["missing_payment_method"]
    if invoices.card_of(stripe, sub, customer) is None and missing != "create_invoice":
        if missing == "cancel":
            return end(stripe, sub, "payment_failed")
        sub["status"] = "paused"
        stripe.emit("customer.subscription.paused", sub)
        return None
    now = stripe.now_of(sub["customer"])
    sub["trial_end"], sub["status"] = min(sub["trial_end"], now), "active"
    return begin_period(stripe, sub, now, "subscription_cycle", collect=False)


def begin_period(stripe: Stripe, sub: Obj, now: int, reason: str, *, collect: bool) -> None:
    """A period with a new anchor, its fees invoiced. collect: at once; else the draft stays open for an hour."""
    sub["billing_cycle_anchor"] = now
    until = next_end(now, now)
    _move_period(sub, now, until)
    made = invoices.draft(stripe, sub, reason, lines.in_advance(stripe, sub, now, until), (now, now))
    sub["latest_invoice"] = made["id"]
    if collect:
        sub["status"] = "active"
        _collect_now(stripe, made)
    else:
        made["automatically_finalizes_at"] = now + stripe.settings.draft_s
    stripe.emit("customer.subscription.updated", sub)


def renew(stripe: Stripe, sub: Obj) -> None:
    """The next period: usage of the last one and the fees of this one, as a draft for an hour."""
    item = sub["items"]["data"][0]
    start, now = item["current_period_start"], item["current_period_end"]
    until = next_end(sub["billing_cycle_anchor"], now)
    due = [*lines.in_arrears(stripe, sub, start, now), *lines.in_advance(stripe, sub, now, until)]
    _move_period(sub, now, until)
    broken = sub["status"] == "unpaid"
    made = invoices.draft(stripe, sub, "subscription_cycle", due, (start, now), auto_advance=not broken)
    sub["latest_invoice"] = made["id"]
    made["automatically_finalizes_at"] = None if broken else now + stripe.settings.draft_s
    stripe.emit("customer.subscription.updated", sub)


def finish_with_period(stripe: Stripe, sub: Obj) -> None:
    """The last period is over: its usage is invoiced, and that is all."""
    item = sub["items"]["data"][0]
    start, now = item["current_period_start"], item["current_period_end"]
    made = invoices.draft(stripe, sub, "subscription_cycle", lines.in_arrears(stripe, sub, start, now), (start, now))
    made["automatically_finalizes_at"] = now + stripe.settings.draft_s
    end(stripe, sub, "cancellation_requested")


def expire(stripe: Stripe, sub: Obj) -> None:
    """Its first invoice was not paid within 23 hours."""
    sub["status"], sub["ended_at"] = "incomplete_expired", stripe.now_of(sub["customer"])
    first = stripe.table("invoice").get(sub["latest_invoice"] or "")
    if first and first["status"] == "open":
        invoices.void(stripe, first)
    stripe.emit("customer.subscription.updated", sub)


def invoice_paid(stripe: Stripe, sub: Obj, invoice: Obj) -> None:
    """The latest invoice decides."""
    if sub["latest_invoice"] == invoice["id"] and sub["status"] in ("incomplete", "past_due", "unpaid"):
        sub["status"] = "active"
        stripe.emit("customer.subscription.updated", sub)


def invoice_failed(stripe: Stripe, sub: Obj, invoice: Obj) -> None:
    """Past due while it is tried again, unpaid when it is not."""
    if sub["latest_invoice"] != invoice["id"] or sub["status"] not in ("active", "past_due", "trialing"):
        return
    sub["status"] = "past_due" if invoice["next_payment_attempt"] else "unpaid"
    stripe.emit("customer.subscription.updated", sub)


def _collect_now(stripe: Stripe, invoice: Obj) -> None:
    invoices.finalize(stripe, invoice)
    if invoice["status"] == "open":
        invoices.collect(stripe, invoice)


def _move_period(sub: Obj, start: int, until: int) -> None:
    for item in sub["items"]["data"]:
        item["current_period_start"], item["current_period_end"] = start, until


def _end_with_period(stripe: Stripe, sub: Obj, ends: bool) -> None:
    sub["cancel_at_period_end"] = ends
    sub["cancel_at"] = sub["items"]["data"][0]["current_period_end"] if ends and sub["items"]["data"] else None
    sub["canceled_at"] = stripe.now_of(sub["customer"]) if ends else None
    sub["cancellation_details"]["reason"] = "cancellation_requested" if ends else None


def _licensed(sub: Obj) -> list[Obj]:
    return [item for item in sub["items"]["data"] if not lines.is_metered(item)]


def _add_item(stripe: Stripe, sub: Obj, wanted: dict[str, Any], start: int, until: int) -> Obj:
    price = stripe.get("price", wanted.get("price", ""), "items[0][price]")
    item = stripe.add(
        "subscription_item",
        {
            "created": start,
            "current_period_start": start,
            "current_period_end": until,
            "metadata": {},
            "price": price,
            "subscription": sub["id"],
        },
    )
    if not lines.is_metered(item):
        item["quantity"] = whole(wanted.get("quantity", 1), "quantity")
    elif "quantity" in wanted:
        raise invalid("A metered price has no quantity.", "items[0][quantity]")
    sub["items"]["data"].append(item)
    return item


def _change_items(stripe: Stripe, sub: Obj, given: dict[str, Any]) -> None:
    """The items as wanted; the difference for the rest of the period is a line each way."""
    now = stripe.now_of(sub["customer"])
    before = {item["id"]: dict(item) for item in sub["items"]["data"]}
    after, kept = _wanted_items(stripe, sub, given["items"])
    behaviour = given.get("proration_behavior", "create_prorations")
    difference = _difference(stripe, sub, before, after, now) if behaviour != "none" and _counts(sub) else []
    at_once = behaviour == "always_invoice" and bool(difference)
    if at_once and given.get("payment_behavior") == "error_if_incomplete":
        _require_payable(stripe, sub, difference, now)
    sub["items"]["data"] = kept
    for line in difference:
        invoices.waiting_item(stripe, sub["customer"], line)
    if at_once:
        made = invoices.draft(stripe, sub, "subscription_update", [], (now, now))
        sub["latest_invoice"] = made["id"]
        _collect_now(stripe, made)


def _counts(sub: Obj) -> bool:
    return sub["status"] in ("active", "past_due")


def _wanted_items(stripe: Stripe, sub: Obj, wanted: list[dict[str, Any]]) -> tuple[dict[str, Obj], list[Obj]]:
    """Items by id after the change, and as a list; the subscription itself is as before."""
    found = sub["items"]["data"]
    start = found[0]["current_period_start"] if found else stripe.now_of(sub["customer"])
    until = found[0]["current_period_end"] if found else next_end(sub["billing_cycle_anchor"], start)
    shadow: Obj = {**sub, "items": listing("/v1/subscription_items", [dict(item) for item in found])}
    for change in wanted:
        if "id" not in change:
            _add_item(stripe, shadow, change, start, until)
            continue
        item = next((one for one in shadow["items"]["data"] if one["id"] == change["id"]), None)
        if item is None:
            raise invalid(f"No such subscription item: '{change['id']}'", "items[0][id]", "resource_missing")
        if flag(change.get("deleted")):
            shadow["items"]["data"].remove(item)
        else:
            item["price"] = stripe.get("price", change["price"], "price") if "price" in change else item["price"]
            item["quantity"] = whole(change.get("quantity", item.get("quantity", 1)), "quantity")
    return {item["id"]: item for item in shadow["items"]["data"]}, shadow["items"]["data"]


def _difference(stripe: Stripe, sub: Obj, before: dict[str, Obj], after: dict[str, Obj], now: int) -> list[Obj]:
    changed = [id for id in {**before, **after} if _agreed(before.get(id)) != _agreed(after.get(id))]
    back = [lines.prorated(stripe, sub, before[id], -1, now) for id in changed if _agreed(before.get(id))]
    more = [lines.prorated(stripe, sub, after[id], 1, now) for id in changed if _agreed(after.get(id))]
    return [*back, *more]


def _agreed(item: Obj | None) -> tuple[str, int] | None:
    return None if item is None or lines.is_metered(item) else (item["price"]["id"], item["quantity"])


def _require_payable(stripe: Stripe, sub: Obj, difference: list[Obj], now: int) -> None:
    customer = stripe.get("customer", sub["customer"])
    waiting = [
        i["amount"]
        for i in stripe.table("invoiceitem").values()
        if i["customer"] == customer["id"] and not i["invoice"]
    ]
    due = sum(line["amount"] for line in difference) + sum(waiting) + customer["balance"]
    method = invoices.card_of(stripe, sub, customer)
    refusal = cards.refusal_of(stripe, method, now) if method else "missing_payment_method"
    if due > 0 and refusal:
        raise declined(refusal)


def _require_card(stripe: Stripe, customer: Obj, given: dict[str, Any]) -> None:
    """error_if_incomplete: nothing is made when the first payment would fail."""
    method = given.get("default_payment_method") or customer["invoice_settings"]["default_payment_method"]
    if given.get("payment_behavior") == "error_if_incomplete" and not _trial_end(given, 0):
        now = stripe.now_of(customer["id"])
        refusal = cards.refusal_of(stripe, stripe.get("payment_method", method), now) if method else "card_declined"
        if refusal:
            raise declined(refusal)


def _trial_end(given: dict[str, Any], now: int) -> int | None:
    if "trial_period_days" in given:
        return now + whole(given["trial_period_days"], "trial_period_days") * 86_400
    return whole(given["trial_end"], "trial_end") if given.get("trial_end") not in (None, "now") else None
