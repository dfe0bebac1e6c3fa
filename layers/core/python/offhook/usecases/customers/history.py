"""A customer's past contacts, page by page."""

from dataclasses import dataclass

from offhook.domain.ids import CustomerId
from offhook.stores.contacts import TimelineEntry
from offhook.stores.customers import TIMELINE
from offhook.usecases.deps import Deps


@dataclass(frozen=True, slots=True)
class History:
    """One page, newest first; next_after: where the next one goes on, None = there is no more."""

    data: list[TimelineEntry]
    next_after: str | None


def history(deps: Deps, customer_id: CustomerId, limit: int, after: str = "") -> History:
    """after: as the page before gave it, "" = the newest. Raises NotFound."""
    customer = deps.customers.get(customer_id)
    found = deps.customers.timeline(customer.id, limit, TIMELINE + after if after else "")
    more = found[-1][0].removeprefix(TIMELINE) if len(found) == limit else None
    return History([entry for _, entry in found], more)
