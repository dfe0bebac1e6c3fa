"""Events that did not fit the lake, as Firehose lays them under the error prefix: one line of JSON for each."""

import json
from base64 import b64decode
from dataclasses import dataclass
from typing import Any

from offhook.domain.analytics.outbound import Outbound
from offhook.domain.metering.usage import USAGE_RECORDED

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
        return Outbound(f"{event['tenant']}#{_subject(event)}", body)
    except (ValueError, KeyError, TypeError):
        return None


def _subject(event: dict[str, Any]) -> str:
    """What the event is kept in order with, as when it was put first: its item, or of a usage record its contact."""
    if event["type"] == USAGE_RECORDED:
        return str(event["contact_id"] or "usage")
    _, entity, _, _ = str(event["event_id"]).split(":")
    return entity
