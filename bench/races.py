"""Racing decisions: `python -m bench.races [decisions]`, a million unless told.

Up to four matchers look at the floor, decide with the product's matching, and commit later, under the condition that
agent and contact are as they were seen: what the transaction of an offer does; who loses looks again. Counted:
assignments that were invalid (agent or contact taken, or not fit for each other), and offers made while somebody
earlier waited in the same line, at several shares of decisions that overlap with others at all. Beside it, the gap of
occupancy among equally skilled agents against that of the longest idle.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import fmean

from offhook.domain.ids import AgentId, ContactId, ProfileId, QueueId
from offhook.domain.routing.matching import (
    Match,
    ReadyAgent,
    WaitingContact,
    best_agent_for,
    best_contact_for,
    eligible,
)
from offhook.domain.routing.queues import Queue, RoutingProfile

from bench.record import keep
from bench.routing_policy import POLICIES, Caller, Choose, Pick, Run, Scenario, callers_of, scenarios

DECISIONS, MATCHERS, AGENTS, LINE = 1_000_000, 4, 12, 8
SWEPT = 0.001
OVERLAPS = (0.001, 0.01, 0.1, 1.0)
INVERSIONS, GAP = 0.001, 1.1
QUEUES = {QueueId(q): Queue(QueueId(q), q) for q in ("a", "b")}
PROFILES = {
    ProfileId(p): RoutingProfile(ProfileId(p), p, tuple(QueueId(q) for q in served))
    for p, served in {"one": "a", "two": "b", "both": "ab"}.items()
}


@dataclass(slots=True)
class Floor:
    """What is stored: free agents and waiting contacts, each with the version that a commit must have seen."""

    chance: Random
    now: int = 0
    free: dict[AgentId, tuple[int, ReadyAgent]] = field(default_factory=dict)
    line: dict[ContactId, tuple[int, WaitingContact]] = field(default_factory=dict)
    busy: list[AgentId] = field(default_factory=list)
    came: int = 0
    committed: int = 0
    lost: int = 0
    invalid: int = 0
    inverted: int = 0

    def frees(self, agent: AgentId) -> ReadyAgent:
        """The agent is free from now on."""
        self.now += 1
        profile = list(PROFILES)[int(agent) % 3]
        ready = ReadyAgent(agent, profile, {}, self.now)
        self.free[agent] = (self.now, ready)
        return ready

    def arrives(self) -> WaitingContact:
        """One more waits."""
        self.now, self.came = self.now + 1, self.came + 1
        queue = self.chance.choice(list(QUEUES))
        contact = WaitingContact(ContactId(f"{self.came:07d}"), queue, self.chance.choice((0, 0, 0, 5)), self.now)
        self.line[contact.id] = (self.now, contact)
        return contact

    def commit(self, match: Match, seen: "Seen") -> bool:
        """The offer, if agent and contact are as they were seen; says whether they were."""
        if self.free.get(match.agent_id) != seen.free.get(match.agent_id) or self.line.get(
            match.contact_id
        ) != seen.line.get(match.contact_id):
            self.lost += 1
            return False
        agent, contact = self.free.pop(match.agent_id)[1], self.line.pop(match.contact_id)[1]
        self.committed += 1
        fits = contact.queue in PROFILES[agent.profile].queues
        fits = fits and eligible(agent, contact, QUEUES[contact.queue], self.now)
        self.invalid += not fits or match.agent_id in self.busy
        self.inverted += any(
            other.queue == contact.queue
            and (-other.priority, other.enqueued_at) < (-contact.priority, contact.enqueued_at)
            for _, other in self.line.values()
        )
        self.busy.append(match.agent_id)
        return True


@dataclass(frozen=True, slots=True)
class Seen:
    """What a matcher saw, and whom it looks for: an agent who became free, or a contact that began to wait."""

    free: dict[AgentId, tuple[int, ReadyAgent]]
    line: dict[ContactId, tuple[int, WaitingContact]]
    agent: ReadyAgent | None
    contact: WaitingContact | None

    def decide(self, now: int) -> Match | None:
        """The product's decision on what was seen."""
        if self.agent is not None:
            return best_contact_for(self.agent, [c for _, c in self.line.values()], QUEUES, PROFILES, now)
        assert self.contact is not None
        return best_agent_for(self.contact, [a for _, a in self.free.values()], QUEUES, PROFILES, now)


