"""Events of the tenant's telephone numbers: had, given up, and unlike what the carrier has."""

from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberAdded(Event):
    """The tenant has one more number; origin: bought, attached by forwarding, or ported in."""

    type: ClassVar[str] = "number_added"
    number: str
    country: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberReleased(Event):
    """The tenant gave a number back."""

    type: ClassVar[str] = "number_released"
    number: str
    country: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberDrifted(Event):
    """We and the carrier disagree about a number: orphan = it costs and nobody has it here; missing = the reverse."""

    type: ClassVar[str] = "number_drifted"
    number: str
    number_sid: str
    drift: str  # orphan | missing
