"""The event catalogue: every fact the product records, typed, versioned and in the past tense.

An event is made by a transition, travels inside the item whose change it describes, and is published from there.
Fields of the same name mean the same in every event; the lake has one column for each name (event_schema.py).
"""

from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.ids import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What every event says. contact_id is "" only for facts about an agent alone.

    trial: of a call that tries a draft; it counts in no report.
    """

    type: ClassVar[str] = ""
    version: ClassVar[int] = 1

    at: Instant
    contact_id: str = ""
    agent_id: str = ""
    queue_id: str = ""
    trial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactStarted(Event):
    """A customer's call reached a number of the tenant, or an agent calls a customer, now or back (call_sid "")."""

    type: ClassVar[str] = "contact_started"
    customer_number: str
    called_number: str
    call_sid: str
    customer_id: str = ""
    flow_id: str
    flow_version: int
    language: str
    origin_contact_id: str = ""
    direction: str = "inbound"  # inbound | outbound


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPressed(Event):
    """The caller pressed keys at a node (or none, or the wrong ones: outcome says which), or said what they stand for.

    spoken: the words, if it was words; confidence: of the recogniser, 0 to 1, if it told any.
    """

    type: ClassVar[str] = "key_pressed"
    flow_id: str
    node_id: str
    keys: str
    flow_version: int = 0
    outcome: str  # matched | invalid | timeout | collected | unsure
    spoken: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowNodeReached(Event):
    """The flow moved to a node; the path funnel is made of these."""

    type: ClassVar[str] = "flow_node_reached"
    flow_id: str
    node_id: str
    node_type: str
    flow_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentHeard(Event):
    """The caller was told of a known incident."""

    type: ClassVar[str] = "incident_heard"
    flow_id: str
    node_id: str
    incident_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowFailed(Event):
    """A flow could not go on and the spoken fallback was used."""

    type: ClassVar[str] = "flow_failed"
    flow_id: str
    node_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueEntered(Event):
    """The flow sent the contact to a queue."""

    type: ClassVar[str] = "queue_entered"
    visit: int
    priority: int
    enqueued_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactWaiting(Event):
    """The caller is really in the queue: offers may be made."""

    type: ClassVar[str] = "contact_waiting"
    visit: int
    enqueued_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMade(Event):
    """An agent was reserved for the contact; reason explains why this one."""

    type: ClassVar[str] = "offer_made"
    visit: int
    offer_id: str
    reason: str
    waited_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferEnded(Event):
    """An offer ended; end says how (accepted, declined, no_answer, ...)."""

    type: ClassVar[str] = "offer_ended"
    visit: int
    offer_id: str
    end: str
    rang_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkStarted(Event):
    """Agent and customer are in the room together."""

    type: ClassVar[str] = "talk_started"
    offer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallHeld(Event):
    """The customer was put on hold."""

    type: ClassVar[str] = "call_held"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallResumed(Event):
    """The customer was taken off hold."""

    type: ClassVar[str] = "call_resumed"
    held_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkEnded(Event):
    """The agent's conversation ended; ended_by is agent, customer, transfer, supervisor, agent_lost or fault."""

    type: ClassVar[str] = "talk_ended"
    ended_by: str
    talk_s: float
    hold_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentLost(Event):
    """The agent's leg broke; the contact goes back to the front of its queue."""

    type: ClassVar[str] = "agent_lost"
    offer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentWrapUpExtended(Event):
    """An agent took more time for after-contact work.

    extended_s: how much was added; extensions: how often by now; wrap_up_ends_at: when it ends by itself.
    """

    type: ClassVar[str] = "agent_wrap_up_extended"
    offer_id: str
    extended_s: float
    extensions: int
    wrap_up_ends_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingEnded(Event):
    """An agent's work on a contact is done: the fact behind AHT. One per assignment."""

    type: ClassVar[str] = "handling_ended"
    visit: int
    accepted_at: Instant
    talk_at: Instant | None
    talk_ended_at: Instant
    talk_s: float
    hold_s: float
    wrap_up_s: float
    disposition: str
    resolved: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueVisitEnded(Event):
    """A queue visit ended in exactly one term of the report identity. One per visit.

    exit: see VisitExit; exit_reason: finer (overflow reason ...); target_s, short_abandon_s: the queue's at the time.
    """

    type: ClassVar[str] = "queue_visit_ended"
    visit: int
    enqueued_at: Instant
    exit: str
    exit_reason: str
    waited_s: float
    target_s: float
    within_target: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswered(Event):
    """The customer answered one survey question. score: 0-100, higher is better."""

    type: ClassVar[str] = "survey_answered"
    survey_id: str
    question_id: str
    kind: str  # csat | nps | resolved | rating
    answer: int
    score: float
    satisfied: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyEnded(Event):
    """The survey was finished or left."""

    type: ClassVar[str] = "survey_ended"
    survey_id: str
    asked: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingChanged(Event):
    """A recording was completed, stored in our bucket, or found absent."""

    type: ClassVar[str] = "recording_changed"
    recording_sid: str
    recording_status: str
    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingPaused(Event):
    """A recording leaves out what is said. reason: agent, flow, or carrier; resumes_at: when it goes on by itself."""

    type: ClassVar[str] = "recording_paused"
    recording_sid: str
    reason: str
    resumes_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingResumed(Event):
    """A pause of a recording is over. reason: agent, flow, automatic, carrier, or recording_over."""

    type: ClassVar[str] = "recording_resumed"
    recording_sid: str
    reason: str
    paused_at: Instant
    paused_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactEnded(Event):
    """The customer's side is over, with the one outcome. One per contact."""

    type: ClassVar[str] = "contact_ended"
    outcome: str
    outcome_reason: str
    started_at: Instant
    duration_s: float
    customer_id: str = ""
    language: str = ""
    direction: str = "inbound"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactClosed(Event):
    """The customer has left and nobody works on the contact any more. One per contact."""

    type: ClassVar[str] = "contact_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentStateChanged(Event):
    """An agent moved from one state to another; since_at and lasted_s describe the state that ended."""

    type: ClassVar[str] = "agent_state_changed"
    from_state: str
    to_state: str
    reason: str
    from_reason: str
    since_at: Instant
    lasted_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LegEnded(Event):
    """The carrier said how long a leg was and to what endpoint: what it will bill. agent_id "" = the customer's leg.

    endpoint: inbound, outbound (a telephone), client (a browser) or sip; visit: of the agent's work, 0 = none
    came of it, or the customer's leg.
    party_id: of a leg that was rung into the call beside the first agent's, or of one to a customer who was to be
    called back that was not the call.
    """

    type: ClassVar[str] = "leg_ended"
    visit: int
    leg_sid: str
    endpoint: str
    started_at: Instant
    duration_s: float
    party_id: str = ""


def catalogue() -> tuple[type[Event], ...]:
    """Every event type: those of this module, then by module; in order of definition."""
    from offhook.domain import (
        callback_events,
        number_events,
        party_events,
        queue_events,
        supervision_events,
        tenant_events,
    )

    assert callback_events and number_events and party_events and queue_events and supervision_events and tenant_events
    made = {event.type: event for event in Event.__subclasses__()}  # slots make a class twice; the first is no event
    return tuple(sorted(made.values(), key=lambda event: (event.__module__ != __name__, event.__module__)))
