"""A party: somebody who is rung into a contact's room beside the customer and the leading agent."""

from dataclasses import dataclass
from enum import StrEnum

from offhook.domain.ids import AgentId, CallSid, Instant, OfferId, QueueId
from offhook.domain.routing.agent import Endpoint


class PartyKind(StrEnum):
    """Who it is."""

    AGENT = "agent"
    NUMBER = "number"  # an outside number
    CUSTOMER = "customer"  # the one an agent calls


class PartyRole(StrEnum):
    """What they are rung for."""

    CONSULT = "consult"  # speaks with the agent first, the customer on hold
    CONFERENCE = "conference"  # joins the conversation
    TRANSFER = "transfer"  # takes the conversation over on answering
    PLACES = "places"  # the agent who places a call
    DIALLED = "dialled"  # the customer of that call
    SUPERVISOR = "supervisor"  # listens, whispers or speaks beside the agent who leads


class Monitoring(StrEnum):
    """How a supervisor is in a call: three states of one control."""

    LISTEN = "listen"  # heard by nobody
    WHISPER = "whisper"  # heard by the agent alone
    BARGE = "barge"  # heard by everybody


class PartyEnd(StrEnum):
    """Why a party is out."""

    NO_ANSWER = "no_answer"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    DECLINED = "declined"
    CANCELLED = "cancelled"  # not rung any longer
    DROPPED = "dropped"  # taken out
    HUNG_UP = "hung_up"  # left
    TOOK_OVER = "took_over"  # leads the conversation now
    OVER = "over"  # the conversation ended


@dataclass(frozen=True, slots=True)
class Party:
    """One party, from the first ring to the end of their stay.

    id: like an offer's, which it is for the agent who is reserved by it. agent_id: of an agent. invited_by: the agent
    who asked for them. queue: whose agents are tried in turn; tried: those who did not come.
    made_at ... began_at: as of an offer. held, muted: in the room; held_customer: put the customer on hold.
    leg_s: how long the carrier says the leg was. mode, private: of a supervisor; private: the agent is not shown it.
    """

    id: OfferId
    kind: PartyKind
    role: PartyRole
    endpoint: Endpoint
    made_at: Instant
    expires_at: Instant
    ring_s: float = 20.0
    caller_id: str = ""
    name: str = ""
    agent_id: AgentId | None = None
    invited_by: AgentId | None = None
    queue: QueueId | None = None
    tried: tuple[AgentId, ...] = ()
    claimed_at: Instant | None = None
    call_sid: CallSid | None = None
    began_at: Instant | None = None
    joined_at: Instant | None = None
    left_at: Instant | None = None
    end: PartyEnd | None = None
    held: bool = False
    muted: bool = False
    held_customer: bool = False
    leg_s: float | None = None
    mode: Monitoring | None = None
    private: bool = False

    @property
    def is_supervisor(self) -> bool:
        """Watches over the conversation and is no part of it: it never goes on with them alone."""
        return self.role is PartyRole.SUPERVISOR

    @property
    def is_hidden(self) -> bool:
        """Not shown to the agent; who is heard never is."""
        return self.private and self.mode is Monitoring.LISTEN

    @property
    def is_silent(self) -> bool:
        """Heard by nobody."""
        return self.muted or self.mode is Monitoring.LISTEN

    @property
    def is_live(self) -> bool:
        """Being rung, or in the room."""
        return self.left_at is None

    @property
    def is_joined(self) -> bool:
        """In the room, or on the way there."""
        return self.joined_at is not None and self.left_at is None

    @property
    def is_ringing(self) -> bool:
        """Asked for, and not there yet."""
        return self.joined_at is None and self.left_at is None
