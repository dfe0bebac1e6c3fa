"""What a webhook says: the public name of an event's type, its resource and sequence, and the exact body."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from offhook.domain.events import Event, catalogue
from offhook.domain.ids import Instant

_ENVELOPE = frozenset({"type", "event_version", "tenant", "dt", "event_id", "at"})
EVENTS_A_VERSION = 1000  # no change of one item makes as many events


def public_type(event_type: str) -> str:
    """The name in webhooks: contact_ended is `contact.ended`."""
    return event_type.replace("_", ".", 1)


def event_types() -> dict[str, type[Event]]:
    """Every type that can be subscribed to, by its public name."""
    return {public_type(event.type): event for event in catalogue() if event.type}


def resource_of(event_id: str) -> tuple[str, int]:
    """What the event is about, and its place in that resource's history: of two, the higher one is later."""
    resource, version, index = event_id.rsplit(":", 2)
    return resource.partition(":")[2] or resource, int(version) * EVENTS_A_VERSION + int(index)


def body_of(event: Mapping[str, Any], *, test: bool = False) -> str:
    """The body of an event as published (flat, with event_id and at); what it is signed and sent as."""
    resource, sequence = resource_of(event["event_id"])
    said: dict[str, Any] = {
        "type": public_type(event["type"]),
        "timestamp": iso(int(event["at"])),
        "resource": resource,
        "sequence": sequence,
        "data": {name: value for name, value in event.items() if name not in _ENVELOPE},
    }
    return json.dumps({**said, "test": True} if test else said, ensure_ascii=False, separators=(",", ":"))


def iso(at: Instant) -> str:
    """The instant as RFC 3339, in UTC, to the millisecond."""
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
