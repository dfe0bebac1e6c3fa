"""Queues, routing profiles and people: the configuration that routing reads."""

from dataclasses import dataclass, field
from enum import StrEnum

from offhook.domain.ids import AgentId, Instant, ProfileId, QueueId
from offhook.domain.recordings.policy import Mode, RecordingPolicy
from offhook.domain.routing.agent import ANY_WORK, Capacity, Endpoint
from offhook.domain.routing.callbacks import BY_DEFAULT, CallbackPolicy
from offhook.domain.routing.contact import Requirement


@dataclass(frozen=True, slots=True)
class Relaxation:
    """After this wait, the minimum levels fall by `by` (never below 0)."""

    after_s: float
    by: int


class LanguageRule(StrEnum):
    """What the caller's language asks of the agent, as the skill `language:<tag>`, the tag without its region."""

    ANY = "any"
    PREFER = "prefer"  # who speaks it is chosen first
    REQUIRE = "require"  # nobody else, for language_s; then as `prefer`


@dataclass(frozen=True, slots=True)
class Treatment:
    """tier_priority: added to the priority that the flow gives, by the customer's tier (the sum is at most 900).

    language_s: how long `require` holds, 0 = for ever; last_agent_s: for so long the contact is kept for the agent who
    served the customer last, if at work, 0 = nobody is asked for; dissatisfied_at: a last survey score at or below gets
    the free agent whom customers rate best, -1 = nobody does; promoter_at: a last score at or above adds
    promoter_priority, 101 = nobody's; complaints: dispositions; of two among the latest contacts the agent is told.
    """

    tier_priority: dict[str, int] = field(default_factory=dict)
    language: LanguageRule = LanguageRule.ANY
    language_s: float = 60.0
    last_agent_s: float = 0.0
    dissatisfied_at: float = -1.0
    promoter_at: float = 101.0
    promoter_priority: int = 0
    complaints: tuple[str, ...] = ()

    @property
    def asks_history(self) -> bool:
        """Whether the customer's latest contacts matter."""
        return self.last_agent_s > 0 or bool(self.complaints)


@dataclass(frozen=True, slots=True)
class Overflow:
    """Another queue whose agents may take a contact, too ("" = none); the contact keeps its queue, visit and place.

    after_s: from this wait on, 0 = not by wait; length: when it joins a line with so many already in it, 0 = not by it.
    """

    queue: str = ""
    after_s: float = 0.0
    length: int = 0


@dataclass(frozen=True, slots=True)
class Queue:
    """Where contacts wait.

    target_s: T of the service level; short_abandon_s: leaving earlier counts as a short abandon;
    offer_s: how long an agent rings; wrap_up_s: limit of after-contact work, 0 = none;
    away_after_missed: calls that ring out in a row until the agent is away, 0 = the agent stays available;
    expected_handle_s: mean handling time assumed by the wait estimate;
    keep_place_s: who leaves the line and comes back so soon has the same place, 0 = a new one;
    max_wait_s, max_length: 0 = no limit; hours: calendar id or ""; music_url: what the waiting hear;
    record: False = never recorded, else as `recording` says.
    closed: a supervisor closed it, until closed_until (None: until it is opened), whatever its hours say.
    """

    id: QueueId
    name: str
    version: int = 1
    requirements: tuple[Requirement, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    target_s: float = 20.0
    short_abandon_s: float = 5.0
    offer_s: float = 20.0
    wrap_up_s: float = 60.0
    expected_handle_s: float = 240.0
    max_wait_s: float = 0.0
    max_length: int = 0
    hours: str = ""
    music_url: str = ""
    dispositions: tuple[str, ...] = ()
    disposition_required: bool = False
    record: bool = True
    recording: RecordingPolicy = field(default_factory=RecordingPolicy)
    survey_id: str = ""
    callbacks: CallbackPolicy = BY_DEFAULT
    closed: bool = False
    closed_until: Instant | None = None
    keep_place_s: float = 120.0
    treatment: Treatment = field(default_factory=Treatment)
    overflow: Overflow = field(default_factory=Overflow)
    away_after_missed: int = 1

    def is_shut(self, now: Instant) -> bool:
        """A supervisor closed it, and that time is not over."""
        return self.closed and (self.closed_until is None or now < self.closed_until)

    @property
    def recorded(self) -> RecordingPolicy:
        """Which of its conversations are recorded."""
        return self.recording if self.record else RecordingPolicy(Mode.NEVER)


@dataclass(frozen=True, slots=True)
class RoutingProfile:
    """The queues an agent of this profile serves, most wanted first."""

    id: ProfileId
    name: str
    queues: tuple[QueueId, ...]
    version: int = 1


@dataclass(frozen=True, slots=True)
class AgentConfig:
    """What the tenant configured for one agent; the live presence is copied from it at sign-in."""

    id: AgentId
    name: str
    email: str
    profile_id: ProfileId
    endpoint: Endpoint
    version: int = 1
    skills: dict[str, int] = field(default_factory=dict)
    role: str = "agent"
    capacity: Capacity = ANY_WORK
