"""Says in one line why a contact went to an agent, and why one is still waiting."""

from collections import Counter
from collections.abc import Sequence

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
from offhook.domain.routing.queues import Queue


def reason_for(contact: WaitingContact, agent: ReadyAgent, floor: Floor, now: Instant) -> str:
    """Why this agent: skills, relaxation, priority, wait, how chosen, what stays covered."""
    queue = floor.plan.queues[contact.queue]
    parts = [
        _skills(contact, agent, queue, now),
        f"priority {contact.priority}",
        f"waited {waited_s(contact, now):.0f} s of {queue.target_s:.0f} s target",
        *contact.wishes.notes,
        _choice(contact, agent, now),
    ]
    if contact.also and queue.id not in floor.plan.reach(agent, contact.channel):
        parts.insert(0, f"overflow from {queue.name}")
    if rest := floor.scarcest(agent, contact.queue):
        parts.append(f"{rest[1]} free left for {rest[0]}")
    return "; ".join(parts)


def explain_waiting(
    contact: WaitingContact, agents: Sequence[Agent], queues: Queues, profiles: Profiles, now: Instant, ahead: int = 0
) -> str:
    """Why the contact is still waiting; agents: all signed in, whatever their state; ahead: contacts before it."""
    queue = queues.get(contact.queue)
    if queue is None:
        return f"Queue {contact.queue} does not exist any more."
    serving = [a for a in agents if a.state is not AgentState.OFFLINE and _serves(a, contact, profiles)]
    if not serving:
        return f"Nobody who serves {queue.name} is signed in."
    taking = [a for a in serving if contact.channel in a.capacity.offered]
    if not taking:
        return f"{len(serving)} signed in for {queue.name}, but nobody takes {contact.channel}s."
    serving = taking
    if kept_for := kept_for_agent(contact, queue, now):
        rest = queue.treatment.last_agent_s - waited_s(contact, now)
        state = next((f"who is {a.state}" for a in agents if a.id == kept_for), "who is not signed in")
        return f"Kept for the agent who served the customer last, {kept_for}, {state}, for {rest:.0f} s more."
    if language := required_language(contact, queue, now):
        speakers = [a for a in serving if language in a.skills]
        if not speakers:
            return (
                f"{len(serving)} signed in for {queue.name}, but nobody has {language}{_relaxes(contact, queue, now)}."
            )
        serving = speakers
    levels = required_levels(contact, queue, now)
    able = [a for a in serving if has_levels(a.skills, levels)]
    if not able:
        missing = f"nobody has {_wanted(levels)}{_next_step(contact, queue, now)}"
        return f"{len(serving)} signed in for {queue.name}, but {missing}."
    free = sum(a.is_ready for a in able)
    if free:
        return f"{free} free for {queue.name}, {ahead} contacts ahead: an offer is due."
    return f"All {len(able)} who can take it are taken ({_states(able)}); {ahead} contacts ahead in {queue.name}."


def _skills(contact: WaitingContact, agent: ReadyAgent, queue: Queue, now: Instant) -> str:
    levels = required_levels(contact, queue, now)
    if not levels:
        return "no skill needed"
    met = ", ".join(f"{skill} {agent.skills.get(skill, 0)} of {level}" for skill, level in levels.items())
    relaxed = relaxed_by(contact, queue, now)
    return f"{met} (relaxed by {relaxed})" if relaxed else met


def _choice(contact: WaitingContact, agent: ReadyAgent, now: Instant) -> str:
    idle = f"idle {max(0, now - agent.idle_since) / SECOND:.0f} s"
    if contact.preferred_agent == agent.id and prefers(contact, now):
        return f"preferred agent, {idle}"
    if contact.wishes.best_rated and agent.csat is not None:
        idle = f"best rated of the free, {agent.csat:.0f} of 100, {idle}"
    if contact.wishes.language:
        idle = f"{'has' if contact.wishes.language in agent.skills else 'without'} {contact.wishes.language}, {idle}"
    if agent.id in contact.passed_over:
        return f"passed it over before, nobody else free, {idle}"
    return idle


def _serves(agent: Agent, contact: WaitingContact, profiles: Profiles) -> bool:
    profile = profiles.get(agent.profile_id)
    return profile is not None and any(q in profile.queues for q in (contact.queue, *contact.also))


def _relaxes(contact: WaitingContact, queue: Queue, now: Instant) -> str:
    rest = queue.treatment.language_s - waited_s(contact, now)
    return f" (others may from {rest:.0f} s on)" if queue.treatment.language_s else ""


def _wanted(levels: dict[str, int]) -> str:
    return " and ".join(f"{skill} at {level}" for skill, level in levels.items())


def _next_step(contact: WaitingContact, queue: Queue, now: Instant) -> str:
    waited = waited_s(contact, now)
    later = sorted(step.after_s - waited for step in queue.relaxations if step.after_s > waited)
    return f" (levels relax in {later[0]:.0f} s)" if later else ""


def _states(agents: Sequence[Agent]) -> str:
    return ", ".join(f"{n} {state}" for state, n in sorted(Counter(a.state.value for a in agents).items()))
