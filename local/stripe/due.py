"""What time brings: each thing at its moment, in the order of the moments, up to now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from local.stripe import invoices, subscriptions
from local.stripe.state import Obj, Stripe

DAY, HOUR = 86_400, 3_600
SAY_BEFORE = 3 * DAY
EXPIRES_AFTER = 23 * HOUR


@dataclass(frozen=True, slots=True)
class Due:
    """Something that has to happen at a time."""

    at: int
    id: str
    happen: Callable[[], None]


def catch_up(stripe: Stripe, until: int, clock: str | None = None) -> None:
    """Let everything happen that is due by then, to the customers of that test clock (None: of none)."""
    while True:
        found = [one for one in _all(stripe, clock) if one.at <= until]
        if not found:
            return
        first = min(found, key=lambda one: (one.at, one.id))
        with stripe.at(first.at):
            first.happen()


def _all(stripe: Stripe, clock: str | None) -> Iterator[Due]:
    for sub in list(stripe.table("subscription").values()):
        if sub["test_clock"] == clock:
            yield from _of_subscription(stripe, sub)
    for invoice in list(stripe.table("invoice").values()):
        if invoice["test_clock"] == clock:
            yield from _of_invoice(stripe, invoice)
    for session in list(stripe.table("checkout.session").values()):
        if clock is None and session["status"] == "open":
            yield Due(session["expires_at"], session["id"], partial(_expire, stripe, session))


def _of_subscription(stripe: Stripe, sub: Obj) -> Iterator[Due]:
    id, status = sub["id"], sub["status"]
    if status == "incomplete":
        yield Due(sub["created"] + EXPIRES_AFTER, id, lambda: subscriptions.expire(stripe, sub))
    if status == "trialing":
        if not sub.get("_warned"):
            yield Due(max(sub["created"], sub["trial_end"] - SAY_BEFORE), id, lambda: _warn(stripe, sub))
        ends = subscriptions.finish_with_period if sub["cancel_at_period_end"] else subscriptions.end_trial
        yield Due(sub["trial_end"], id, lambda: ends(stripe, sub))
    if status in ("active", "past_due", "unpaid") and sub["items"]["data"]:
        at = sub["items"]["data"][0]["current_period_end"]
        follow = subscriptions.finish_with_period if sub["cancel_at_period_end"] else subscriptions.renew
        yield Due(at, id, lambda: follow(stripe, sub))


def _of_invoice(stripe: Stripe, invoice: Obj) -> Iterator[Due]:
    if invoice["status"] == "draft" and invoice["automatically_finalizes_at"]:
        yield Due(invoice["automatically_finalizes_at"], invoice["id"], lambda: _finalize(stripe, invoice))
    if invoice["status"] == "open" and invoice["next_payment_attempt"]:
        yield Due(invoice["next_payment_attempt"], invoice["id"], lambda: _retry(stripe, invoice))


def _finalize(stripe: Stripe, invoice: Obj) -> None:
    invoices.finalize(stripe, invoice)
    if invoice["status"] == "open":
        invoices.collect(stripe, invoice)


def _retry(stripe: Stripe, invoice: Obj) -> None:
    invoices.collect(stripe, invoice)


def _warn(stripe: Stripe, sub: Obj) -> None:
    sub["_warned"] = True
    stripe.emit("customer.subscription.trial_will_end", sub)


def _expire(stripe: Stripe, session: Obj) -> None:
    session["status"], session["url"] = "expired", None
    stripe.emit("checkout.session.expired", session)
