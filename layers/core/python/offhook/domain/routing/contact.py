"""A contact: one customer interaction, from the first webhook to its recorded outcome."""

from dataclasses import dataclass, field
from enum import StrEnum

from offhook.domain.ids import AgentId, CallSid, ContactId, CustomerId, FlowId, Instant, OfferId, QueueId, TenantId
from offhook.domain.recordings.recording import RECORDING_OVER, Recording
from offhook.domain.routing.agent import Endpoint, EndpointKind
from offhook.domain.routing.callbacks import Callback
from offhook.domain.routing.party import Party


class ContactState(StrEnum):
    """Where a contact is; the legal moves are in transitions.py."""

    DIALLING = "dialling"  # placed by an agent: the agent's device rings, then the customer's
    IN_FLOW = "in_flow"
    WAITING = "waiting"
    OFFERED = "offered"
    CONNECTED = "connected"
    IN_SURVEY = "in_survey"
    ENDED = "ended"


class Direction(StrEnum):
    """Who called whom."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class Outcome(StrEnum):
    """The one way a contact ended."""

    COMPLETED = "completed"  # talked to an agent
    SELF_SERVED = "self_served"  # finished inside the flow (contained)
    ABANDONED = "abandoned"  # left a queue before an answer
    LEFT_IN_FLOW = "left_in_flow"  # hung up inside the flow
    NOT_SERVED = "not_served"  # sent on by the queue (nobody there, closed, full), and then nobody served them
    TRANSFERRED_OUT = "transferred_out"  # connected to an outside number
    NOT_REACHED = "not_reached"  # called by us: no answer, busy, no such number, or given up
    BLOCKED = "blocked"  # refused before the flow began
    CALLBACK = "callback"  # left a queue to be called back
    VOICEMAIL = "voicemail"  # left a message
    UNREACHED = "unreached"  # was to be called back and could not be reached
    CANCELLED = "cancelled"  # was to be called back, and need not be any more
    FAILED = "failed"  # ended by a fault of ours or of the carrier


class VisitExit(StrEnum):
    """The one way a queue visit ended; the terms of the report identity."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    SHORT_ABANDONED = "short_abandoned"
    CALLBACK = "callback"
    VOICEMAIL = "voicemail"
    OVERFLOWED = "overflowed"
    TRANSFERRED_OUT = "transferred_out"
    FAILED = "failed"


class OverflowReason(StrEnum):
    """Why a queue let a contact go on without an agent; an exit of the queue node each."""

    NOBODY_SIGNED_IN = "nobody_signed_in"
    MAX_WAIT = "max_wait"
    MAX_LENGTH = "max_length"
    CLOSED = "closed"
    QUEUE_FULL = "queue_full"
    KEY_PRESSED = "key_pressed"


class OfferEnd(StrEnum):
    """How an offer ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    DEVICE_LOST = "device_lost"
    CALLER_GONE = "caller_gone"
    CARRIER_FAILED = "carrier_failed"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A skill an agent must have, at least at this level (0-100)."""

    skill: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class FlowPosition:
    """Where a call is in its flow; a call keeps the version it began on.

    step counts the documents answered, so that a repeated webhook is recognised; tries counts failed
    attempts at the present node; attributes are what the flow learned (at most 50, values up to 256 characters);
    stack: the nodes that called the sub-flow it is in, outermost first; subs: their versions when the call began;
    passed: how often the call took each way (domain/ivr/passages.py);
    done: the flow came to its end and hung up by itself; version: negative = a trial of that version of the draft.
    """

    flow_id: FlowId
    version: int
    node: str
    step: int = 0
    tries: int = 0
    attributes: dict[str, str] = field(default_factory=dict)
    notice_given: bool = False
    done: bool = False
    passed: dict[str, int] = field(default_factory=dict)
    stack: tuple[str, ...] = ()
    subs: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a contact in line wants of an agent. language: a skill, "" = any; notes: why it is treated as it is."""

    language: str = ""
    best_rated: bool = False
    notes: tuple[str, ...] = ()


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class Place:
    """With what a contact enters a line."""

    priority: int = 0
    preferred_agent: AgentId | None = None
    wishes: Wishes = NO_WISHES


NO_PLACE = Place()


@dataclass(frozen=True, slots=True)
class QueueVisit:
    """One stay in a queue. enqueued_at is the place in the line: it survives declined offers and lost agents.

    entered_at is when this visit began (waits are measured from it), waiting_at the first waitUrl request (None
    before it); number counts the visits of this contact from 1;
    passed_over holds agents who declined or did not answer, who are asked again only when nobody else can;
    also: other queues whose agents may take it, too.
    """

    queue: QueueId
    number: int
    enqueued_at: Instant
    entered_at: Instant
    waiting_at: Instant | None = None
    priority: int = 0
    requirements: tuple[Requirement, ...] = ()
    preferred_agent: AgentId | None = None
    passed_over: tuple[AgentId, ...] = ()
    answered_at: Instant | None = None
    wishes: Wishes = NO_WISHES
    also: tuple[QueueId, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """The place in a queue's line that a contact left, and has again if it comes back until then (0 = not)."""

    queue: QueueId
    enqueued_at: Instant
    until: Instant


