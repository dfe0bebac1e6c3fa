"""The free agents grouped by kind, and how well they cover the queues."""

from collections.abc import Iterable, Mapping, Sequence

from offhook.domain.ids import AgentId, Instant, ProfileId, QueueId
from offhook.domain.routing.matching_rules import has_levels, prefers, relaxed_by, required_levels
from offhook.domain.routing.matching_types import Kind, ReadyAgent, WaitingContact
from offhook.domain.routing.queues import Queue, RoutingProfile

Reach = tuple[QueueId, ...]
Queues = Mapping[QueueId, Queue]
Profiles = Mapping[ProfileId, RoutingProfile]


class Plan:
    """Which queues each kind of agent can serve: derived from the configuration, remembered while it is the same."""

    def __init__(self, queues: Queues, profiles: Profiles) -> None:
        self.queues = dict(queues)
        self.profiles = dict(profiles)
        self._served = {p.id: frozenset(p.queues) for p in profiles.values()}
        self._base = {q.id: {r.skill: r.level for r in q.requirements} for q in queues.values()}
        self._reach: dict[Kind, Reach] = {}

    def is_for(self, queues: Queues, profiles: Profiles) -> bool:
        """Was made from equal configuration (quick when the values are the same objects)."""
        return self.queues == queues and self.profiles == profiles

    def serves(self, kind: Kind, queue: QueueId) -> bool:
        """The kind's profile lists the queue."""
        return queue in self._served.get(kind.profile, ())

    def reach(self, kind: Kind) -> Reach:
        """Queues the kind can serve for a contact without wishes of its own, in order of id."""
        reach = self._reach.get(kind)
        if reach is None:
            served = sorted(self._served.get(kind.profile, ()))
            reach = tuple(q for q in served if q in self._base and has_levels(kind.skills, self._base[q]))
            self._reach[kind] = reach
        return reach

    def can_take(self, kinds: Iterable[Kind], contact: WaitingContact, now: Instant) -> list[Kind]:
        """Those of the kinds that can take the contact now."""
        queue = self.queues.get(contact.queue)
        if queue is None:
            return []
        if not contact.requirements and not relaxed_by(contact, queue, now):
            return [k for k in kinds if queue.id in (self._reach.get(k) or self.reach(k))]
        levels = required_levels(contact, queue, now)
        return [k for k in kinds if self.serves(k, queue.id) and has_levels(k.skills, levels)]


_recent: list[Plan] = []


def plan_for(queues: Queues, profiles: Profiles) -> Plan:
    """The plan of this configuration; the one used last is kept, for a process serves one tenant's burst at a time."""
    if _recent and _recent[0].is_for(queues, profiles):
        return _recent[0]
    _recent[:] = [Plan(queues, profiles)]
    return _recent[0]


class Floor:
    """The free agents of a moment; whoever is taken leaves it."""

    def __init__(self, plan: Plan, agents: Sequence[ReadyAgent]) -> None:
        self.plan = plan
        self.groups: dict[Kind, list[ReadyAgent]] = {}
        groups = self.groups
        for agent in agents:
            kind = agent.kind
            if kind in groups:
                groups[kind].append(agent)
            else:
                groups[kind] = [agent]
        self.cover: dict[QueueId, int] = {}
        for kind, members in groups.items():
            self._count(kind, len(members))

    def choose(self, contact: WaitingContact, now: Instant) -> ReadyAgent | None:
        """The preferred agent, else the one whose taking leaves the queues best covered, then longest idle.

        Agents who passed the contact over come after all others; None when nobody free can take it.
        """
        kinds = self.plan.can_take(self.groups, contact, now)
        if not kinds:
            return None
        if prefers(contact, now) and (agent := self._named(contact.preferred_agent, kinds)):
            return agent
        if not contact.passed_over:
            return self._longest_idle(self._least_missed(kinds))
        fresh = [k for k in kinds if any(a.id not in contact.passed_over for a in self.groups[k])]
        if not fresh:
            return self._longest_idle(self._least_missed(kinds))
        return self._longest_idle(self._least_missed(fresh), contact.passed_over)

    def take(self, agent: ReadyAgent) -> None:
        """The agent is free no longer."""
        members = self.groups[agent.kind]
        members.remove(agent)
        if not members:
            del self.groups[agent.kind]
        self._count(agent.kind, -1)

    def scarcest(self, agent: ReadyAgent, besides: QueueId) -> tuple[QueueId, int] | None:
        """Of the other queues the agent serves, the one with fewest free agents left after taking; None = no others."""
        others = [(self.cover[q] - 1, q) for q in self.plan.reach(agent.kind) if q != besides]
        if not others:
            return None
        left, queue = min(others)
        return queue, left

    def _count(self, kind: Kind, by: int) -> None:
        cover = self.cover
        for queue in self.plan.reach(kind):
            cover[queue] = cover.get(queue, 0) + by

    def _least_missed(self, kinds: list[Kind]) -> list[Kind]:
        """The kinds whose queues lose least: a queue with n free agents loses 1/n of its cover with one of them."""
        if len(kinds) == 1:
            return kinds
        share = {q: 1.0 / n for q, n in self.cover.items() if n}
        reach, losses = self.plan.reach, dict[Reach, float]()
        for kind in kinds:
            queues = reach(kind)
            if queues not in losses:
                losses[queues] = sum([share[q] for q in queues])
        least = min(losses.values()) + 1e-12
        return [k for k in kinds if losses[reach(k)] <= least]

    def _longest_idle(self, kinds: list[Kind], without: tuple[AgentId, ...] = ()) -> ReadyAgent:
        agents = [a for k in kinds for a in self.groups[k] if a.id not in without]
        return min(agents, key=_idle_order)

    def _named(self, agent_id: AgentId | None, kinds: list[Kind]) -> ReadyAgent | None:
        return next((a for k in kinds for a in self.groups[k] if a.id == agent_id), None)


def _idle_order(agent: ReadyAgent) -> tuple[Instant, str]:
    return (agent.idle_since, agent.id)
