"""Usage records: what an event says was used and what it sold, in base units, with ids that never repeat."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any

from offhook.domain.ids import Instant
from offhook.domain.metering.price import Dims

Flat = Mapping[str, Any]
CUSTOMER = "customer"
BILLED = "carrier.billed."  # what meters begin with that say what the carrier bills for a day; nothing is said, too


class UnreadableUsage(ValueError):
    """The record is not one that can be understood."""


@dataclass(frozen=True, slots=True)
class Usage:
    """One quantity of one meter. `at` chooses price and day, never the time of arrival.

    quantity: in the meter's base unit, before rounding. id, revision: of usages of one id the highest revision counts,
    so that what the carrier says of a leg later replaces what we assumed, in whatever order they come; "" = the
    usage can never change, and its record's id stands for it. dims: choose among a meter's prices. dollars: what the
    provider itself says it costs, None = by the price book.
    """

    meter: str
    quantity: Decimal
    at: Instant
    id: str = ""
    revision: int = 0
    dims: Dims = field(default_factory=dict)
    dollars: Decimal | None = None

    @property
    def may_change(self) -> bool:
        """Whether another record may say more of the same."""
        return bool(self.id)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a tenant pays for, however often it was tried. `at` chooses plan and day.

    quantity: in base units, before rounding. id, revision: as of a Usage, never "". service: which one of
    those that the meter counts.
    """

    meter: str
    quantity: Decimal
    at: Instant
    id: str
    revision: int = 0
    service: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What one event says was used, for a contact ("" = for none); id: the event's; content: a digest of all of it.

    usages: what it costs us, by physical attempt; acts: what the tenant pays for, by logical act. Two streams.
    queue: the queue that the contact is in, with the number of the visit.
    """

    id: str
    at: Instant
    contact_id: str
    usages: tuple[Usage, ...]
    acts: tuple[Act, ...] = ()
    queue: tuple[int, str] | None = None
    content: str = ""


def leg_of(event: Flat, party: str) -> str:
    """The id of a leg's usage: of the contact's customer, or of the agent of a visit (agent1)."""
    return f"leg:{event['contact_id']}:{party}"


def party_of(event: Flat) -> str:
    """Whose leg a `leg_ended` tells of; a leg that no work came of stands for itself."""
    if not event.get("agent_id"):
        return str(event.get("party_id") or CUSTOMER)
    return f"agent{event['visit']}" if event["visit"] else str(event["leg_sid"])


def quantity_of(value: Any) -> Decimal:
    """A quantity: finite and not negative; raises ValueError."""
    quantity = Decimal(str(value))
    if not quantity.is_finite() or quantity < 0:
        raise ValueError(value)
    return quantity


def content_of(event: Flat) -> str:
    """Six characters that differ when an event of the same id says something else."""
    text = json.dumps(event, sort_keys=True, separators=(",", ":"), default=str)
    return urlsafe_b64encode(sha256(text.encode()).digest()[:5]).decode()[:6]
