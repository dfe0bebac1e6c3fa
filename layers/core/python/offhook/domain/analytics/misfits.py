"""Events that did not fit the lake, as Firehose lays them under the error prefix: one line of JSON for each."""

import json
from base64 import b64decode
from dataclasses import dataclass
from typing import Any

from offhook.domain.analytics.outbound import Outbound

ERRORS = "events-errors"


@dataclass(frozen=True, slots=True)
class Misfits:
    """What one file holds. events: to be published again; unreadable: lines that are no event of a tenant."""

    events: tuple[Outbound, ...]
    unreadable: tuple[str, ...]


def misfits_in(text: str) -> Misfits:
    """The events of a file, in their order."""
    lines = [line for line in text.splitlines() if line.strip()]
    read = [(line, _event(line)) for line in lines]
    return Misfits(tuple(e for _, e in read if e is not None), tuple(line for line, e in read if e is None))


def _event(line: str) -> Outbound | None:
    try:
        body = b64decode(json.loads(line)["rawData"], validate=True)
        event: dict[str, Any] = json.loads(body)
        _, entity, _, _ = str(event["event_id"]).split(":")
        return Outbound(f"{event['tenant']}#{entity}", body)
    except (ValueError, KeyError, TypeError):
        return None
