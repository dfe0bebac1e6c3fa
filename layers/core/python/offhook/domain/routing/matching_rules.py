"""The rules of matching: who may take a contact, and which contact goes first."""

from collections.abc import Mapping

from offhook.domain.ids import SECOND, AgentId, Instant
from offhook.domain.routing.agent import REST_S
from offhook.domain.routing.matching_types import ReadyAgent, WaitingContact
from offhook.domain.routing.queues import LanguageRule, Queue

# A contact asks for its preferred agent only while it is young; the agent is taken when free, never waited for.
PREFERENCE_S = 60.0


def waited_s(contact: WaitingContact, now: Instant) -> float:
    """Seconds since the contact took its place in the line, never negative."""
    return max(0, now - contact.enqueued_at) / SECOND


def relaxed_by(contact: WaitingContact, queue: Queue, now: Instant) -> int:
    """By how much the minimum levels have fallen: every relaxation whose wait is over adds its part."""
    if not queue.relaxations:
        return 0
    waited = waited_s(contact, now)
    return sum(step.by for step in queue.relaxations if waited >= step.after_s)


def required_levels(contact: WaitingContact, queue: Queue, now: Instant) -> dict[str, int]:
    """Minimum level by skill: the contact's own requirements replace or add to the queue's, then the wait relaxes them.

    A relaxed level never falls below 0, and the skill itself stays required.
    """
    levels = {r.skill: r.level for r in queue.requirements}
    levels.update((r.skill, r.level) for r in contact.requirements)
    relaxed = relaxed_by(contact, queue, now)
    return {skill: max(0, level - relaxed) for skill, level in levels.items()} if relaxed else levels


def has_levels(skills: Mapping[str, int], levels: Mapping[str, int]) -> bool:
    """Has every skill at its level or above."""
    return all(skills.get(skill, -1) >= level for skill, level in levels.items())


def eligible(agent: ReadyAgent, contact: WaitingContact, queue: Queue, now: Instant) -> bool:
    """Takes its channel, has the skills and the language it needs at this moment, and it is not kept for another.

    Whether the agent's profile serves the queue is the caller's business. An agent who passed the contact
    over stays eligible: the choice asks such an agent last, when nobody else is free.
    """
    if contact.channel not in agent.kind.channels or rests(agent, contact, now):
        return False
    kept_for, language = kept_for_agent(contact, queue, now), required_language(contact, queue, now)
    if (kept_for and agent.id != kept_for) or (language and language not in agent.skills):
        return False
    return has_levels(agent.skills, required_levels(contact, queue, now))


def rests(agent: ReadyAgent, contact: WaitingContact, now: Instant) -> bool:
    """Missed this very contact a moment ago, and is not rung for it again at once."""
    missed = agent.missed
    return missed is not None and missed.contact == contact.id and now < missed.at + REST_S * SECOND


def kept_for_agent(contact: WaitingContact, queue: Queue, now: Instant) -> AgentId | None:
    """Whose the contact is alone: the preferred agent's, until the queue's time-out or until they passed it over."""
    preferred = contact.preferred_agent
    if preferred is None or preferred in contact.passed_over:
        return None
    return preferred if waited_s(contact, now) < queue.treatment.last_agent_s else None


def required_language(contact: WaitingContact, queue: Queue, now: Instant) -> str:
    """The skill of the caller's language as long as nobody without it may take the contact; "" = anybody may."""
    rule = queue.treatment
    if not contact.wishes.language or rule.language is not LanguageRule.REQUIRE:
        return ""
    insists = not rule.language_s or waited_s(contact, now) < rule.language_s
    return contact.wishes.language if insists else ""


def widens_after_s(contact: WaitingContact, queue: Queue) -> list[float]:
    """The waits after which more agents may take the contact than before, in seconds, ascending."""
    rule = queue.treatment
    steps = {step.after_s for step in queue.relaxations}
    if contact.preferred_agent is not None:
        steps.add(rule.last_agent_s)
    if contact.wishes.language and rule.language is LanguageRule.REQUIRE:
        steps.add(rule.language_s)
    if queue.overflow.queue:
        steps.add(queue.overflow.after_s)
    return sorted(step for step in steps if step > 0)


def prefers(contact: WaitingContact, now: Instant) -> bool:
    """Still asks for its preferred agent, who has not passed it over."""
    preferred = contact.preferred_agent
    return preferred is not None and preferred not in contact.passed_over and waited_s(contact, now) < PREFERENCE_S


def relative_wait(contact: WaitingContact, queue: Queue, now: Instant) -> float:
    """Wait as a share of the queue's target; 1.0 = the target is reached."""
    return waited_s(contact, now) / max(queue.target_s, 1.0)


Urgency = tuple[int, float, Instant, str]


def urgency(contact: WaitingContact, queue: Queue, now: Instant) -> Urgency:
    """Sort key, most urgent first: priority, wait relative to the target, then place in the line.

    Within a queue this is (priority, enqueue time): the target is the same for all.
    """
    return (-contact.priority, -relative_wait(contact, queue, now), contact.enqueued_at, contact.id)
