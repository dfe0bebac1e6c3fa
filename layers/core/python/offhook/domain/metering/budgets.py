"""A tenant's budget of a month: when to tell, and when to stop what can be stopped."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from offhook.domain.errors import InvalidInput
from offhook.domain.metering.price import PICOS

THRESHOLDS = (50, 80, 100)  # percent of the amount
MOST_ADDRESSES = 10
LARGEST = Decimal(10_000_000)
ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s]{1,63}")
MONEY = re.compile(r"\d{1,8}(\.\d{1,2})?")


class Spend(StrEnum):
    """What may be about to cost something."""

    INBOUND_CALL = "inbound_call"
    EMERGENCY_CALL = "emergency_call"
    OUTBOUND_CALL = "outbound_call"
    SMS = "sms"
    AI = "ai"


STOPPABLE = frozenset({Spend.OUTBOUND_CALL, Spend.SMS, Spend.AI})


@dataclass(frozen=True, slots=True)
class Budget:
    """One a tenant. amount, hard_cap: dollars of a month's usage as decimal strings, "" = none.

    amount: of it, 50, 80 and 100 % are told to `notify`, when reached and when forecast. hard_cap: from there on
    nothing that is stoppable is begun.
    """

    id: str = "month"
    version: int = 0
    amount: str = ""
    hard_cap: str = ""
    notify: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """A threshold that was passed. basis: actual or forecast."""

    basis: str
    percent: int

    @property
    def name(self) -> str:
        """As it is remembered."""
        return f"{self.basis}-{self.percent}"


def check_budget(budget: Budget) -> None:
    """Raises InvalidInput naming the field."""
    for name in ("amount", "hard_cap"):
        text = getattr(budget, name)
        if text and not (MONEY.fullmatch(text) and 0 < Decimal(text) <= LARGEST):
            raise InvalidInput("budget_amount", field=f"$.{name}")
    if len(budget.notify) > MOST_ADDRESSES:
        raise InvalidInput("budget_addresses", field="$.notify", most=MOST_ADDRESSES)
    for n, address in enumerate(budget.notify):
        if not ADDRESS.fullmatch(address):
            raise InvalidInput("email", field=f"$.notify[{n}]")


def passed(budget: Budget, actual: int, expected: int) -> tuple[Alert, ...]:
    """The thresholds that what was used, and what is expected of the month, reach. Both in picos."""
    limit = picos_of(budget.amount)
    if not limit:
        return ()
    found = [Alert("actual", percent) for percent in THRESHOLDS if actual * 100 >= limit * percent]
    return (*found, *(Alert("forecast", percent) for percent in THRESHOLDS if expected * 100 >= limit * percent))


def may_spend(kind: Spend, budget: Budget, used: int) -> bool:
    """Whether something of this kind may begin when this much of the month is used, in picos."""
    cap = picos_of(budget.hard_cap)
    return kind not in STOPPABLE or not cap or used < cap


def picos_of(amount: str) -> int:
    """Dollars as picos; "" = 0."""
    try:
        return int(Decimal(amount) * PICOS) if amount else 0
    except InvalidOperation:
        return 0
