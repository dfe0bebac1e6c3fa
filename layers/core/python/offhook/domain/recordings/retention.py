"""Classes of retention: how long recordings of a queue are kept, and what the law of the trade asks for at least."""

from dataclasses import dataclass
from enum import StrEnum

from offhook.domain.errors import InvalidInput

LONGEST_DAYS = 36_500
FIVE_YEARS_DAYS = 5 * 365 + 2  # with the leap days that any five years may have


class Trade(StrEnum):
    """Who asks for a shortest time."""

    GENERAL = "general"
    FINANCE = "finance"


LEAST_DAYS = {
    Trade.GENERAL: 1,
    Trade.FINANCE: FIVE_YEARS_DAYS,  # MiFID II art. 16(7); 17 CFR 1.31; CSRC: client instructions
}


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """days: how long, from the beginning of the call; None = as long as the tenant."""

    id: str
    name: str
    version: int = 1
    trade: Trade = Trade.GENERAL
    days: int | None = None


def check_class(kept: RetentionClass) -> None:
    """Name and days; raises InvalidInput naming the field."""
    if not 1 <= len(kept.name.strip()) <= 80:
        raise InvalidInput("name_length", field="$.name", most=80)
    least = LEAST_DAYS[kept.trade]
    if kept.days is not None and not least <= kept.days <= LONGEST_DAYS:
        raise InvalidInput("days_between", field="$.days", least=least, most=LONGEST_DAYS)