RING_GRACE_S = 10.0  # for the way to the carrier and back; then nobody waits for its report any longer


def lease_until(now: Instant, ring_s: float) -> Instant:
    """The end of an offer whose device may begin to ring now."""
    return now + round((ring_s + RING_GRACE_S) * 1000)


@dataclass(frozen=True, slots=True)
class Offer:
    """The reservation of one agent for one contact, until `expires_at`.

    ring_s: how long the device rings; claimed_at: when a worker last set out to ring; call_sid: the agent's leg, once
    the carrier has taken it; began_at: when it began to ring, if that was late; reason explains the match in one line.
    """

    id: OfferId
    agent_id: AgentId
    made_at: Instant
    expires_at: Instant
    reason: str
    endpoint: Endpoint
    ring_s: float = 20.0
    claimed_at: Instant | None = None
    call_sid: CallSid | None = None
    began_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """An agent's work on a contact: talking, then wrap-up, then done.

    accepted_at is the claim; talk_at the conference start (None: customer has not joined yet);
    hold_s sums the finished holds; device tells how the agent was reached;
    wrap_up_extensions: how often the agent took more time for it;
    leg_s: how long the carrier says the agent's leg was, once it has said so.
    """

    agent_id: AgentId
    offer_id: OfferId
    queue: QueueId
    visit: int
    call_sid: CallSid | None
    device: EndpointKind
    accepted_at: Instant
    talk_at: Instant | None = None
    talk_ended_at: Instant | None = None
    held_at: Instant | None = None
    hold_s: float = 0.0
    muted: bool = False
    wrap_up_until: Instant | None = None
    wrap_up_extensions: int = 0
    done_at: Instant | None = None
    disposition: str | None = None
    resolved: bool | None = None
    notes: str = ""
    leg_s: float | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """An agent's leg that the contact no longer names. visit: of the work it belonged to, 0 = no work came of it."""

    offer_id: OfferId
    agent_id: AgentId
    queue: QueueId
    visit: int
    device: EndpointKind


