"""What the choice of agent and contact is worth: `python -m bench.routing_policy` compares with simple rules.

A discrete-event simulation of centres from a dozen to 500 agents. All policies see the same callers: arrivals,
patience and length of conversation are drawn once. The measure is the weighted wait of all callers, those who
gave up included with the time they spent; a ratio below 1 is better than FIFO + longest idle, the usual default.
Goals: mean ratio <= 0.96, <= 0.91 at 500 agents and 20 skills, nowhere worse than the best of the simple rules.
"""

import heapq
import json
import platform
import random
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

from offhook.domain.ids import AgentId, ContactId, ProfileId, QueueId
from offhook.domain.routing.contact import Requirement
from offhook.domain.routing.matching import ReadyAgent, WaitingContact, best_agent_for, best_contact_for
from offhook.domain.routing.queues import Queue, RoutingProfile

from bench.simple_rules import RULES

RESULTS = Path(__file__).parent / "results"
SEEDS = (1, 2, 3)
BUDGET, LARGE_BUDGET = 0.96, 0.91


@dataclass(frozen=True, slots=True)
class Line:
    """The callers of one queue: share of all arrivals, mean talk, mean patience, target, weight and priority."""

    share: float
    talk_s: float = 300.0
    patience_s: float = 180.0
    target_s: float = 20.0
    weight: float = 1.0
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Team:
    """Agents of one profile; slow: how much longer their conversations are."""

    size: int
    lines: tuple[int, ...]
    slow: float = 1.0


@dataclass(frozen=True, slots=True)
class Scenario:
    """A centre for some hours; load: offered work over agents."""

    name: str
    lines: tuple[Line, ...]
    teams: tuple[Team, ...]
    load: float
    hours: float


@dataclass(frozen=True, slots=True)
class Caller:
    """One drawn caller; talk_s is at an ordinary agent's speed."""

    number: int
    line: int
    at: float
    patience_s: float
    talk_s: float


@dataclass(slots=True)
class World:
    """What both policies share: configuration, who is free, who waits."""

    scenario: Scenario
    queues: dict[QueueId, Queue]
    profiles: dict[ProfileId, RoutingProfile]
    agents: dict[AgentId, tuple[Team, ProfileId, dict[str, int]]]
    ready: dict[AgentId, ReadyAgent] = field(default_factory=dict)
    waiting: dict[QueueId, deque[WaitingContact]] = field(default_factory=dict)


Choose = Callable[[World, WaitingContact, int], AgentId | None]
Pick = Callable[[World, ReadyAgent, Sequence[WaitingContact], int], ContactId | None]


def queue_id(line: int) -> QueueId:
    """The queue of a line."""
    return QueueId(f"q{line:02d}")


def our_choose(world: World, contact: WaitingContact, now: int) -> AgentId | None:
    """What the product does when a contact begins to wait."""
    found = best_agent_for(contact, list(world.ready.values()), world.queues, world.profiles, now)
    return found.agent_id if found else None


def our_pick(world: World, agent: ReadyAgent, heads: Sequence[WaitingContact], now: int) -> ContactId | None:
    """What the product does when an agent becomes free."""
    found = best_contact_for(agent, heads, world.queues, world.profiles, now)
    return found.contact_id if found else None


POLICIES: dict[str, tuple[Choose, Pick]] = {**RULES, "ours": (our_choose, our_pick)}


def callers_of(scenario: Scenario, seed: int) -> list[Caller]:
    """The callers of a run, in order of arrival."""
    chance = random.Random(f"{scenario.name}/{seed}")
    shares = [line.share for line in scenario.lines]
    mean_talk = sum(line.share * line.talk_s for line in scenario.lines) / sum(shares)
    rate = scenario.load * sum(t.size for t in scenario.teams) / mean_talk
    at = 0.0
    callers: list[Caller] = []
    while (at := at + chance.expovariate(rate)) < scenario.hours * 3600:
        number = chance.choices(range(len(shares)), shares)[0]
        line = scenario.lines[number]
        patience, talk = chance.expovariate(1 / line.patience_s), chance.expovariate(1 / line.talk_s)
        callers.append(Caller(len(callers), number, at, patience, talk))
    return callers


