"""How long one matching decision takes, at several sizes of centre: `python -m bench.matching`.

Two numbers each: the decision over views at hand (the budget), and with the views of all free agents made
anew from their rows, as a worker that starts from nothing does.
"""

import json
import platform
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter_ns

from offhook.domain.ids import SECOND, AgentId, ContactId, ProfileId, QueueId
from offhook.domain.routing.contact import Requirement
from offhook.domain.routing.matching import (
    ReadyAgent,
    Snapshot,
    WaitingContact,
    best_agent_for,
    best_contact_for,
    match,
)
from offhook.domain.routing.queues import Queue, RoutingProfile

RESULTS = Path(__file__).parent / "results"
NOW = 1_800_000_000_000
QUEUES = 20


@dataclass(frozen=True, slots=True)
class Size:
    """A centre: agents signed in, how many of them are free, the budget of a decision."""

    agents: int
    free: int
    budget_us: float


SIZES = (Size(50, 8, 50.0), Size(500, 40, 50.0), Size(5000, 400, 300.0))


@dataclass(frozen=True, slots=True)
class Result:
    """Median and 99th percentile of one decision, in microseconds; ratio: median to budget."""

    agents: int
    free: int
    decision: str
    median_us: float
    p99_us: float
    budget_us: float
    ratio: float


def centre(size: Size, seed: int) -> Snapshot:
    """Twenty queues with one skill each, profiles of one to five queues, skill levels in three grades."""
    chance = random.Random(seed)
    queues = {
        QueueId(f"q{n}"): Queue(QueueId(f"q{n}"), f"Queue {n}", requirements=(Requirement(f"s{n}", 30),))
        for n in range(QUEUES)
    }
    profiles = {p.id: p for p in (_profile(n, chance) for n in range(24))}
    agents = [_agent(n, chance, list(profiles.values())) for n in range(size.free)]
    contacts = [_contact(n, chance) for n in range(QUEUES)]
    return Snapshot(NOW, agents, contacts, queues, profiles)


def timed(act: Callable[[], object], times: int) -> tuple[float, float]:
    """Median and 99th percentile of one call, in microseconds."""
    spent = []
    for _ in range(times):
        start = perf_counter_ns()
        act()
        spent.append((perf_counter_ns() - start) / 1000)
    spent.sort()
    return round(median(spent), 1), round(spent[int(len(spent) * 0.99)], 1)


def measure(size: Size) -> Iterator[Result]:
    """The four decisions at one size."""
    s = centre(size, seed=size.agents)
    contact, agent = s.contacts[0], s.agents[0]
    rows = [(a.id, a.profile, a.skills, a.idle_since) for a in s.agents]
    decisions: dict[str, Callable[[], object]] = {
        "agent for a contact": lambda: best_agent_for(contact, s.agents, s.queues, s.profiles, NOW),
        "agent for a contact, views made anew": lambda: best_agent_for(
            contact, [ReadyAgent(*row) for row in rows], s.queues, s.profiles, NOW
        ),
        "contact for an agent, one head of each queue": lambda: best_contact_for(
            agent, s.contacts, s.queues, s.profiles, NOW
        ),
        "whole snapshot, per match": lambda: match(s),
    }
    for name, act in decisions.items():
        act()
        share = len(match(s)) if name.startswith("whole") else 1
        mid, late = (round(t / share, 1) for t in timed(act, 2000 if share == 1 else 200))
        yield Result(size.agents, size.free, name, mid, late, size.budget_us, round(mid / size.budget_us, 2))


def main() -> None:
    """Print and store the results."""
    results = [asdict(r) for size in SIZES for r in measure(size)]
    report = {
        "what": "one matching decision",
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "date": datetime.now(UTC).date().isoformat(),
        "results": results,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "matching.json").write_text(json.dumps(report, indent=1) + "\n")
    json.dump(report, sys.stdout, indent=1)


def _profile(n: int, chance: random.Random) -> RoutingProfile:
    served = chance.sample(range(QUEUES), chance.randint(1, 5))
    return RoutingProfile(ProfileId(f"p{n}"), f"Profile {n}", tuple(QueueId(f"q{q}") for q in served))


def _agent(n: int, chance: random.Random, profiles: list[RoutingProfile]) -> ReadyAgent:
    profile = chance.choice(profiles)
    skills = {f"s{q.removeprefix('q')}": chance.choice((20, 50, 80)) for q in profile.queues}
    return ReadyAgent(AgentId(f"a{n}"), profile.id, skills, NOW - chance.randint(0, 300) * SECOND)


def _contact(n: int, chance: random.Random) -> WaitingContact:
    return WaitingContact(
        ContactId(f"c{n}"), QueueId(f"q{n}"), chance.randint(0, 1), NOW - chance.randint(0, 90) * SECOND
    )


if __name__ == "__main__":
    main()
