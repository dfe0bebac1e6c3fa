"""Identifiers, instants and their UTC days, and the two sources of non-determinism, time and chance, as ports."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import NewType, Protocol

TenantId = NewType("TenantId", str)
ContactId = NewType("ContactId", str)
AgentId = NewType("AgentId", str)
QueueId = NewType("QueueId", str)
ProfileId = NewType("ProfileId", str)
OfferId = NewType("OfferId", str)
FlowId = NewType("FlowId", str)
SurveyId = NewType("SurveyId", str)
CustomerId = NewType("CustomerId", str)
CallSid = NewType("CallSid", str)

# Milliseconds since 1970 UTC. Names ending in _at hold one; names ending in _s hold seconds.
Instant = int
SECOND: Instant = 1000
MINUTE: Instant = 60 * SECOND
HOUR: Instant = 60 * MINUTE
DAY: Instant = 24 * HOUR


def day_of(at: Instant) -> str:
    """The UTC day of an instant, yyyy-mm-dd: by it providers cut their bills, and the lake its events."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d")


def month_of(at: Instant) -> str:
    """The UTC month of an instant, yyyy-mm: by it statements are cut."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m")


def start_of(day: str) -> Instant:
    """When a UTC day begins."""
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000)


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> Instant:
        """Milliseconds since 1970 UTC."""
        ...


class Ids(Protocol):
    """Where new identifiers come from."""

    def new(self, prefix: str) -> str:
        """A fresh id: prefix, underscore, 20 random characters of [0-9a-z]."""
        ...


def contact_id_for(tenant: TenantId, call_sid: str) -> ContactId:
    """The contact that a customer's call opens: the same call always names the same contact.

    A repeated or late webhook therefore finds its contact without a lookup table.
    """
    digest = sha256(f"{tenant}/{call_sid}".encode()).hexdigest()
    return ContactId(f"c_{digest[:20]}")
