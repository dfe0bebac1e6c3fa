"""How a queue treats the customers it knows: what they are worth, whom they should get, what the agent is told."""

from dataclasses import dataclass

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import AgentId
from offhook.domain.routing.contact import Place, Wishes
from offhook.domain.routing.phrases import reason
from offhook.domain.routing.queues import LanguageRule, Treatment

PRIORITY_LIMIT = 900  # above are contacts that come back to the front of a queue
COMPLAINTS = 2  # so many complaints among the latest contacts make a frequent complainer
LANGUAGE_SKILL = "language:"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a caller. latest: dispositions of the latest contacts; last_agent: who served them and works."""

    language: str = ""
    tier: str = ""
    last_score: float | None = None
    latest: tuple[str, ...] = ()
    last_agent: AgentId | None = None


def place_for(treatment: Treatment, known: Known, priority: int) -> Place:
    """The place of a caller whom the flow gives that priority."""
    tier = treatment.tier_priority.get(known.tier, 0)
    promoter = known.last_score is not None and known.last_score >= treatment.promoter_at
    dissatisfied = known.last_score is not None and known.last_score <= treatment.dissatisfied_at
    complained = sum(one in treatment.complaints for one in known.latest)
    told = (
        (tier > 0, reason("tier", tier=known.tier, points=tier)),
        (promoter, reason("promoter", score=known.last_score, points=treatment.promoter_priority)),
        (dissatisfied, reason("dissatisfied", score=known.last_score)),
        (complained >= COMPLAINTS, reason("complainer", count=complained, latest=len(known.latest))),
    )
    notes = tuple(words for so, words in told if so)
    total = priority + tier + (treatment.promoter_priority if promoter else 0)
    preferred = known.last_agent if treatment.last_agent_s > 0 else None
    return Place(min(total, PRIORITY_LIMIT), preferred, Wishes(_skill(treatment, known.language), dissatisfied, notes))


def check_treatment(treatment: Treatment, path: str = "$.treatment") -> None:
    """Ranges; raises InvalidInput naming the field."""
    for tier, priority in treatment.tier_priority.items():
        if not 1 <= len(tier) <= 64:
            raise InvalidInput("tier_length", field=f"{path}.tier_priority", most=64)
        _range(f"{path}.tier_priority.{tier}", priority, 0, PRIORITY_LIMIT)
    _range(f"{path}.language_s", treatment.language_s, 0, 3600)
    _range(f"{path}.last_agent_s", treatment.last_agent_s, 0, 600)
    _range(f"{path}.dissatisfied_at", treatment.dissatisfied_at, -1, 100)
    _range(f"{path}.promoter_at", treatment.promoter_at, 0, 101)
    _range(f"{path}.promoter_priority", treatment.promoter_priority, 0, PRIORITY_LIMIT)
    if len(treatment.complaints) > 20:
        raise InvalidInput("complaints_most", field=f"{path}.complaints", most=20)


def _skill(treatment: Treatment, language: str) -> str:
    tag = language.partition("-")[0].lower()
    return f"{LANGUAGE_SKILL}{tag}" if tag and treatment.language is not LanguageRule.ANY else ""


def _range(field_: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise InvalidInput("value_between", field=field_, least=low, most=high)
