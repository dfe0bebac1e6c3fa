"""Events of contacts in line; part of the catalogue in events.py."""

from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueAdded(Event):
    """A waiting contact may be taken by another queue's agents, too; its own queue, visit and place stay.

    also_queue_id: whose agents; reason: waited or length.
    """

    type: ClassVar[str] = "queue_added"
    visit: int
    also_queue_id: str
    reason: str
