"""What Twilio charges: the price of one thing, null until some time after it is over, and the usage of a day."""

from decimal import Decimal
from typing import Any

from offhook.adapters.carrier.twilio.client import carrier_errors
from offhook.domain.errors import CallerGone
from offhook.domain.telephony import PricedKind, UsageRow

PLACES = 6


def price_of(client: Any, kind: PricedKind, sid: str) -> str | None:
    """Dollars as a decimal string >= 0 (Twilio's prices are negative); None = not known yet, or not any more."""
    resources = {
        PricedKind.CALL: client.calls,
        PricedKind.RECORDING: client.recordings,
        PricedKind.MESSAGE: client.messages,
    }
    try:
        with carrier_errors():
            price = resources[kind](sid).fetch().price
    except CallerGone:
        return None
    return None if price in (None, "") else _text(price)


def usage_of(client: Any, day: Any) -> tuple[UsageRow, ...]:
    """The account's own records of a UTC day: without IncludeSubaccounts the parent's would hold everybody's."""
    with carrier_errors():
        found = client.usage.records.daily.list(start_date=day, end_date=day, include_subaccounts=False, limit=1000)
    return tuple(UsageRow(str(one.category), _text(one.usage), _text(one.price)) for one in found)


def _text(number: Any) -> str:
    """A decimal string of a number that JSON may have brought as a binary fraction."""
    return f"{round(abs(Decimal(str(number or 0))), PLACES).normalize():f}"