def world_of(scenario: Scenario) -> World:
    """Everybody free, nobody waiting."""
    queues = {
        queue_id(n): Queue(queue_id(n), f"Queue {n}", target_s=line.target_s, requirements=(Requirement(f"s{n}", 1),))
        for n, line in enumerate(scenario.lines)
    }
    world = World(scenario, queues, {}, {}, waiting={q: deque() for q in queues})
    for number, team in enumerate(scenario.teams):
        profile = RoutingProfile(ProfileId(f"p{number}"), f"Team {number}", tuple(queue_id(n) for n in team.lines))
        world.profiles[profile.id] = profile
        skills = {f"s{n}": 50 for n in team.lines}
        for n in range(team.size):
            agent = AgentId(f"a{number:02d}-{n:03d}")
            world.agents[agent] = (team, profile.id, skills)
            world.ready[agent] = ReadyAgent(agent, profile.id, skills, 0)
    return world


class Run:
    """One simulated run of one policy."""

    def __init__(self, scenario: Scenario, callers: Sequence[Caller], policy: tuple[Choose, Pick]) -> None:
        self.world = world_of(scenario)
        self.callers = callers
        self.choose, self.pick = policy
        self.left: set[int] = set()
        self.wait: dict[int, float] = {}
        self.pushed = 0
        self.events: list[tuple[float, int, str, object]] = []

    def play(self) -> None:
        """All events in order of time."""
        for caller in self.callers:
            self._at(caller.at, "arrive", caller)
        while self.events:
            now, _, what, subject = heapq.heappop(self.events)
            getattr(self, f"_{what}")(now, subject)

    def _at(self, when: float, what: str, subject: object) -> None:
        self.pushed += 1
        heapq.heappush(self.events, (when, self.pushed, what, subject))

    def _arrive(self, now: float, caller: Caller) -> None:
        line = self.world.scenario.lines[caller.line]
        contact = WaitingContact(ContactId(str(caller.number)), queue_id(caller.line), line.priority, int(now * 1000))
        agent = self.choose(self.world, contact, int(now * 1000))
        if agent is not None:
            self._talk(now, agent, caller)
            return
        self.world.waiting[contact.queue].append(contact)
        self._at(now + caller.patience_s, "give_up", caller)

    def _give_up(self, now: float, caller: Caller) -> None:
        if caller.number not in self.wait:
            self.wait[caller.number] = now - caller.at
            self.left.add(caller.number)

    def _free(self, now: float, agent_id: AgentId) -> None:
        _, profile, skills = self.world.agents[agent_id]
        agent = ReadyAgent(agent_id, profile, skills, int(now * 1000))
        heads = list(self._heads(self.world.profiles[profile].queues))
        taken = self.pick(self.world, agent, heads, int(now * 1000))
        if taken is None:
            self.world.ready[agent_id] = agent
            return
        caller = self.callers[int(taken)]
        self.world.waiting[queue_id(caller.line)].popleft()
        self._talk(now, agent_id, caller)

    def _heads(self, queues: Sequence[QueueId]) -> Iterator[WaitingContact]:
        for queue in queues:
            line = self.world.waiting[queue]
            while line and int(line[0].id) in self.left:
                line.popleft()
            if line:
                yield line[0]

    def _talk(self, now: float, agent_id: AgentId, caller: Caller) -> None:
        self.world.ready.pop(agent_id, None)
        self.wait[caller.number] = now - caller.at
        self._at(now + caller.talk_s * self.world.agents[agent_id][0].slow, "free", agent_id)

    def weighted_wait(self) -> float:
        """Mean wait of all callers in seconds, by the weight of their line."""
        lines = self.world.scenario.lines
        weights = [lines[c.line].weight for c in self.callers]
        return sum(w * self.wait[c.number] for w, c in zip(weights, self.callers, strict=True)) / sum(weights)