@dataclass(frozen=True, slots=True)
class SurveyRun:
    """The answers given so far, by question id; ended when the caller finished or left."""

    survey_id: str
    version: int
    agent_id: AgentId | None
    started_at: Instant
    answers: dict[str, int] = field(default_factory=dict)
    ended_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class Help:
    """An agent asks for a supervisor. offer_id: of the work it is asked in, with whose conversation it lapses."""

    agent_id: AgentId
    offer_id: OfferId
    asked_at: Instant
    note: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """One customer interaction; every change goes through a transition and carries its events.

    callback: the customer is called back; origin_contact_id: the contact in which that was asked for, whose
    called_back_as is this one.
    assignment: the agent who leads the conversation, or who led it last; others: the work of those before, in order.
    parties: everybody else who is or was rung into the room. unsettled: the carrier may not have done yet what is
    written here (usecases/routing/arrange.py). An agent-placed contact has no call_sid until the customer's leg exists.
    place: which of the calls that the plan allows at once this is, 0 = none of them.
    kept: the place in the line that it left last.
    """

    id: ContactId
    tenant_id: TenantId
    version: int
    state: ContactState
    started_at: Instant
    call_sid: CallSid
    customer_number: str
    called_number: str
    language: str
    flow: FlowPosition
    customer_id: CustomerId | None = None
    customer_name: str = ""
    tier: str = ""
    tags: tuple[str, ...] = ()
    last_score: float | None = None
    visits: int = 0
    visit: QueueVisit | None = None
    offer: Offer | None = None
    assignment: Assignment | None = None
    survey: SurveyRun | None = None
    recordings: tuple[Recording, ...] = ()
    outcome: Outcome | None = None
    outcome_reason: str = ""
    ended_at: Instant | None = None
    closed_at: Instant | None = None
    legs: tuple[Leg, ...] = ()
    place: int = 0
    callback: Callback | None = None
    origin_contact_id: ContactId | None = None
    called_back_as: ContactId | None = None

    @property
    def awaits_customer(self) -> bool:
        """To be called back, and nobody has answered yet: there is no customer on any line."""
        return self.callback is not None and self.callback.reached_at is None and self.state is not ContactState.ENDED

    @property
    def is_put_off(self) -> bool:
        """To be called back, later: nobody is at it and nobody is looked for."""
        return self.awaits_customer and self.state is ContactState.IN_FLOW

    direction: Direction = Direction.INBOUND
    others: tuple[Assignment, ...] = ()
    parties: tuple[Party, ...] = ()
    unsettled: bool = False
    help: Help | None = None
    kept: KeptPlace | None = None

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """Every agent's work on the contact, the present or last leader's at the end."""
        return (*self.others, self.assignment) if self.assignment is not None else self.others

    @property
    def live_parties(self) -> tuple[Party, ...]:
        """Who is being rung or in the room, beside the customer and the leading agent."""
        return tuple(party for party in self.parties if party.is_live)

    @property
    def supervisors(self) -> tuple[Party, ...]:
        """The live parties who watch over the conversation."""
        return tuple(party for party in self.live_parties if party.is_supervisor)

    @property
    def help_wanted(self) -> Help | None:
        """What the agent in conversation asks a supervisor for; None = nothing."""
        leader = self.leader
        return self.help if self.help and leader and leader.offer_id == self.help.offer_id else None

    @property
    def room(self) -> str:
        """The name of the conference room of the present visit; a contact is in one room at a time."""
        return f"room-{self.id}-{self.visits}"

    @property
    def is_trial(self) -> bool:
        """Somebody tries a draft: what happens is marked and counts nowhere."""
        return self.flow.version < 0

    @property
    def is_settled(self) -> bool:
        """Closed, and each recording stored, absent or failed: nothing more will happen by itself."""
        return self.is_closed and all(r.status in RECORDING_OVER for r in self.recordings)

    @property
    def is_talking(self) -> bool:
        """Somebody of ours is with the customer in the room, or on the way there."""
        if self.state not in (ContactState.CONNECTED, ContactState.DIALLING):
            return False
        return self.leader is not None or any(not party.is_supervisor for party in self.live_parties)

    @property
    def leader(self) -> Assignment | None:
        """The work of the agent in conversation; None while there is none."""
        work = self.assignment
        return work if work is not None and work.talk_ended_at is None else None

    @property
    def customer_on_hold(self) -> bool:
        """The customer hears music in the room: put there by the agent, or until the one they go to answers."""
        if self.state is not ContactState.CONNECTED:
            return False
        leader = self.leader
        if leader is not None:
            return leader.held_at is not None
        return not any(p.is_joined and not p.is_supervisor for p in self.parties)

    @property
    def is_closed(self) -> bool:
        """The customer has left and no agent still works on it."""
        return self.closed_at is not None


def contact_in(room: str) -> ContactId | None:
    """The contact whose room has this name; None when the name is not one of ours."""
    prefix, _, rest = room.partition("-")
    contact, _, visit = rest.rpartition("-")
    return ContactId(contact) if prefix == "room" and contact and visit.isdecimal() else None
