"""The free agents of a moment, and how well they cover the queues."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain

from offhook.domain.ids import Instant, ProfileId, QueueId
from offhook.domain.routing.agent import Channel
from offhook.domain.routing.contact import NO_WISHES, Wishes
from offhook.domain.routing.matching_rules import (
    has_levels,
    kept_for_agent,
    prefers,
    relaxed_by,
    required_language,
    required_levels,
    rests,
)
from offhook.domain.routing.matching_types import Kind, ReadyAgent, WaitingContact
from offhook.domain.routing.queues import Queue, RoutingProfile

Reach = tuple[QueueId, ...]
Queues = Mapping[QueueId, Queue]
Profiles = Mapping[ProfileId, RoutingProfile]


class Reaches(dict[Kind, Reach]):
    """Kind to the queues it can serve for a contact without wishes of its own, in order of id; filled on demand."""

    def __init__(self, queues: Queues, profiles: Profiles, channel: Channel = Channel.CALL) -> None:
        super().__init__()
        self._channel = channel
        self._served = {p.id: sorted(p.queues) for p in profiles.values()}
        self._levels = {q.id: {r.skill: r.level for r in q.requirements} for q in queues.values()}

    def __missing__(self, kind: Kind) -> Reach:
        """Work it out once."""
        served, levels = self._served.get(kind.profile, ()) if self._channel in kind.channels else (), self._levels
        reach = self[kind] = tuple(q for q in served if q in levels and has_levels(kind.skills, levels[q]))
        return reach


class Plan:
    """What follows from the configuration alone, remembered while that stays the same."""

    def __init__(self, queues: Queues, profiles: Profiles) -> None:
        self.queues = dict(queues)
        self.profiles = dict(profiles)
        self.reaches = Reaches(queues, profiles)
        self._callbacks = Reaches(queues, profiles, Channel.CALLBACK)

    def reach(self, agent: ReadyAgent, channel: Channel) -> Reach:
        """The queues whose contacts of that channel the agent can serve."""
        return (self.reaches if channel is Channel.CALL else self._callbacks)[agent.kind]

    def is_for(self, queues: Queues, profiles: Profiles) -> bool:
        """Was made from equal configuration (quick when the values are the same objects)."""
        return self.queues == queues and self.profiles == profiles

    def who_can_take(self, agents: Iterable[ReadyAgent], contact: WaitingContact, now: Instant) -> list[ReadyAgent]:
        """Those of the agents whose profile serves a queue of the contact's and who are eligible now."""
        queue = self.queues.get(contact.queue)
        if queue is None:
            return []
        if contact.passed_over:
            agents = [a for a in agents if not rests(a, contact, now)]
        if contact.preferred_agent and (kept_for := kept_for_agent(contact, queue, now)):
            agents = [a for a in agents if a.id == kept_for]
        if contact.wishes.language and (language := required_language(contact, queue, now)):
            agents = [a for a in agents if language in a.skills]
        if not contact.also:
            return self._of_queue(agents, contact, queue, now)
        everybody, queues = list(agents), [queue, *(self.queues[q] for q in contact.also if q in self.queues)]
        able = {a.id: a for one in queues for a in self._of_queue(everybody, contact, one, now)}
        return [a for a in everybody if a.id in able]

    def _of_queue(
        self, agents: Iterable[ReadyAgent], contact: WaitingContact, queue: Queue, now: Instant
    ) -> list[ReadyAgent]:
        """Those who serve the queue and have the levels that it asks of the contact."""
        if not contact.requirements and not relaxed_by(contact, queue, now):
            queue_id, reaches = queue.id, self.reaches if contact.channel is Channel.CALL else self._callbacks
            return [a for a in agents if queue_id in reaches[a.kind]]
        levels = required_levels(contact, queue, now)
        profiles = {p.id for p in self.profiles.values() if queue.id in p.queues}
        able = [a for a in agents if a.profile in profiles and contact.channel in a.kind.channels]
        return [a for a in able if has_levels(a.skills, levels)]


_recent: list[Plan] = []


def plan_for(queues: Queues, profiles: Profiles) -> Plan:
    """The plan of this configuration; the one used last is kept, for a process serves one tenant's burst at a time."""
    if _recent and _recent[0].is_for(queues, profiles):
        return _recent[0]
    _recent[:] = [Plan(queues, profiles)]
    return _recent[0]


class Floor:
    """The free agents of a moment; whoever is taken leaves it."""

    def __init__(self, plan: Plan, agents: Iterable[ReadyAgent]) -> None:
        self.plan = plan
        self.free = {a.id: a for a in agents}
        kinds = [a.kind for a in self.free.values()]
        self.cover = Counter(chain.from_iterable(map(plan.reaches.__getitem__, kinds)))

    def choose(self, contact: WaitingContact, now: Instant) -> ReadyAgent | None:
        """The preferred agent, else the one whose taking leaves the queues best covered, then longest idle.

        Agents who passed the contact over come after all others. Before cover goes what the contact wishes: its
        language, then (if so) the best rating. None when nobody free can take it.
        """
        able = self.plan.who_can_take(self.free.values(), contact, now)
        if not able:
            return None
        if prefers(contact, now) and (preferred := [a for a in able if a.id == contact.preferred_agent]):
            return preferred[0]
        if contact.passed_over:
            able = [a for a in able if a.id not in contact.passed_over] or able
        if contact.wishes is not NO_WISHES:
            able = _wished(able, contact.wishes)
        return min(self._least_missed(able), key=_idle_order)

    def take(self, agent: ReadyAgent) -> None:
        """The agent is free no longer."""
        del self.free[agent.id]
        self.cover.subtract(self.plan.reaches[agent.kind])

    def scarcest(self, agent: ReadyAgent, besides: QueueId) -> tuple[QueueId, int] | None:
        """Of the other queues the agent serves, the one with fewest free agents left after taking; None = no others."""
        others = [(self.cover[q] - 1, q) for q in self.plan.reaches[agent.kind] if q != besides]
        if not others:
            return None
        left, queue = min(others)
        return queue, left

    def _least_missed(self, agents: list[ReadyAgent]) -> list[ReadyAgent]:
        """Those whose queues lose least: a queue with n free agents loses 1/n of its cover with one of them."""
        share = {q: 1.0 / n for q, n in self.cover.items() if n}
        reach_of = self.plan.reaches
        reaches = [reach_of[a.kind] for a in agents]
        losses = {reach: sum([share[q] for q in reach]) for reach in set(reaches)}
        least = min(losses.values()) + 1e-12
        return [a for a, reach in zip(agents, reaches, strict=True) if losses[reach] <= least]


def _wished(agents: list[ReadyAgent], wishes: Wishes) -> list[ReadyAgent]:
    """Of the agents those who meet the wishes best; never nobody."""
    if wishes.language:
        agents = [a for a in agents if wishes.language in a.skills] or agents
    if wishes.best_rated and (rated := [a.csat for a in agents if a.csat is not None]):
        best = max(rated)
        agents = [a for a in agents if a.csat == best]
    return agents


def _idle_order(agent: ReadyAgent) -> tuple[Instant, str]:
    return (agent.idle_since, agent.id)
