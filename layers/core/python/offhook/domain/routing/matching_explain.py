"""Says in one line why a contact went to an agent, and why one is still waiting."""

from collections import Counter
from collections.abc import Iterator, Sequence

from offhook.domain.ids import SECOND, Instant
from offhook.domain.routing.agent import Agent, AgentState
from offhook.domain.routing.matching_floor import Floor, Profiles, Queues
from offhook.domain.routing.matching_rules import (
    has_levels,
    kept_for_agent,
    prefers,
    relaxed_by,
    required_language,
    required_levels,
    waited_s,
)
from offhook.domain.routing.matching_types import ReadyAgent, WaitingContact
from offhook.domain.routing.phrases import reason, wait
from offhook.domain.routing.queues import Queue


def reason_for(contact: WaitingContact, agent: ReadyAgent, floor: Floor, now: Instant) -> str:
    """Why this agent: skills, relaxation, priority, wait, how chosen, what stays covered."""
    queue = floor.plan.queues[contact.queue]
    parts = [
        _skills(contact, agent, queue, now),
        reason("priority", priority=contact.priority),
        reason("waited", waited=f"{waited_s(contact, now):.0f}", target=f"{queue.target_s:.0f}"),
        *contact.wishes.notes,
        *_choice(contact, agent, now),
        reason("idle", idle=f"{max(0, now - agent.idle_since) / SECOND:.0f}"),
    ]
    if contact.also and queue.id not in floor.plan.reach(agent, contact.channel):
        parts.insert(0, reason("overflow", queue=queue.name))
    if rest := floor.scarcest(agent, contact.queue):
        parts.append(reason("covered", count=rest[1], queue=rest[0]))
    return "; ".join(parts)


def explain_waiting(
    contact: WaitingContact, agents: Sequence[Agent], queues: Queues, profiles: Profiles, now: Instant, ahead: int = 0
) -> str:
    """Why the contact is still waiting; agents: all signed in, whatever their state; ahead: contacts before it."""
    queue = queues.get(contact.queue)
    if queue is None:
        return wait("no_queue", queue=contact.queue)
    serving = [a for a in agents if a.state is not AgentState.OFFLINE and _serves(a, contact, profiles)]
    if not serving:
        return wait("nobody", queue=queue.name)
    taking = [a for a in serving if contact.channel in a.capacity.offered]
    if not taking:
        return wait("no_channel", count=len(serving), queue=queue.name, channel=contact.channel)
    serving = taking
    if kept_for := kept_for_agent(contact, queue, now):
        rest = f"{queue.treatment.last_agent_s - waited_s(contact, now):.0f}"
        state = next((a.state for a in agents if a.id == kept_for), None)
        return wait("kept" if state else "kept_away", agent=kept_for, state=state, rest=rest)
    about = {"count": len(serving), "queue": queue.name}
    if language := required_language(contact, queue, now):
        speakers = [a for a in serving if language in a.skills]
        if not speakers:
            rest = f"{queue.treatment.language_s - waited_s(contact, now):.0f}"
            relaxes = "no_language_yet" if queue.treatment.language_s else "no_language"
            return wait(relaxes, **about, language=language, rest=rest)
        serving = speakers
    levels = required_levels(contact, queue, now)
    able = [a for a in serving if has_levels(a.skills, levels)]
    if not able:
        later = _next_step_s(contact, queue, now)
        about = {"count": len(serving), "queue": queue.name, "levels": _wanted(levels)}
        return wait("no_level", **about) if later is None else wait("no_level_yet", **about, rest=f"{later:.0f}")
    free = sum(a.is_ready for a in able)
    if free:
        return wait("due", count=free, queue=queue.name, ahead=ahead)
    return wait("taken", count=len(able), states=_states(able), ahead=ahead, queue=queue.name)


def _skills(contact: WaitingContact, agent: ReadyAgent, queue: Queue, now: Instant) -> str:
    levels = required_levels(contact, queue, now)
    if not levels:
        return reason("no_skill")
    met = ", ".join(f"{skill} {agent.skills.get(skill, 0)} ≥ {level}" for skill, level in levels.items())
    relaxed = relaxed_by(contact, queue, now)
    return reason("skills_relaxed", levels=met, points=relaxed) if relaxed else reason("skills", levels=met)


def _choice(contact: WaitingContact, agent: ReadyAgent, now: Instant) -> Iterator[str]:
    if contact.preferred_agent == agent.id and prefers(contact, now):
        yield reason("preferred")
        return
    if agent.id in contact.passed_over:
        yield reason("passed_over")
    if language := contact.wishes.language:
        yield reason("has_language" if language in agent.skills else "without_language", language=language)
    if contact.wishes.best_rated and agent.csat is not None:
        yield reason("best_rated", score=f"{agent.csat:.0f}")


def _serves(agent: Agent, contact: WaitingContact, profiles: Profiles) -> bool:
    profile = profiles.get(agent.profile_id)
    return profile is not None and any(q in profile.queues for q in (contact.queue, *contact.also))


def _wanted(levels: dict[str, int]) -> str:
    return " and ".join(f"{skill} at {level}" for skill, level in levels.items())


def _next_step_s(contact: WaitingContact, queue: Queue, now: Instant) -> float | None:
    waited = waited_s(contact, now)
    return min((step.after_s - waited for step in queue.relaxations if step.after_s > waited), default=None)


def _states(agents: Sequence[Agent]) -> str:
    return ", ".join(f"{n} {state}" for state, n in sorted(Counter(a.state.value for a in agents).items()))
