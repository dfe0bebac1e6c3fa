"""Publishes the events that changes carry: at least once, per contact in order, stopping where a record fails."""

from collections import deque
from collections.abc import Sequence
from typing import Any

import msgspec

from offhook.domain.analytics.changes import ItemChange
from offhook.domain.analytics.outbound import EventStream, Outbound
from offhook.domain.ids import day_of
from offhook.stores.codec import published


def publish(changes: Sequence[ItemChange], stream: EventStream) -> str | None:
    """Put the events of the changes on the stream.

    Returns the sequence number of the first change whose events are not all there (None = all are). Changes after
    it may have been published and will be again: consumers know events by their id.
    """
    records: list[Outbound] = []
    broken: str | None = None
    for change in changes:
        try:
            records += _records(change)
        except (msgspec.MsgspecError, KeyError, TypeError, ValueError):
            broken = change.sequence
            break
    failed = {r.source for r in _deliver(records, stream)} | ({broken} if broken else set())
    return next((c.sequence for c in changes if c.sequence in failed), None)


def flat_events(change: ItemChange) -> list[dict[str, Any]]:
    """The events of a change as they leave: flat, with id, tenant and UTC day."""
    if not change.outbox:
        return []
    events = published(change.tenant, change.entity, change.version, change.outbox)
    return [{**event, "dt": day_of(event["at"])} for event in events]


def _records(change: ItemChange) -> list[Outbound]:
    key = f"{change.tenant}#{change.entity_id}"
    return [Outbound(key, msgspec.json.encode(event), change.sequence) for event in flat_events(change)]


def _deliver(records: Sequence[Outbound], stream: EventStream) -> list[Outbound]:
    """Put the records, no two of one key in one call, so that a failed one is never overtaken; returns the rest."""
    queues: dict[str, deque[Outbound]] = {}
    for record in records:
        queues.setdefault(record.partition_key, deque()).append(record)
    stuck: list[Outbound] = []
    while queues:
        heads = [queue[0] for queue in queues.values()]
        for record, done in zip(heads, stream.put(heads), strict=True):
            queue = queues[record.partition_key]
            if done:
                queue.popleft()
            if not done:
                stuck += queue
            if not done or not queue:
                del queues[record.partition_key]
    return stuck
