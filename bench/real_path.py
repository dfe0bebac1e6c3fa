"""What the real path costs in waiting (goal G4): `python -m bench.real_path [AGENTS HOURS]`.

An hour of a centre in virtual time goes through signed webhooks, use cases, the work queue and the simulated carrier.
Then an event-driven engine, which knows at once when somebody is free or waits, serves the same arrivals with the same
handling times by the same rules. Goal: mean wait <= 1.02 of the engine's: no timer stands between free and assigned.
Virtual time has no latency: the second ratio adds to each assignment the median of bench/free_agent_to_ring.py with
8 ms a request, and depends on how long people wait at all. The ring itself is no part of a wait.
"""

import heapq
import json
import random
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any

from offhook.domain.ids import AgentId, ContactId, TenantId
from offhook.domain.routing.contact import QueueVisit
from offhook.domain.routing.matching import ReadyAgent, WaitingContact, best_agent_for, best_contact_for
from offhook.usecases.routing.match import routing_config

from bench.record import RESULTS, keep
from local.demo import plan as demo
from tests.world import callers, checks
from tests.world.agents import AgentActor, Habits
from tests.world.world import World, world

NUMBER = "+14155550100"
MOST, LOAD, REQUEST_MS = 1.02, 0.9, 8.0
APART_S = 0.083
TALK_S, WRAP_S, AROUND_S = 120.0, 8.0, 8.0  # around: ringing, entering the room, and the agents' glances
Flat = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One contact that waited: when, for whom, and how long it took an agent, from the offer to the next readiness."""

    contact: WaitingContact
    began_at: int
    waited_ms: int
    takes_ms: int


def main(agents: int = 24, hours: float = 1.0) -> int:
    """Run, compare, keep."""
    with world(seed=4) as made:
        tenant = lived(made, agents, hours)
        calls = list(calls_of(checks.events(made, tenant)))
        engine = Engine(made, tenant, calls)
        ideal = engine.mean_wait_ms(0)
        real = fmean(call.waited_ms for call in calls)
        latency_ms = latency()
        late = engine.mean_wait_ms(latency_ms)
    measured = {
        "what": "mean wait through the real path, against an event-driven engine with the same calls",
        "agents": agents, "calls": len(calls), "load": LOAD,
        "real_s": round(real / 1000, 3), "engine_s": round(ideal / 1000, 3), "ratio": round(real / ideal, 4),
        "latency_ms": latency_ms, "ratio_with_latency": round(late / ideal, 4), "budget": MOST,
    }  # fmt: skip
    return keep("real_path", measured, within=real / ideal <= MOST)


def latency() -> float:
    """Between becoming free and the ring, in milliseconds, as on AWS."""
    found = json.loads((RESULTS / "free_agent_to_ring.json").read_text())
    return float(found["p50_ms"]) + REQUEST_MS * int(found["requests"])


def lived(made: World, agents: int, hours: float) -> TenantId:
    """Calls come in at random for so long, everybody answers what rings, and everything is over."""
    chance = random.Random(made.seed)
    tenant = made.add_tenant("acme", NUMBER, agents=agents)
    actors = list(_at_work(made, tenant, Habits(talks_s=TALK_S, wraps_s=WRAP_S)))
    made.run(30)
    rate = LOAD * agents / (TALK_S + WRAP_S + AROUND_S)
    until = made.scheduler.now() + hours * 3600
    while made.scheduler.now() < until:
        made.run(chance.expovariate(rate))
        key = chance.choice("12")
        made.carrier.place_call(callers.number(chance), NUMBER, f"press {key} after the first prompt, wait 3000 s")
    made.run(1800)
    for actor in actors:
        actor.sign_out()
    made.run(300)
    return tenant


def _at_work(made: World, tenant: TenantId, habits: Habits) -> Iterator[AgentActor]:
    """Everybody signs in, a moment after another, so that no two become free in the same millisecond."""
    for person in demo.people(made.tenants[tenant].agents):
        actor = AgentActor(made, tenant, person.id, habits, random.Random(f"{made.seed}/{person.id}"))
        actor.sign_in()
        yield actor
        made.run(APART_S)


def calls_of(told: list[dict[str, Any]]) -> Iterator[Call]:
    """What happened, contact by contact; each was offered once, for everybody accepts."""
    waits = {e["contact_id"]: e for e in told if e["type"] == "contact_waiting"}
    entered = {e["contact_id"]: e for e in told if e["type"] == "queue_entered"}
    offers = {e["contact_id"]: e for e in told if e["type"] == "offer_made"}
    ready: dict[str, list[int]] = {}
    for e in told:
        if e["type"] == "agent_state_changed" and e["to_state"] in ("available", "reserved", "offline"):
            ready.setdefault(e["agent_id"], []).append(e["at"])
    for name, wait in sorted(waits.items(), key=lambda one: int(one[1]["at"])):
        offer, since = offers[name], entered[name]
        visit = QueueVisit(since["queue_id"], 1, since["enqueued_at"], since["at"], priority=since["priority"])
        contact = WaitingContact(ContactId(name), visit.queue, visit.priority, visit.enqueued_at)
        free_at = next(at for at in ready[offer["agent_id"]] if at > offer["at"])
        yield Call(contact, wait["at"], offer["at"] - wait["at"], free_at - offer["at"])


class Engine:
    """Serves the same calls by the product's rules, and knows of everything in the moment in which it happens."""

    def __init__(self, made: World, tenant: TenantId, calls: list[Call]) -> None:
        self.calls = {call.contact.id: call for call in calls}
        with made.within(tenant) as deps:
            self.queues, self.profiles = routing_config(deps)
        people = checks.agents(made, tenant)
        self.everybody = [ReadyAgent(a.id, a.profile_id, a.skills, 0) for a in people]

    def mean_wait_ms(self, latency_ms: float) -> float:
        """latency_ms: between being free or beginning to wait, and the assignment."""
        self.free = {agent.id: agent for agent in self.everybody}
        self.line: dict[ContactId, WaitingContact] = {}
        self.waited, self.pushed = list[float](), 0
        self.due: list[tuple[float, int, str, str]] = []
        for call in self.calls.values():
            self._at(call.began_at, "arrives", call.contact.id)
        while self.due:
            now, _, what, name = heapq.heappop(self.due)
            (self._arrives if what == "arrives" else self._is_free)(now, name, latency_ms)
        return fmean(self.waited)

    def _at(self, when: float, what: str, name: str) -> None:
        self.pushed += 1
        heapq.heappush(self.due, (when, self.pushed, what, name))

    def _arrives(self, now: float, name: str, latency_ms: float) -> None:
        contact = self.calls[ContactId(name)].contact
        found = best_agent_for(contact, list(self.free.values()), self.queues, self.profiles, round(now))
        if found is None:
            self.line[contact.id] = contact
        else:
            self._serves(now, self.free.pop(found.agent_id), contact, latency_ms)

    def _is_free(self, now: float, name: str, latency_ms: float) -> None:
        one = next(agent for agent in self.everybody if agent.id == AgentId(name))
        agent = replace(one, idle_since=round(now))
        found = best_contact_for(agent, self.line.values(), self.queues, self.profiles, round(now))
        if found is None:
            self.free[agent.id] = agent
        else:
            self._serves(now, agent, self.line.pop(found.contact_id), latency_ms)

    def _serves(self, now: float, agent: ReadyAgent, contact: WaitingContact, latency_ms: float) -> None:
        call = self.calls[contact.id]
        self.waited.append(now + latency_ms - call.began_at)
        self._at(now + latency_ms + call.takes_ms, "is_free", agent.id)


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(int(given[0]) if given else 24, float(given[1]) if given[1:] else 1.0))
