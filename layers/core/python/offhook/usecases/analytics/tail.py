"""The last events of a tenant for somebody who watches; while nobody does, nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from offhook.domain.analytics.changes import ItemChange
from offhook.domain.errors import InvalidInput
from offhook.domain.ids import SECOND
from offhook.stores.counters import Tail
from offhook.usecases.analytics.publish import flat_events
from offhook.usecases.deps import Deps

LOOK_BACK = 60 * SECOND
ROWS = 50


@dataclass(frozen=True, slots=True)
class TailPage:
    """Events as published, oldest first; next_after: where to go on, also when there was nothing."""

    data: list[dict[str, Any]]
    next_after: str


def keep_events(deps: Deps, changes: Sequence[ItemChange]) -> None:
    """Keep the events of one tenant's changes if somebody watches; a batch that comes again is kept again."""
    tail, now = Tail(deps.items, deps.tenant.id), deps.clock.now()
    events = [event for change in changes for event in flat_events(change)]
    if events and tail.is_watched(now):
        tail.keep(msgspec.json.encode(events), events[0]["event_id"], now)


def tail_events(deps: Deps, since: str = "", after: str = "") -> TailPage:
    """Events kept since a time (milliseconds, default: the last minute) or beyond the `next_after` of the page before.

    Asking is watching: events are kept from the first request on, for as long as requests go on.
    """
    tail, now = Tail(deps.items, deps.tenant.id), deps.clock.now()
    place = after or f"{_since(since, now - LOOK_BACK):013d}"
    tail.watch(now)
    found = tail.after(place, ROWS)
    events = [event for _, body in found for event in msgspec.json.decode(body)]
    return TailPage(list({e["event_id"]: e for e in events}.values()), found[-1][0] if found else place)


def _since(text: str, default: int) -> int:
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 13):
        raise InvalidInput("milliseconds", field="since")
    return int(text)
