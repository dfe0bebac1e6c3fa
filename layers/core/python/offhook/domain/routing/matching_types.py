"""The snapshot that matching reads and the matches it returns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from offhook.domain.ids import AgentId, ContactId, Instant, ProfileId, QueueId
from offhook.domain.routing.agent import ANY_WORK, Agent, Capacity, Channel
from offhook.domain.routing.contact import NO_WISHES, Contact, Requirement, Wishes
from offhook.domain.routing.queues import Queue, RoutingProfile


class Kind:
    """Agents of one kind (same profile, skills, levels and channels) are interchangeable; compared by identity."""

    __slots__ = ("channels", "profile", "skills")

    def __init__(self, profile: ProfileId, skills: tuple[tuple[str, int], ...], channels: frozenset[Channel]) -> None:
        self.profile = profile
        self.skills = dict(skills)
        self.channels = channels


@lru_cache(maxsize=8192)
def _kind(profile: ProfileId, skills: tuple[tuple[str, int], ...], calls: int, callbacks: int) -> Kind:
    return Kind(profile, skills, Capacity(calls, callbacks).offered)


class _Kinded:
    """Room for the kind outside of the dataclass fields, so that stored rows do not carry it."""

    __slots__ = ("kind",)
    kind: Kind


@dataclass(frozen=True, slots=True)
class MissedRing:
    """The contact whose ring the agent let run out, and when."""

    contact: ContactId
    at: Instant


@dataclass(frozen=True, slots=True)
class ReadyAgent(_Kinded):
    """A free agent as matching sees one. missed: what they missed last, if that is what they come from."""

    id: AgentId
    profile: ProfileId
    skills: dict[str, int] = field(default_factory=dict)
    idle_since: Instant = 0
    csat: float | None = None
    capacity: Capacity = ANY_WORK
    missed: MissedRing | None = None

    def __post_init__(self) -> None:
        """Find the kind once: a decision then looks at kinds and not at every agent's skills."""
        skills, most = tuple(sorted(self.skills.items())), self.capacity
        object.__setattr__(self, "kind", _kind(self.profile, skills, most.calls, most.callbacks))


@dataclass(frozen=True, slots=True)
class WaitingContact:
    """A waiting contact as matching sees one.

    channel: a callback until its customer is reached, then a call like any other.
    priority: higher goes first, whatever the wait; a customer's tier has been added to it on entry; also: other queues
    whose agents may take it, too.
    """

    id: ContactId
    queue: QueueId
    priority: int = 0
    enqueued_at: Instant = 0
    requirements: tuple[Requirement, ...] = ()
    passed_over: tuple[AgentId, ...] = ()
    preferred_agent: AgentId | None = None
    wishes: Wishes = NO_WISHES
    also: tuple[QueueId, ...] = ()
    channel: Channel = Channel.CALL


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The free agents, the waiting contacts and the configuration at one moment."""

    now: Instant
    agents: Sequence[ReadyAgent]
    contacts: Sequence[WaitingContact]
    queues: Mapping[QueueId, Queue]
    profiles: Mapping[ProfileId, RoutingProfile]


@dataclass(frozen=True, slots=True)
class Match:
    """This agent should be offered this contact; reason says why in one line."""

    contact_id: ContactId
    agent_id: AgentId
    reason: str


def ready_view(agent: Agent) -> ReadyAgent:
    """An agent's presence as matching sees it."""
    missed = MissedRing(agent.missed_contact, agent.state_since) if agent.missed_contact else None
    return ReadyAgent(agent.id, agent.profile_id, agent.skills, agent.idle_since, agent.csat, agent.capacity, missed)


def waiting_view(contact: Contact) -> WaitingContact:
    """A contact with a queue visit as matching sees it."""
    visit = contact.visit
    assert visit is not None, "only a contact in a queue can be matched"
    return WaitingContact(
        contact.id,
        visit.queue,
        visit.priority,
        visit.enqueued_at,
        visit.requirements,
        visit.passed_over,
        visit.preferred_agent,
        visit.wishes,
        visit.also,
        Channel.CALLBACK if contact.awaits_customer else Channel.CALL,
    )
