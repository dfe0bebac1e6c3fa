"""Lists in pages, as the carrier writes them."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from local.carrier.rest.http import RestRequest, RestResponse, as_json

T = TypeVar("T")
DEFAULT_SIZE = 50
MAX_SIZE = 1000


def page(request: RestRequest, name: str, items: Sequence[T], render: Callable[[T], dict[str, Any]]) -> RestResponse:
    """One page of a list; page numbers count from 0, sizes above 1000 mean 1000."""
    size = max(1, min(request.number("PageSize", DEFAULT_SIZE), MAX_SIZE))
    number = request.number("Page", 0)
    start = number * size
    shown = items[start : start + size]
    more = start + size < len(items)
    return as_json(
        200,
        {
            name: [render(item) for item in shown], "page": number, "page_size": size, "start": start,
            "end": start + max(len(shown) - 1, 0), "uri": _uri(request, number, size),
            "first_page_uri": _uri(request, 0, size),
            "next_page_uri": _uri(request, number + 1, size) if more else None,
            "previous_page_uri": _uri(request, number - 1, size) if number else None,
        },
    )  # fmt: skip


def _uri(request: RestRequest, number: int, size: int) -> str:
    query = {key: list(values) for key, values in request.query.items()}
    query |= {"Page": [str(number)], "PageSize": [str(size)]}
    return f"{request.path}?{urlencode(query, doseq=True)}"
