"""Pages of what must be looked through: full unless it is the last one, or so much was read for it."""

from collections.abc import Iterable
from typing import TypeVar

Found = TypeVar("Found")


def first_page(read: Iterable[tuple[str, Found | None]], limit: int, most: int) -> tuple[list[Found], str | None]:
    """What is wanted of what is read, and the place where the next page goes on; None: nothing wanted follows.

    read: each thing, None = it is not wanted, with the place to go on after it; no more than `most` are read.
    """
    page: list[Found] = []
    full_at = ""
    for number, (place, one) in enumerate(read, start=1):
        if one is not None and len(page) == limit:
            return page, full_at
        if one is not None:
            page.append(one)
            full_at = place
        if number == most:
            return page, place
    return page, None