def scenarios() -> tuple[Scenario, ...]:
    """From a dozen agents to 500, one skill to twenty; some overloaded, some of mixed speed and patience.

    The day with VIPs comes twice: with targets that differ, as they would, and without, which shows what they cost.
    """
    return (
        Scenario(
            "dozen_12",
            (Line(0.5), Line(0.3), Line(0.2)),
            (Team(4, (0,)), Team(3, (0, 1)), Team(5, (0, 1, 2))),
            0.88,
            40,
        ),
        Scenario("single_50", (Line(1.0, 60.0, 60.0),), (Team(50, (0,)),), 0.97, 6),
        Scenario("two_class_24", (Line(0.5), Line(0.5)), (Team(8, (0,)), Team(8, (1,)), Team(8, (0, 1))), 0.92, 30),
        Scenario("six_skill_90", tuple(Line(1 / 6, 600.0, 600.0) for _ in range(6)), _ring(90, 6, 2), 0.93, 20),
        Scenario("vip_day_120", _vip_lines(), _vip_teams(), 1.0, 10),
        Scenario(
            "vip_day_even_120", tuple(replace(line, target_s=30.0) for line in _vip_lines()), _vip_teams(), 1.0, 10
        ),
        Scenario(
            "overload_60",
            (Line(0.6, 240, 120), Line(0.4, 240, 600)),
            (Team(25, (0,)), Team(15, (1,)), Team(20, (0, 1))),
            1.1,
            10,
        ),
        Scenario("proficiency_100", tuple(Line(0.25) for _ in range(4)), _mixed_speed(), 0.9, 10),
        Scenario("tenant_500", tuple(Line(0.05, 320.0, 240.0) for _ in range(20)), _twenty_skills(), 0.95, 4),
    )


def _ring(agents: int, lines: int, width: int) -> tuple[Team, ...]:
    """Half specialists, half who serve `width` neighbouring lines."""
    each = agents // (2 * lines)
    special = tuple(Team(each, (n,)) for n in range(lines))
    return special + tuple(
        Team(agents // lines - each, tuple((n + k) % lines for k in range(width))) for n in range(lines)
    )


def _vip_lines() -> tuple[Line, ...]:
    return (Line(0.15, 400.0, 120.0, 10.0, 3.0, 1), Line(0.6, 300.0, 180.0, 30.0), Line(0.25, 300.0, 240.0, 60.0))


def _vip_teams() -> tuple[Team, ...]:
    return (Team(60, (1,)), Team(20, (0,)), Team(40, (0, 1, 2)))


def _mixed_speed() -> tuple[Team, ...]:
    special = tuple(Team(12, (n,)) for n in range(4))
    return (*special, Team(26, (0, 1, 2, 3), 1.2), Team(13, (0, 1), 1.1), Team(13, (2, 3), 1.1))


def _twenty_skills() -> tuple[Team, ...]:
    chance = random.Random(20)
    special = tuple(Team(8, (n,)) for n in range(20))
    pairs = tuple(Team(8, (n, (n + 7) % 20)) for n in range(20))
    return special + pairs + tuple(Team(9, tuple(chance.sample(range(20), 5))) for _ in range(20))


def compare(scenario: Scenario) -> dict[str, object]:
    """Mean over the seeds: wait, share of abandoned, ratio."""
    waits: dict[str, list[float]] = {name: [] for name in POLICIES}
    left: dict[str, list[float]] = {name: [] for name in POLICIES}
    for seed in SEEDS:
        callers = callers_of(scenario, seed)
        for name, policy in POLICIES.items():
            run = Run(scenario, callers, policy)
            run.play()
            waits[name].append(run.weighted_wait())
            left[name].append(len(run.left) / len(callers))
    return {
        "scenario": scenario.name,
        "agents": sum(t.size for t in scenario.teams),
        "queues": len(scenario.lines),
        "load": scenario.load,
        **{f"{name}_wait_s": round(fmean(waits[name]), 2) for name in POLICIES},
        **{f"{name}_abandoned": round(fmean(left[name]), 4) for name in POLICIES},
        "ratio": round(fmean(waits["ours"]) / fmean(waits["fifo"]), 3),
        "best_simple": min(RULES, key=lambda name: fmean(waits[name])),
        "ratio_to_best_simple": round(fmean(waits["ours"]) / min(fmean(waits[name]) for name in RULES), 3),
    }


def main() -> None:
    """Print and store the comparison."""
    results = [compare(s) for s in scenarios()]
    report = {
        "what": "weighted wait of all callers, ours over FIFO + longest idle, common random numbers",
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "date": datetime.now(UTC).date().isoformat(),
        "seeds": len(SEEDS),
        "results": results,
        "mean_ratio": round(fmean(float(str(r["ratio"])) for r in results), 3),
        "budget": BUDGET,
        "worst_to_best_simple": max(float(str(r["ratio_to_best_simple"])) for r in results),
        "large_ratio": next(r["ratio"] for r in results if r["agents"] == 500),
        "large_budget": LARGE_BUDGET,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "routing_policy.json").write_text(json.dumps(report, indent=1) + "\n")
    json.dump(report, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
