"""Events of the parties of a call: who is rung into it, joins, leaves, and who has the conversation then."""

from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyInvited(Event):
    """Somebody is rung into the call; agent_id: who is rung, if an agent; by_agent_id: who asked for them."""

    type: ClassVar[str] = "party_invited"
    party_id: str
    party_kind: str
    party_role: str
    by_agent_id: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyJoined(Event):
    """A party answered and is in the call."""

    type: ClassVar[str] = "party_joined"
    party_id: str
    party_kind: str
    party_role: str
    rang_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyLeft(Event):
    """A party is out of the call, or never came; party_end says why."""

    type: ClassVar[str] = "party_left"
    party_id: str
    party_kind: str
    party_role: str
    party_end: str
    stayed_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTransferred(Event):
    """The conversation went from an agent to somebody else; agent_id: who has it now, if an agent.

    to_kind: agent, number or queue; warm: the two had spoken; by_agent_id: who gave it away.
    """

    type: ClassVar[str] = "call_transferred"
    to_kind: str
    party_id: str
    by_agent_id: str
    warm: bool
