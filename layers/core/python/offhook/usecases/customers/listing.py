"""Customers by name, page by page."""

from dataclasses import dataclass

from offhook.domain.customers.customer import MAX_NAME, Customer, folded
from offhook.domain.errors import InvalidInput
from offhook.usecases.deps import Deps


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """A page, in the order of names; next_after: where the next one goes on, None = there is no more."""

    data: list[Customer]
    next_after: str | None


def by_name(deps: Deps, name: str, limit: int, after: str = "") -> CustomerPage:
    """Those whose names begin with it, "" = all; the list may lag by a moment. Raises InvalidInput."""
    if len(name) > MAX_NAME:
        raise InvalidInput("name_too_long", field="name", most=MAX_NAME)
    found = deps.customers.named(folded(name), limit, after)
    more = found[-1][0] if len(found) == limit else None
    return CustomerPage([customer for _, customer in found], more)
