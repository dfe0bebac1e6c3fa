"""What happened to each contact, event by event, kept beside its record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from offhook.domain.ids import ContactId, TenantId
from offhook.domain.storage import Item, Items, Key, Put, Table
from offhook.stores import keys

EVENTS = "EVENTS#"
MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Timelines:
    """The timelines of one tenant's contacts."""

    items: Items
    tenant: TenantId

    def add(self, contact_id: ContactId, events: Sequence[Mapping[str, Any]]) -> None:
        """Keep some events of a contact; the same ones again change nothing."""
        key = self._row(contact_id, f"{events[0]['at']:013d}#{events[0]['event_id']}")
        self.items.commit(Put(Item(key, body=msgspec.json.encode(events))))

    def of(self, contact_id: ContactId) -> list[dict[str, Any]]:
        """The events of a contact, each once, in order of time."""
        pk = self._row(contact_id, "").pk
        rows = self.items.query(Table.RECORDS, pk, prefix=EVENTS, limit=MOST_ROWS)
        events: list[dict[str, Any]] = [e for row in rows for e in msgspec.json.decode(row.body)]
        unique = {e["event_id"]: e for e in events}
        return sorted(unique.values(), key=lambda e: (e["at"], _place(e["event_id"])))

    def _row(self, contact_id: ContactId, rank: str) -> Key:
        return Key(Table.RECORDS, keys.contact_record(self.tenant, contact_id).pk, EVENTS + rank)


def _place(event_id: str) -> tuple[str, int, int]:
    """Entity, version and place: the order in which one entity's events happened."""
    entity, version, place = event_id.rsplit(":", 2)
    return entity, int(version), int(place)
