"""How a queue treats the customers it knows: what they are worth, whom they should get, what the agent is told."""

from dataclasses import dataclass, field
from enum import StrEnum

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import AgentId

PRIORITY_LIMIT = 900  # above are contacts that come back to the front of a queue
COMPLAINTS = 2  # so many complaints among the latest contacts make a frequent complainer
LANGUAGE_SKILL = "language:"


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
class Known:
    """What is known of a caller. latest: dispositions of the latest contacts; last_agent: who served them and works."""

    language: str = ""
    tier: str = ""
    last_score: float | None = None
    latest: tuple[str, ...] = ()
    last_agent: AgentId | None = None


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


def place_for(treatment: Treatment, known: Known, priority: int) -> Place:
    """The place of a caller whom the flow gives that priority."""
    tier = treatment.tier_priority.get(known.tier, 0)
    promoter = known.last_score is not None and known.last_score >= treatment.promoter_at
    dissatisfied = known.last_score is not None and known.last_score <= treatment.dissatisfied_at
    complained = sum(one in treatment.complaints for one in known.latest)
    told = (
        (tier > 0, f"tier {known.tier} +{tier}"),
        (promoter, f"promoter, last score {known.last_score} +{treatment.promoter_priority}"),
        (dissatisfied, f"dissatisfied, last score {known.last_score}"),
        (complained >= COMPLAINTS, f"frequent complainer: {complained} of the last {len(known.latest)} contacts"),
    )
    notes = tuple(words for so, words in told if so)
    total = priority + tier + (treatment.promoter_priority if promoter else 0)
    preferred = known.last_agent if treatment.last_agent_s > 0 else None
    return Place(min(total, PRIORITY_LIMIT), preferred, Wishes(_skill(treatment, known.language), dissatisfied, notes))


def check_treatment(treatment: Treatment, path: str = "$.treatment") -> None:
    """Ranges; raises InvalidInput naming the field."""
    for tier, priority in treatment.tier_priority.items():
        if not 1 <= len(tier) <= 64:
            raise InvalidInput("A tier has 1 to 64 characters.", field=f"{path}.tier_priority")
        _range(f"{path}.tier_priority.{tier}", priority, 0, PRIORITY_LIMIT)
    _range(f"{path}.language_s", treatment.language_s, 0, 3600)
    _range(f"{path}.last_agent_s", treatment.last_agent_s, 0, 600)
    _range(f"{path}.dissatisfied_at", treatment.dissatisfied_at, -1, 100)
    _range(f"{path}.promoter_at", treatment.promoter_at, 0, 101)
    _range(f"{path}.promoter_priority", treatment.promoter_priority, 0, PRIORITY_LIMIT)
    if len(treatment.complaints) > 20:
        raise InvalidInput("At most 20 dispositions are complaints.", field=f"{path}.complaints")


def _skill(treatment: Treatment, language: str) -> str:
    tag = language.partition("-")[0].lower()
    return f"{LANGUAGE_SKILL}{tag}" if tag and treatment.language is not LanguageRule.ANY else ""


def _range(field_: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise InvalidInput(f"This must be {low:g} to {high:g}.", field=field_)
