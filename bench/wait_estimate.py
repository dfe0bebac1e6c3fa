"""How far the wait told to callers is from the wait they had: `python -m bench.wait_estimate`, over simulated days.

Ten hours of a centre whose calls swell and fall twice a day. The estimate is the product's: place in line, agents at
work, exponentially weighted sums of what ended before (domain/routing/estimate.py); so is the choice of agent and
contact. It is asked when a caller begins to wait and every 31 s after, as a wait loop does, and compared with the rest
of the wait of those who were answered; who gave up has no wait to compare with. `plain` is what was told before:
place times the configured handling time over the agents of the queue.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import pi, sin
from random import Random
from statistics import fmean

from offhook.domain.ids import AgentId, ProfileId, QueueId
from offhook.domain.routing.estimate import Pace, Paces, estimated_wait_s, paced
from offhook.domain.routing.matching import WaitingContact

from bench.record import keep, percentile
from bench.routing_policy import POLICIES, Caller, Line, Run, Scenario, Team, queue_id

LOOP_S, HOURS, DAYS = 31.0, 10.0, 5
BUDGET = 0.5  # median of the error over the mean wait


@dataclass(frozen=True, slots=True)
class Told:
    """One estimate, when it was made, and the plain one beside it."""

    queue: QueueId
    at: float
    first: bool
    estimated_s: float
    plain_s: float


class Day(Run):
    """One simulated day, with what was told. answered: each estimate with the wait that was left then."""

    def __init__(self, scenario: Scenario, callers: Sequence[Caller]) -> None:
        super().__init__(scenario, callers, POLICIES["ours"])
        self.answered: list[tuple[Told, float]] = []
        self._told: dict[int, list[Told]] = defaultdict(list)
        self._queues: Mapping[str, Pace] = {}
        self._staff: dict[str, int] = {
            p: sum(profile == p for _, profile, _ in self.world.agents.values()) for p in self.world.profiles
        }

    def _arrive(self, now: float, caller: Caller) -> None:
        super()._arrive(now, caller)
        if caller.number not in self.wait:
            self._tell(now, caller, first=True)
        else:
            self._visit_ended(now, caller, "answered")

    def _ask(self, now: float, caller: Caller) -> None:
        if caller.number not in self.wait:
            self._tell(now, caller, first=False)

    def _tell(self, now: float, caller: Caller, *, first: bool) -> None:
        queue = self.world.queues[queue_id(caller.line)]
        position = self._position(self.world.waiting[queue.id], caller)
        paces = Paces(self._staff, self._queues)
        estimated = estimated_wait_s(position, queue, paces, self.world.queues, self.world.profiles)
        serving = sum(n for p, n in self._staff.items() if queue.id in self.world.profiles[ProfileId(p)].queues)
        if estimated is not None:
            plain = position * queue.expected_handle_s / serving
            self._told[caller.number].append(Told(queue.id, now, first, estimated, plain))
        self._at(now + LOOP_S, "ask", caller)

    def _position(self, line: Sequence[WaitingContact], caller: Caller) -> int:
        ahead = (c for c in line if int(c.id) < caller.number and int(c.id) not in self.left)
        return 1 + sum(1 for _ in ahead)

    def _give_up(self, now: float, caller: Caller) -> None:
        if caller.number not in self.wait:
            self._visit_ended(now, caller, "abandoned")
        super()._give_up(now, caller)

    def _talk(self, now: float, agent_id: AgentId, caller: Caller) -> None:
        super()._talk(now, agent_id, caller)
        told = self._told.pop(caller.number, [])
        self.answered += [(one, now - one.at) for one in told]
        if told:
            self._visit_ended(now, caller, "answered")
        spent = caller.talk_s * self.world.agents[agent_id][0].slow
        self._at(now + spent, "handled", (queue_id(caller.line), spent))

    def _handled(self, now: float, done: tuple[QueueId, float]) -> None:
        self._event(now, "handling_ended", done[0], talk_s=done[1], hold_s=0.0, wrap_up_s=0.0)

    def _visit_ended(self, now: float, caller: Caller, exit_: str) -> None:
        self._event(now, "queue_visit_ended", queue_id(caller.line), exit=exit_, waited_s=now - caller.at)

    def _event(self, now: float, kind: str, queue: QueueId, **facts: object) -> None:
        self._queues = paced(self._queues, {"type": kind, "at": int(now * 1000), "queue_id": queue, **facts})


def callers_of_day(scenario: Scenario, seed: int) -> list[Caller]:
    """Arrivals with two peaks; the scenario's load is that of the peaks' middle."""
    chance = Random(f"{scenario.name}/{seed}")
    shares = [line.share for line in scenario.lines]
    mean_talk = sum(line.share * line.talk_s for line in scenario.lines) / sum(shares)
    most = 1.25 * scenario.load * sum(t.size for t in scenario.teams) / mean_talk
    at, callers = 0.0, list[Caller]()
    while (at := at + chance.expovariate(most)) < scenario.hours * 3600:
        if chance.random() > (0.8 + 0.2 * sin(4 * pi * at / (scenario.hours * 3600))):
            continue
        number = chance.choices(range(len(shares)), shares)[0]
        line = scenario.lines[number]
        patience, talk = chance.expovariate(1 / line.patience_s), chance.expovariate(1 / line.talk_s)
        callers.append(Caller(len(callers), number, at, patience, talk))
    return callers


def scenarios() -> tuple[Scenario, ...]:
    """A small team, separate and shared teams, a large centre of unequal lines; none as slow as configured."""
    return (
        Scenario("small_12", (Line(1.0, 300.0, 400.0),), (Team(12, (0,)),), 1.05, HOURS),
        Scenario(
            "shared_40",
            (Line(0.6, 240.0, 400.0), Line(0.4, 420.0, 300.0)),
            (Team(14, (0,)), Team(10, (1,)), Team(16, (0, 1))),
            1.05,
            HOURS,
        ),
        Scenario(
            "three_lines_100",
            (Line(0.5, 200.0, 300.0), Line(0.3, 500.0, 600.0, 60.0), Line(0.2, 300.0, 300.0, 30.0)),
            (Team(30, (0,)), Team(30, (0, 1)), Team(40, (0, 1, 2))),
            1.08,
            HOURS,
        ),
    )


def measure(scenario: Scenario, days: int = DAYS) -> Iterator[dict[str, object]]:
    """The errors of each queue over the days."""
    answered: list[tuple[Told, float]] = []
    for seed in range(days):
        day = Day(scenario, callers_of_day(scenario, seed))
        day.play()
        answered += day.answered
    for queue in sorted({told.queue for told, _ in answered}):
        of_queue = [(told, left) for told, left in answered if told.queue == queue]
        yield {"scenario": scenario.name, "queue": queue, **_errors(of_queue)}


def _errors(answered: Sequence[tuple[Told, float]]) -> dict[str, object]:
    errors = [abs(told.estimated_s - left) for told, left in answered]
    firsts = [abs(told.estimated_s - left) for told, left in answered if told.first]
    plain = [abs(told.plain_s - left) for told, left in answered]
    mean_wait = fmean(left for told, left in answered if told.first)
    return {
        "told": len(errors),
        "mean_wait_s": round(mean_wait, 1),
        "median_error_s": round(percentile(errors, 0.5), 1),
        "p90_error_s": round(percentile(errors, 0.9), 1),
        "first_median_error_s": round(percentile(firsts, 0.5), 1),
        "first_p90_error_s": round(percentile(firsts, 0.9), 1),
        "plain_median_error_s": round(percentile(plain, 0.5), 1),
        "plain_p90_error_s": round(percentile(plain, 0.9), 1),
        "bias_s": round(fmean(told.estimated_s - left for told, left in answered), 1),
        "median_to_mean_wait": round(percentile(errors, 0.5) / mean_wait, 2),
    }


def main() -> int:
    """Print and store the errors."""
    results = [line for scenario in scenarios() for line in measure(scenario)]
    within = all(float(str(line["median_to_mean_wait"])) <= BUDGET for line in results)
    told = {"what": "estimated less real remaining wait of the answered", "days": DAYS, "budget": BUDGET}
    return keep("wait_estimate", {**told, "results": results}, within=within)


if __name__ == "__main__":
    sys.exit(main())
