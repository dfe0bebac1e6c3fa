"""What was used, as a record on the event stream: the ledger is a consumer like any other."""

from dataclasses import dataclass

import msgspec

from offhook.adapters.guard import platform_scope
from offhook.domain.analytics.outbound import EventStream, Outbound
from offhook.domain.errors import StoreUnavailable
from offhook.domain.ids import Clock, Ids

PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class UsageRecorder:
    """Writes one record for each invocation and tenant; raises StoreUnavailable when it was not taken."""

    stream: EventStream
    clock: Clock
    ids: Ids

    def record(self, tenant_id: str, contact_id: str, counters: dict[str, float]) -> None:
        """A record of type usage_recorded; event_id makes counting it twice harmless."""
        body = {
            "event_id": self.ids.new("u"),
            "type": "usage_recorded",
            "event_version": 1,
            "tenant": tenant_id or PLATFORM,
            "contact_id": contact_id,
            "at": self.clock.now(),
            "counters": counters,
        }
        record = Outbound(f"{tenant_id or PLATFORM}#{contact_id or 'usage'}", msgspec.json.encode(body))
        with platform_scope():
            if not all(self.stream.put([record])):
                raise StoreUnavailable("A usage record was lost.")
