"""Entities and events to stored bytes and back."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypeVar

import msgspec

from offhook.domain.events import Event
from offhook.domain.ids import TenantId
from offhook.stores.packing import pack, unpack

T = TypeVar("T")
_encoder = msgspec.json.Encoder()
_decoders: dict[type, msgspec.json.Decoder[Any]] = {}


def encode(entity: object) -> bytes:
    """Compact JSON, packed; fields that hold their default are left out, so items stay below one capacity unit."""
    return pack(_encoder.encode(_without_defaults(entity)))


def decode(kind: type[T], body: bytes) -> T:
    """The entity of that class."""
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.json.Decoder(kind)
    entity: T = decoder.decode(unpack(body))
    return entity


def encode_events(events: Sequence[Event]) -> bytes:
    """The outbox attribute: a packed JSON list; each event carries its type and version."""
    return pack(_encoder.encode([{"type": e.type, "event_version": e.version, **_without_defaults(e)} for e in events]))


def decode_events(outbox: bytes) -> list[dict[str, Any]]:
    """The flat events of an outbox attribute."""
    events: list[dict[str, Any]] = msgspec.json.decode(unpack(outbox))
    return events


def published(tenant: TenantId, entity: str, version: int, outbox: bytes) -> list[dict[str, Any]]:
    """The events as they leave: event_id = entity + version + index, with the tenant."""
    return [
        {"event_id": f"{entity}:{version}:{n}", "tenant": tenant, **event}
        for n, event in enumerate(decode_events(outbox))
    ]


def _without_defaults(entity: object) -> dict[str, Any]:
    return {
        f.name: _plain(value)
        for f in fields(entity)  # type: ignore[arg-type]  # every entity is a dataclass
        if (value := getattr(entity, f.name)) != f.default
    }


def _plain(value: object) -> object:
    if hasattr(value, "__dataclass_fields__"):
        return _without_defaults(value)
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value
