"""Derives from the event catalogue what others need of it: lake columns, documentation, payload schemas."""

import types
import typing
from dataclasses import fields

from offhook.domain.events import Event, catalogue

ENVELOPE: tuple[tuple[str, str], ...] = (("event_id", "string"), ("type", "string"), ("event_version", "bigint"))
PARTITIONS: tuple[tuple[str, str], ...] = (("tenant", "string"), ("dt", "string"))
_GLUE = {str: "string", int: "bigint", float: "double", bool: "boolean"}


def event_fields(event: type[Event]) -> dict[str, type]:
    """Field name to plain type, `X | None` counted as X."""
    hints = typing.get_type_hints(event)
    return {f.name: _plain(hints[f.name]) for f in fields(event)}


def lake_columns() -> list[tuple[str, str]]:
    """(column, Glue type) of the `events` table without its partitions: the union of all events' fields."""
    columns = dict(ENVELOPE)
    for event in catalogue():
        for name, kind in event_fields(event).items():
            glue = _GLUE[kind]
            if columns.setdefault(name, glue) != glue:
                raise TypeError(f"{event.__name__}.{name} is {glue}, elsewhere {columns[name]}")
    return list(columns.items())


def _plain(hint: object) -> type:
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        (hint,) = (a for a in typing.get_args(hint) if a is not type(None))
    assert isinstance(hint, type)
    return hint
