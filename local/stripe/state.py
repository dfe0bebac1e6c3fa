"""Everything the provider knows: objects by kind and id, its time, its events."""

import random
import string
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from local.stripe.errors import missing

Obj = dict[str, Any]
WITHOUT_MODE = frozenset({"refund", "subscription_item"})
API_VERSION = "2026-10-28.endive"
PREFIXES = {
    "customer": "cus", "product": "prod", "price": "price", "payment_method": "pm", "setup_intent": "seti",
    "subscription": "sub", "subscription_item": "si", "invoice": "in", "invoiceitem": "ii", "line_item": "il",
    "checkout.session": "cs_test", "billing_portal.session": "bps", "billing.meter": "mtr", "event": "evt",
    "test_helpers.test_clock": "clock", "tax_rate": "txr", "credit_note": "cn", "refund": "re",
    "payment_intent": "pi", "charge": "ch", "invoice_payment": "inpay", "webhook_endpoint": "we",
    "customer_balance_transaction": "cbtxn", "billing.meter_event_adjustment": "mea",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """public_url: where the pages are reached, up to the path; retry_days: after each failed attempt, then unpaid."""

    api_key: str = "sk_test_local"
    public_url: str = "http://127.0.0.1:8080"
    retry_days: tuple[float, ...] = (3, 5, 7)
    draft_s: int = 3600


@dataclass
class Stripe:
    """One account. now: unix seconds; outbox: what takes each event on its way to the webhooks."""

    clock: Callable[[], float]
    settings: Settings = field(default_factory=Settings)
    chance: random.Random = field(default_factory=random.Random)
    kinds: dict[str, dict[str, Obj]] = field(default_factory=dict)
    cards: dict[str, str] = field(default_factory=dict)  # payment method to how it behaves
    meter_events: list[Obj] = field(default_factory=list)
    keys: dict[str, Obj] = field(default_factory=dict)  # idempotency
    counters: dict[str, int] = field(default_factory=dict)
    listeners: list[Callable[[Obj], None]] = field(default_factory=list)
    lock: Any = field(default_factory=threading.RLock)
    changes: int = 0
    _moment: float | None = None

    def now(self) -> int:
        """The time, or that of what is being made up for."""
        return int(self._moment if self._moment is not None else self.clock())

    @contextmanager
    def at(self, moment: float) -> Iterator[None]:
        """Everything inside happens at that time."""
        before, self._moment = self._moment, moment
        try:
            yield
        finally:
            self._moment = before

    def now_of(self, customer: str) -> int:
        """The customer's time: that of its test clock, if it has one."""
        clock = self.table("customer").get(customer, {}).get("test_clock")
        if self._moment is not None or not clock:
            return self.now()
        return int(self.table("test_helpers.test_clock")[clock]["frozen_time"])

    def table(self, kind: str) -> dict[str, Obj]:
        """All objects of a kind, in the order they were made."""
        return self.kinds.setdefault(kind, {})

    def get(self, kind: str, id: str, param: str = "id") -> Obj:
        """An object; raises resource_missing."""
        found = self.table(kind).get(id)
        if found is None or found.get("deleted"):
            raise missing(kind.rpartition(".")[2].replace("_", " "), id, param)
        return found

    def add(self, kind: str, fields: Obj, id: str = "") -> Obj:
        """A new object of the kind."""
        made = {"id": id or self.new_id(kind), "object": kind, **fields}
        if kind not in WITHOUT_MODE:
            made["livemode"] = False
        self.table(kind)[made["id"]] = made
        self.changes += 1
        return made

    def new_id(self, kind: str) -> str:
        """A fresh id."""
        signs = string.ascii_letters + string.digits
        return f"{PREFIXES[kind]}_{''.join(self.chance.choices(signs, k=24))}"

    def number(self, name: str) -> int:
        """Counts up from 1."""
        self.counters[name] = self.counters.get(name, 0) + 1
        return self.counters[name]

    def emit(self, type: str, about: Obj, customer: str = "", **previous: Any) -> Obj:
        """Record an event with the object as it is now, and hand it on."""
        import copy

        data: Obj = {"object": copy.deepcopy(about)}
        if previous:
            data["previous_attributes"] = previous
        event = self.add(
            "event",
            {
                "api_version": API_VERSION,
                "created": self.now_of(customer or str(about.get("customer") or "")),
                "data": data,
                "pending_webhooks": len(self.listeners),
                "request": {"id": None, "idempotency_key": None},
                "type": type,
            },
        )
        for listener in self.listeners:
            listener(event)
        return event


def listing(url: str, data: list[Obj], more: bool = False) -> Obj:
    """A page."""
    return {"object": "list", "data": data, "has_more": more, "url": url}
