"""A customer's past contacts, page by page."""

from dataclasses import dataclass

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import CustomerId
from offhook.stores.contacts import TimelineEntry
from offhook.stores.customers import TIMELINE
from offhook.usecases.deps import Deps

PAGE = 20
MAX_PAGE = 100


@dataclass(frozen=True, slots=True)
class History:
    """One page, newest first; next_cursor None = there is no more."""

    data: list[TimelineEntry]
    next_cursor: str | None


def history(deps: Deps, customer_id: CustomerId, limit: str, cursor: str) -> History:
    """limit: 1-100, "" = 20; cursor: as the page before gave it, "" = the newest. Raises NotFound, InvalidInput."""
    size = _size(limit)
    customer = deps.customers.get(customer_id)
    found = deps.customers.timeline(customer.id, size, TIMELINE + cursor if cursor else "")
    more = found[-1][0].removeprefix(TIMELINE) if len(found) == size else None
    return History([entry for _, entry in found], more)


def _size(limit: str) -> int:
    if not limit:
        return PAGE
    if not limit.isascii() or not limit.isdigit() or not 1 <= int(limit) <= MAX_PAGE:
        raise InvalidInput(f"A page holds 1 to {MAX_PAGE}.", field="limit")
    return int(limit)
