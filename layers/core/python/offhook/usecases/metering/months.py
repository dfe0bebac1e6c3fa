"""A month's charges, priced by the plan that each of its days was on."""

import re
from datetime import date, timedelta

from offhook.domain.errors import InvalidInput
from offhook.domain.metering.books import SellBook, sell_book
from offhook.domain.metering.charges import BookOf, Charges, charged
from offhook.domain.metering.price_book import UnknownMeter
from offhook.stores.ledger import Ledger, State
from offhook.usecases.deps import Deps

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
DEAREST = "pay_per_use"


def parse_month(text: str, field: str = "month") -> str:
    """A month as it is; raises InvalidInput."""
    if not MONTH.fullmatch(text):
        raise InvalidInput("month", field=field)
    return text


def days_of(month: str) -> list[str]:
    """Its days."""
    first = date.fromisoformat(f"{month}-01")
    days = ((first + timedelta(days=n)) for n in range(31))
    return [day.isoformat() for day in days if day.month == first.month]


def after_month(month: str) -> date:
    """The first day of the next."""
    return date.fromisoformat(days_of(month)[-1]) + timedelta(days=1)


def month_charges(deps: Deps, month: str) -> Charges:
    """What the month's usage costs the tenant so far."""
    ledger = Ledger(deps.items, deps.tenant.id)
    return charged(ledger.sold(month), book_of(ledger.state()[0], deps.tenant.plan))


def book_of(state: State, plan: str) -> BookOf:
    """The sell book of a UTC day: of the plan that the tenant was on when the day began, its first plan before that."""

    def of(day: str) -> SellBook:
        begun = [name for since, name in state.plans if since <= day]
        first = state.plans[0][1] if state.plans else plan
        return sell_book_of(begun[-1] if begun else first)

    return of


def sell_book_of(plan: str) -> SellBook:
    """The book of a plan; a plan that has none (which a test refuses) is charged as used, never as free."""
    try:
        return sell_book(plan)
    except UnknownMeter:
        return sell_book(DEAREST)