def race(decisions: int, overlap: float = 1.0, seed: int = 1) -> Floor:
    """So many decisions of matchers that interleave at random; overlap: share of looks beside others."""
    chance = Random(seed)
    floor = Floor(chance, busy=[AgentId(str(n)) for n in range(AGENTS)])
    under_way: list[Seen] = []
    for _ in range(decisions):
        while len(under_way) < (MATCHERS if chance.random() < overlap else 1):
            under_way.append(_look(floor, chance))
        seen = under_way.pop(chance.randrange(len(under_way)))
        match = seen.decide(floor.now)
        if match is not None and not floor.commit(match, seen) and (again := _again(floor, seen)):
            under_way.append(again)
    return floor


def _again(floor: Floor, seen: Seen) -> Seen | None:
    """Whoever lost a race looks anew, unless their own side is taken by now."""
    free = seen.agent is not None and seen.agent.id in floor.free
    waits = seen.contact is not None and seen.contact.id in floor.line
    return Seen(dict(floor.free), dict(floor.line), seen.agent, seen.contact) if free or waits else None


def _look(floor: Floor, chance: Random) -> Seen:
    """Somebody becomes free or begins to wait; now and then one is looked at once more, as the sweep does."""
    agent = contact = None
    again = chance.random() < SWEPT
    if again and floor.free and (chance.random() < 0.5 or not floor.line):
        agent = chance.choice(list(floor.free.values()))[1]
    elif again and floor.line:
        contact = chance.choice(list(floor.line.values()))[1]
    elif floor.busy and (chance.random() < 0.5 or len(floor.line) >= LINE):
        agent = floor.frees(floor.busy.pop(chance.randrange(len(floor.busy))))
    else:
        contact = floor.arrives()
    return Seen(dict(floor.free), dict(floor.line), agent, contact)


class Occupied(Run):
    """A run that adds up each agent's conversations."""

    def __init__(self, scenario: Scenario, callers: Sequence[Caller], policy: tuple[Choose, Pick]) -> None:
        super().__init__(scenario, callers, policy)
        self.spent = dict.fromkeys(self.world.agents, 0.0)

    def _talk(self, now: float, agent_id: AgentId, caller: Caller) -> None:
        super()._talk(now, agent_id, caller)
        self.spent[agent_id] += caller.talk_s

    def gap(self) -> float:
        """Mean over teams of (busiest less idlest) over the team's mean."""
        teams: dict[ProfileId, list[float]] = {}
        for agent, (_, profile, _) in self.world.agents.items():
            teams.setdefault(profile, []).append(self.spent[agent])
        return fmean((max(spent) - min(spent)) / fmean(spent) for spent in teams.values() if len(spent) > 1)


def gaps(scenario: Scenario) -> dict[str, float]:
    """The gap of the product's choice and of FIFO + longest idle on the same callers."""
    found = {}
    for name in ("ours", "fifo"):
        runs = [Occupied(scenario, callers_of(scenario, seed), POLICIES[name]) for seed in range(1, 13)]
        for run in runs:
            run.play()
        found[name] = round(fmean(run.gap() for run in runs), 4)
    return found


def main() -> int:
    """Print and store the counts."""
    decisions = int(sys.argv[1]) if len(sys.argv) > 1 else DECISIONS
    races = {overlap: race(decisions if overlap == 1.0 else decisions // 10, overlap) for overlap in OVERLAPS}
    told = {s.name: gaps(s) for s in scenarios() if s.name in ("dozen_12", "two_class_24", "six_skill_90")}
    ratio = fmean(one["ours"] for one in told.values()) / fmean(one["fifo"] for one in told.values())
    invalid = sum(floor.invalid for floor in races.values())
    figures = {
        "decisions": decisions,
        "invalid": invalid,
        "races": [{"overlap": overlap, **_counts(floor)} for overlap, floor in races.items()],
        "inverted_budget": INVERSIONS,
        "occupancy_gap": told,
        "gap_ratio": round(ratio, 3),
        "gap_budget": GAP,
    }
    inverted = races[OVERLAPS[0]].inverted / races[OVERLAPS[0]].committed
    return keep("races", figures, within=invalid == 0 and inverted <= INVERSIONS and ratio <= GAP)


def _counts(floor: Floor) -> dict[str, float]:
    share = round(floor.inverted / floor.committed, 5)
    return {"offers": floor.committed, "lost": floor.lost, "inverted": floor.inverted, "inverted_share": share}


if __name__ == "__main__":
    sys.exit(main())
