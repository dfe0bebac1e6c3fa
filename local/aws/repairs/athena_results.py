"""Athena's answers have Athena's text and place: upstream prints Python values and misplaces the result file.

Values that JSON cannot hold (a timestamp, a decimal) also made upstream fail to save the whole Athena service.
"""

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlparse

from ministack.services import athena, s3


def apply() -> None:
    """Turn result rows into text as soon as they exist, and write the CSV where OutputLocation says."""
    athena._save_query_results = save_results


async def save_results(query_id: str) -> None:
    """Stands in for upstream's function of this signature."""
    execution = athena._executions[query_id]
    results = execution["_results"]
    results["rows"] = [[None if value is None else text(value) for value in row] for row in results["rows"]]
    location = urlparse(execution["ResultConfiguration"]["OutputLocation"])
    body = _csv([results["columns"], *results["rows"]])
    headers = {"content-type": "text/csv", "content-length": str(len(body))}
    answer = s3._put_object(location.netloc, location.path.lstrip("/"), body, headers)
    if isinstance(answer, tuple) and answer[0] >= 300:
        execution["Status"].update(State="FAILED", StateChangeReason=f"Cannot write results to {location.geturl()}")


def text(value: Any) -> str:
    """A value as Athena prints it."""
    match value:
        case bool():
            return str(value).lower()
        case datetime():
            return _time_text(value)
        case date() | Decimal() | str():
            return str(value)
        case bytes():
            return value.hex(" ")
        case Mapping():
            return "{" + ", ".join(f"{key}={text(item)}" for key, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join("null" if item is None else text(item) for item in value) + "]"
        case _:
            return str(value)


def _time_text(value: datetime) -> str:
    shown = value.replace(tzinfo=None).isoformat(" ", "milliseconds")
    return f"{shown} {value.tzname()}" if value.tzinfo else shown


def _csv(rows: list[list[str | None]]) -> bytes:
    """Every value quoted, a missing one empty without quotes."""
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_NOTNULL if hasattr(csv, "QUOTE_NOTNULL") else csv.QUOTE_ALL).writerows(rows)
    return written.getvalue().encode()
