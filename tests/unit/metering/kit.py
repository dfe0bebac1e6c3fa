"""What tests of metering start from: one tenant's stores in memory, and the facts of a call."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from offhook.adapters.memory.clock import FrozenClock, SeededIds
from offhook.adapters.memory.items import MemoryItems
from offhook.adapters.memory.outgoing import MemoryOutgoing
from offhook.adapters.memory.store import MemoryStore
from offhook.domain.ids import Instant, TenantId
from offhook.domain.tenants.context import TenantContext
from offhook.usecases.deps import Deps

ACME, OTHER = TenantId("t_acme"), TenantId("t_other")
NONE: Any = None


def at(text: str) -> Instant:
    """An instant, written 2026-10-05T12:00 (UTC)."""
    return round(datetime.fromisoformat(f"{text}+00:00").timestamp() * 1000)


NOON = at("2026-10-05T12:00")


@dataclass
class Bench:
    """A tenant with its ledger. store: shared by tenants when given."""

    plan: str = "starter"
    tenant: TenantId = ACME
    store: MemoryStore = field(default_factory=MemoryStore)
    telephony: Any = None
    now: Instant = NOON

    def __post_init__(self) -> None:
        self.queue = MemoryOutgoing()

    @property
    def deps(self) -> Deps:
        """As of now."""
        context = TenantContext(self.tenant, plan=self.plan, account_sid="AC1")
        items = MemoryItems(self.store, self.tenant)
        return Deps(context, FrozenClock(self.now), SeededIds(), items, self.telephony, self.queue, NONE)


def call(contact: str, when: str, minutes: int, *, queue: str = "", tenant: TenantId = ACME) -> list[dict[str, Any]]:
    """A call of so many minutes, perhaps through a queue."""
    begins = at(when)
    common = {"contact_id": contact, "tenant": tenant}
    ended = {"type": "contact_ended", "at": begins + minutes * 60_000, "started_at": begins, "duration_s": minutes * 60}
    told = [{"event_id": f"contact:{contact}:9:0", **ended, **common}]
    if queue:
        entered = {"event_id": f"contact:{contact}:2:0", "type": "queue_entered", "at": begins, "visit": 1}
        told.append({**entered, "queue_id": queue, **common})
    return told
