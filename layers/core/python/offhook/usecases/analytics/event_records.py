"""Reads the records of the event stream, as a Lambda function is given them."""

from base64 import b64decode
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

Event = dict[str, Any]


def readable_events(records: Sequence[Mapping[str, Any]]) -> tuple[list[Event], str | None]:
    """The events up to the first record that is none, and the sequence number of that one."""
    events: list[Event] = []
    for record in records:
        try:
            events.append(_event(record))
        except (msgspec.MsgspecError, KeyError, ValueError, TypeError):
            return events, str(record["kinesis"]["sequenceNumber"])
    return events, None


def events_by_tenant(events: Sequence[Event]) -> dict[str, list[Event]]:
    """The events of each tenant, in their order."""
    parts: dict[str, list[Event]] = {}
    for event in events:
        parts.setdefault(event["tenant"], []).append(event)
    return parts


def _event(record: Mapping[str, Any]) -> Event:
    event: Event = msgspec.json.decode(b64decode(record["kinesis"]["data"]), type=dict[str, Any])
    for name in ("event_id", "type", "tenant"):
        if not isinstance(event[name], str) or not event[name]:
            raise ValueError(name)
    int(event["at"])
    return event
