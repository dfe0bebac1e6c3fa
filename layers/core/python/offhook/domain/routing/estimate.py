"""How long a caller in line has still to wait: from the place, who serves the queue now, and how fast it went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from offhook.domain.ids import MINUTE, Instant, ProfileId, QueueId
from offhook.domain.routing.queues import Queue, RoutingProfile

HALF_LIFE = 30 * MINUTE  # what happened so long ago counts half
ASSUMED = 3.0  # contacts that the queue's configured handling time stands for, until there are more real ones
ROUNDS = 6
GAVE_UP = ("abandoned", "short_abandoned")


@dataclass(frozen=True, slots=True)
class Pace:
    """Exponentially weighted sums of a queue as of `at`: contacts handled, their seconds, waits, and who gave up."""

    at: Instant = 0
    handled: float = 0.0
    handled_s: float = 0.0
    waited_s: float = 0.0
    gave_up: float = 0.0

    def as_of(self, now: Instant) -> "Pace":
        """The same sums weighed at another moment."""
        if not self.at:
            return Pace(now)
        kept = 0.5 ** ((now - self.at) / HALF_LIFE)
        sums = (self.handled, self.handled_s, self.waited_s, self.gave_up)
        return Pace(now, *(round(n * kept, 3) for n in sums))


@dataclass(frozen=True, slots=True)
class Paces:
    """What the live counters know of a moment: agents at work (neither offline nor away) by profile, paces by queue."""

    staff: Mapping[str, int] = field(default_factory=dict)
    queues: Mapping[str, Pace] = field(default_factory=dict)


def paced(queues: Mapping[str, Pace], event: Mapping[str, Any]) -> Mapping[str, Pace]:
    """The paces after an event; events of a queue may come in any order."""
    if event["type"] not in ("handling_ended", "queue_visit_ended"):
        return queues
    name, at = event.get("queue_id", ""), event["at"]
    before = queues.get(name, Pace())
    older = 0.5 ** (max(0, before.at - at) / HALF_LIFE)
    return {**queues, name: _added(before.as_of(max(before.at, at)), event, older)}


def _added(pace: Pace, event: Mapping[str, Any], weight: float) -> Pace:
    if event["type"] == "handling_ended":
        spent = sum(event[part] for part in ("talk_s", "hold_s", "wrap_up_s"))
        return replace(pace, handled=pace.handled + weight, handled_s=pace.handled_s + weight * spent)
    waited, gone = pace.waited_s + weight * event["waited_s"], event["exit"] in GAVE_UP
    return replace(pace, waited_s=waited, gave_up=pace.gave_up + weight * gone)


def estimated_wait_s(
    position: int | None,
    queue: Queue,
    paces: Paces,
    queues: Mapping[QueueId, Queue],
    profiles: Mapping[ProfileId, RoutingProfile],
) -> float | None:
    """Seconds until the contact at that place (1 = next) is offered; None when the place or who works is not known.

    With k callers ahead, one leaves the head of the line at the rate of the agents' completions plus that of the k who
    may give up: the sum of 1 / (n / handling time + k / patience) over k < position. Agents who serve several queues
    count for each as `serving` says.
    """
    working = serving(queue, paces, queues, profiles)
    if position is None or position < 1 or working <= 0:
        return None
    pace = paces.queues.get(queue.id, Pace())
    completions = working / handling_s(queue, pace)
    leaving = pace.gave_up / max(pace.waited_s, 1.0)
    return sum(1.0 / (completions + ahead * leaving) for ahead in range(position))


def handling_s(queue: Queue, pace: Pace) -> float:
    """Recent mean handling time, drawn to the configured one while there are few."""
    return (pace.handled_s + ASSUMED * queue.expected_handle_s) / (pace.handled + ASSUMED)


def serving(
    queue: Queue, paces: Paces, queues: Mapping[QueueId, Queue], profiles: Mapping[ProfileId, RoutingProfile]
) -> float:
    """Agents at work for the queue, in whole agents, so that each queue has as many as its share of the work.

    Every profile's agents are divided among its queues by weights, which are corrected a few times by how far the
    agents that they give each queue are from that share (iterative proportional fitting).
    """
    teams = [
        (n, [q for q in p.queues if q in queues])
        for p in profiles.values()
        if (n := paces.staff.get(p.id, 0)) > 0 and any(q in queues for q in p.queues)
    ]
    served = {q for _, team in teams for q in team}
    if queue.id not in served:
        return 0.0
    work = {q: _work(queues[q], paces) for q in served}
    weights, agents = dict(work), _divided(teams, work)
    for _ in range(ROUNDS):
        weights = {q: weights[q] * work[q] / agents[q] for q in served}
        agents = _divided(teams, weights)
    return agents[queue.id]


def _divided(teams: Sequence[tuple[int, Sequence[QueueId]]], weights: Mapping[QueueId, float]) -> dict[QueueId, float]:
    """Agents of each queue when every team is divided among its queues by their weights."""
    agents = dict.fromkeys(weights, 0.0)
    for staff, queues in teams:
        each = staff / sum(weights[q] for q in queues)
        for queue in queues:
            agents[queue] += each * weights[queue]
    return agents


def _work(queue: Queue, paces: Paces) -> float:
    """Recent seconds of work of the queue."""
    return paces.queues.get(queue.id, Pace()).handled_s + ASSUMED * queue.expected_handle_s


def spoken_minutes(estimated_s: float) -> int:
    """Whole minutes, coarser the longer the wait, since an estimate is: fives from ten minutes on, tens from thirty."""
    minutes = estimated_s / 60
    step = next(step for step, below in ((1, 10), (5, 30), (10, float("inf"))) if minutes < below)
    return max(1, round(minutes / step) * step)
