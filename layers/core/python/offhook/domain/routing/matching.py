"""Which agent is offered which contact: pure functions over a snapshot, the same answer for the same input.

Contacts go by urgency (priority, wait relative to target, place in line). A contact gets, of the free agents who
can take it, the one whose taking leaves the queues best covered; among equals the longest idle. Nobody is held
back: after a match no free agent could take any contact still waiting.
"""

from collections.abc import Iterable, Sequence

from offhook.domain.ids import Instant
from offhook.domain.routing.matching_explain import explain_waiting, reason_for
from offhook.domain.routing.matching_floor import Floor, Plan, Profiles, Queues, plan_for
from offhook.domain.routing.matching_rules import eligible, urgency
from offhook.domain.routing.matching_types import (
    Match,
    ReadyAgent,
    Snapshot,
    WaitingContact,
    ready_view,
    waiting_view,
)

__all__ = [
    "Match",
    "ReadyAgent",
    "Snapshot",
    "WaitingContact",
    "best_agent_for",
    "best_contact_for",
    "eligible",
    "explain_waiting",
    "match",
    "ready_view",
    "waiting_view",
]


def match(snapshot: Snapshot) -> list[Match]:
    """All matches of the moment, most urgent contact first; contacts of unknown queues are left out."""
    now, queues = snapshot.now, snapshot.queues
    floor = Floor(plan_for(queues, snapshot.profiles), snapshot.agents)
    known = [c for c in snapshot.contacts if c.queue in queues]
    matches = []
    for contact in sorted(known, key=lambda c: urgency(c, queues[c.queue], now)):
        agent = floor.choose(contact, now)
        if agent is not None:
            matches.append(Match(contact.id, agent.id, reason_for(contact, agent, floor, now)))
            floor.take(agent)
    return matches


def best_agent_for(
    contact: WaitingContact, ready_agents: Sequence[ReadyAgent], queues: Queues, profiles: Profiles, now: Instant
) -> Match | None:
    """The match for a contact that has just begun to wait; None when nobody free can take it."""
    floor = Floor(plan_for(queues, profiles), ready_agents)
    agent = floor.choose(contact, now)
    return Match(contact.id, agent.id, reason_for(contact, agent, floor, now)) if agent else None


def best_contact_for(
    agent: ReadyAgent, waiting: Iterable[WaitingContact], queues: Queues, profiles: Profiles, now: Instant
) -> Match | None:
    """The match for an agent who has just become free: the most urgent contact; those passed over come last."""
    plan = plan_for(queues, profiles)
    able = [c for c in waiting if _can_take(plan, agent, c, now)]
    if not able:
        return None
    contact = min(able, key=lambda c: (agent.id in c.passed_over, urgency(c, queues[c.queue], now)))
    return Match(contact.id, agent.id, reason_for(contact, agent, Floor(plan, [agent]), now))


def _can_take(plan: Plan, agent: ReadyAgent, contact: WaitingContact, now: Instant) -> bool:
    return bool(plan.who_can_take((agent,), contact, now))
