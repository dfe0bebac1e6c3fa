"""What commands print: words and tables for people, one JSON document (or one a line) for programs."""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import click


def as_json(value: Any) -> None:
    """The whole answer."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def as_json_line(value: Any) -> None:
    """One of many answers; a reader gets each at once."""
    click.echo(json.dumps(value, ensure_ascii=False))


def table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], empty: str = "nothing") -> str:
    """Aligned columns under their names; the word for emptiness when there are no rows."""
    cells = [[text(row.get(column)) for column in columns] for row in rows]
    if not cells:
        return f"  {empty}"
    heads = [column.replace("_", " ") for column in columns]
    widths = [max(width(line[i]) for line in [heads, *cells]) for i in range(len(columns))]
    return "\n".join(_line(line, widths) for line in [heads, *cells])


def text(value: Any) -> str:
    """A value for reading."""
    if value is None or value == "":
        return "-"
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


def clock(at_ms: int | None) -> str:
    """A moment as local time of day."""
    return "-" if at_ms is None else datetime.fromtimestamp(at_ms / 1000).strftime("%H:%M:%S")


def width(words: str) -> int:
    """Columns on a terminal; Chinese signs take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in words)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (room - width(cell)) for cell, room in zip(cells, widths, strict=True))
    return ("  " + "  ".join(padded)).rstrip()
