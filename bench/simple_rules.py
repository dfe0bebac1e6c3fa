"""Simple rules of routing, as others use them, for comparison in bench/routing_policy.py."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from offhook.domain.ids import AgentId, ContactId
from offhook.domain.routing.matching import ReadyAgent, WaitingContact

if TYPE_CHECKING:
    from bench.routing_policy import World


def _able(world: "World", contact: WaitingContact) -> list[ReadyAgent]:
    return [a for a in world.ready.values() if contact.queue in world.profiles[a.profile].queues]


def _first(agents: Iterable[tuple[float, int, AgentId]]) -> AgentId | None:
    return min(agents, default=(0.0, 0, None))[2]


def longest_idle(world: "World", contact: WaitingContact, now: int) -> AgentId | None:
    """The longest idle of those who serve the queue."""
    return _first((0.0, a.idle_since, a.id) for a in _able(world, contact))


def least_flexible(world: "World", contact: WaitingContact, now: int) -> AgentId | None:
    """Who serves the fewest queues, then the longest idle."""
    return _first((float(len(world.profiles[a.profile].queues)), a.idle_since, a.id) for a in _able(world, contact))


def best_covered(world: "World", contact: WaitingContact, now: int) -> AgentId | None:
    """Whose queues have the most other free agents, a queue with n of them losing 1/n, then the longest idle."""
    cover = Counter(q for a in world.ready.values() for q in world.profiles[a.profile].queues)
    loss = {p.id: sum(1.0 / cover[q] for q in p.queues if cover[q]) for p in world.profiles.values()}
    return _first((round(loss[a.profile], 9), a.idle_since, a.id) for a in _able(world, contact))


def oldest(world: "World", agent: ReadyAgent, heads: Sequence[WaitingContact], now: int) -> ContactId | None:
    """The highest priority, then the longest waiting."""
    return min(heads, key=lambda c: (-c.priority, c.enqueued_at, c.id)).id if heads else None


def latest_to_target(world: "World", agent: ReadyAgent, heads: Sequence[WaitingContact], now: int) -> ContactId | None:
    """The highest priority, then the longest wait as a share of the queue's target."""
    share = {c.id: (now - c.enqueued_at) / world.queues[c.queue].target_s for c in heads}
    return min(heads, key=lambda c: (-c.priority, -share[c.id], c.id)).id if heads else None


RULES = {
    "fifo": (longest_idle, oldest),
    "flexible_last": (least_flexible, oldest),
    "covered": (best_covered, oldest),
    "targets": (longest_idle, latest_to_target),
}
