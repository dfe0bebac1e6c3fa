"""Events of supervision: who listens, whispers, barges in or takes over; who asks for help; who is moved."""

from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringChanged(Event):
    """A supervisor (agent_id) is in the call from now on as mode says: listen, whisper or barge.

    of_agent_id: whose conversation it is; private: the agent is not shown it.
    """

    type: ClassVar[str] = "monitoring_changed"
    party_id: str
    of_agent_id: str
    mode: str
    private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTakenOver(Event):
    """A supervisor (agent_id) has the conversation in place of the agent."""

    type: ClassVar[str] = "call_taken_over"
    party_id: str
    from_agent_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAsked(Event):
    """The agent in conversation asks for a supervisor."""

    type: ClassVar[str] = "help_asked"
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpWithdrawn(Event):
    """The agent needs no supervisor any more."""

    type: ClassVar[str] = "help_withdrawn"
    asked_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentMoved(Event):
    """An agent serves another profile's queues until they sign out, or (lent False) those of their own again."""

    type: ClassVar[str] = "agent_moved"
    from_profile: str
    to_profile: str
    lent: bool
