"""An agent's presence: the state that routing sees, its endpoint and what it does next."""

from dataclasses import dataclass, field
from enum import StrEnum

from offhook.domain.errors import Conflict
from offhook.domain.ids import AgentId, ContactId, Instant, OfferId, ProfileId, TenantId


class AgentState(StrEnum):
    """What an agent is doing; the legal moves are in transitions.py."""

    OFFLINE = "offline"
    AWAY = "away"
    AVAILABLE = "available"
    RESERVED = "reserved"
    BUSY = "busy"
    WRAP_UP = "wrap_up"


class EndpointKind(StrEnum):
    """How an agent's leg is reached."""

    BROWSER = "browser"
    PHONE = "phone"
    SIP = "sip"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where an agent is rung: `client:<identity>`, an E.164 number or a SIP address."""

    kind: EndpointKind
    address: str


class Channel(StrEnum):
    """A kind of work that agents are offered or take."""

    CALL = "call"
    CALLBACK = "callback"
    VOICEMAIL = "voicemail"


class CapacityReached(Conflict):
    """The agent has as much work of this channel as they may hold at once."""

    code = "capacity_reached"


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many pieces of work of each channel an agent holds at once, 0 = is given none.

    calls, callbacks: at most 1, and one of both together, since each takes the telephone; voicemails: claimed and open.
    """

    calls: int = 1
    callbacks: int = 1
    voicemails: int = 10

    @property
    def offered(self) -> frozenset[Channel]:
        """What matching may offer."""
        both = ((Channel.CALL, self.calls), (Channel.CALLBACK, self.callbacks))
        return frozenset(channel for channel, most in both if most > 0)


ANY_WORK = Capacity()
REST_S = 10.0  # so long an agent whose device rang out is not rung for the same contact again, whoever else is free


@dataclass(frozen=True, slots=True)
class Agent:
    """One agent's presence in a tenant.

    next_state is what follows the present contact (available unless chosen otherwise); idle_since orders agents
    by how long they have been free (kept through a declined or failed offer that was not the agent's fault).
    lent_profile: the profile whose queues a supervisor had them serve until they sign out; it is profile_id then.
    heartbeat_by: presence ends when no heartbeat has come by then (checked against the pulse item).
    came_by: how the offer ended that led to the present state, "" = none did (OfferEnd).
    missed: offers that rang out since the agent last accepted one or chose a state; missed_contact: whose offer has
    just rung out, while the agent is available nevertheless.
    csat: mean score of the latest surveys about this agent, 0-100, None before the first; rated: how many of them.
    """

    id: AgentId
    tenant_id: TenantId
    version: int
    name: str
    state: AgentState
    state_since: Instant
    profile_id: ProfileId
    endpoint: Endpoint
    skills: dict[str, int] = field(default_factory=dict)
    reason: str = ""
    next_state: AgentState = AgentState.AVAILABLE
    next_reason: str = ""
    idle_since: Instant = 0
    contact_id: ContactId | None = None
    offer_id: OfferId | None = None
    wrap_up_until: Instant | None = None
    session_id: str = ""
    lent_profile: ProfileId | None = None
    came_by: str = ""
    missed: int = 0
    missed_contact: ContactId | None = None
    csat: float | None = None
    rated: int = 0
    capacity: Capacity = ANY_WORK

    @property
    def is_ready(self) -> bool:
        """May be offered a contact now."""
        return self.state is AgentState.AVAILABLE
