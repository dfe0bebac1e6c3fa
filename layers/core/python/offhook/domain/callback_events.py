"""What happens to callbacks and voicemails, as events; part of the catalogue in events.py."""

from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.events import Event
from offhook.domain.ids import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackRequested(Event):
    """A customer is to be called back: a contact of its own, at the place in the line that enqueued_at says.

    origin_contact_id: in which it was asked for ("" = by somebody else, requested_by); first: agent or customer.
    """

    type: ClassVar[str] = "callback_requested"
    origin_contact_id: str
    requested_by: str
    customer_number: str
    first: str
    enqueued_at: Instant
    due_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackPutOff(Event):
    """A callback waits until due_at, with its place kept; reason: quiet_hours, closed, slot or a person's choice."""

    type: ClassVar[str] = "callback_put_off"
    due_at: Instant
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackReminded(Event):
    """The time of a callback is near; agent_id: whose it is, "" = nobody's in particular."""

    type: ClassVar[str] = "callback_reminded"
    due_at: Instant
    customer_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackDialled(Event):
    """An attempt to reach the customer began; attempt counts from 1."""

    type: ClassVar[str] = "callback_dialled"
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackAttempted(Event):
    """An attempt to reach the customer is over. result: reached, machine, message_left, busy, no_answer or failed."""

    type: ClassVar[str] = "callback_attempted"
    attempt: int
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicemailLeft(Event):
    """A caller's message is stored, and work of the queue."""

    type: ClassVar[str] = "voicemail_left"
    voicemail_id: str
    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicemailDropped(Event):
    """There was no message; reason: too_short, absent or failed."""

    type: ClassVar[str] = "voicemail_dropped"
    reason: str
    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicemailChanged(Event):
    """Somebody claimed a voicemail, gave it back, had its caller called back, or closed it. status: as it is now."""

    type: ClassVar[str] = "voicemail_changed"
    voicemail_id: str
    status: str
    callback_contact_id: str
    outcome: str
