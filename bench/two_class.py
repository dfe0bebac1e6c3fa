"""How near the choice is to the exact optimum where that can be computed: `python -m bench.two_class`.

Two classes of callers, specialists of each and agents for both, exponential times. The optimum of mean weighted wait,
over all policies that leave nobody free beside a caller they could take, is found by value iteration over busy agents
and lengths of the lines. Then FIFO + longest idle, the product's choice and the optimal policy play the same callers.
"""

import sys
from collections.abc import Iterator, Sequence
from functools import cache
from statistics import fmean

from offhook.domain.ids import AgentId, ContactId
from offhook.domain.routing.matching import ReadyAgent, WaitingContact

from bench.record import keep
from bench.routing_policy import POLICIES, Caller, Line, Run, Scenario, Team, World, callers_of, queue_id

BUDGET = 1.015
TALK_S, PATIENCE_S = 300.0, 600.0
TEAMS = (3, 3, 2)  # of the first class, of the second, of both
SERVES = ((0,), (1,), (0, 1))
SHARES = (0.6, 0.4)
LOAD = 0.95
LONGEST = 24
ROUNDS = 1500
SEEDS = (1, 2, 3)
SCENARIO = Scenario(
    "two_class_8",
    tuple(Line(share, TALK_S, PATIENCE_S) for share in SHARES),
    tuple(Team(n, SERVES[team]) for team, n in enumerate(TEAMS)),
    LOAD,
    500.0,
)

State = tuple[int, int, int, int, int]  # busy agents by team, waiting callers by class


def arrivals(state: State, line: int) -> list[State]:
    """What may follow an arrival: one state for each free team that serves the class, or one more in line."""
    free = [team for team in range(3) if line in SERVES[team] and state[team] < TEAMS[team]]
    if free:
        return [_with(state, team, 1) for team in free]
    return [_with(state, 3 + line, 1)] if state[3 + line] < LONGEST else [state]


def completions(state: State, team: int) -> list[State]:
    """What may follow the end of a conversation: the agent takes one of the lines they serve, or is free."""
    taken = [_with(state, 3 + line, -1) for line in SERVES[team] if state[3 + line]]
    return taken or [_with(state, team, -1)]


def _with(state: State, place: int, by: int) -> State:
    changed = list(state)
    changed[place] += by
    return tuple(changed)  # type: ignore[return-value]  # as long as it was


def states() -> list[State]:
    """Those that can be reached from the empty centre."""
    seen: set[State] = {(0, 0, 0, 0, 0)}
    todo = list(seen)
    while todo:
        for _, nexts in transitions(todo.pop()):
            todo += [s for s in nexts if s not in seen]
            seen.update(nexts)
    return sorted(seen)


def transitions(state: State) -> Iterator[tuple[float, list[State]]]:
    """Rates in events a second, each with the states among which the policy chooses."""
    rate = LOAD * sum(TEAMS) / TALK_S
    for line in (0, 1):
        yield rate * SHARES[line], arrivals(state, line)
        if state[3 + line]:
            yield state[3 + line] / PATIENCE_S, [_with(state, 3 + line, -1)]
    for team in range(3):
        if state[team]:
            yield state[team] / TALK_S, completions(state, team)


@cache
def values() -> dict[State, float]:
    """Relative cost of each state under the optimal policy; cost: callers waiting."""
    known = states()
    place = {state: n for n, state in enumerate(known)}
    fastest = LOAD * sum(TEAMS) / TALK_S + sum(TEAMS) / TALK_S + 2 * LONGEST / PATIENCE_S
    moves = [[(r / fastest, [place[s] for s in nexts]) for r, nexts in transitions(state)] for state in known]
    costs = [(state[3] + state[4]) / fastest for state in known]
    value = [0.0] * len(known)
    for _ in range(ROUNDS):
        value = [_better(n, value, costs[n], moves[n]) for n in range(len(known))]
        value = [v - value[0] for v in value]
    return dict(zip(known, value, strict=True))


def _better(n: int, value: Sequence[float], cost: float, moves: Sequence[tuple[float, list[int]]]) -> float:
    stays = value[n]
    for rate, nexts in moves:
        stays += rate * ((value[nexts[0]] if len(nexts) == 1 else min(value[m] for m in nexts)) - value[n])
    return stays + cost


class Optimal(Run):
    """A run of the optimal policy."""

    def __init__(self, scenario: Scenario, callers: Sequence[Caller]) -> None:
        super().__init__(scenario, callers, (self.choose_team, self.pick_line))

    def _state(self) -> State:
        busy = list(TEAMS)
        for agent in self.world.ready.values():
            busy[int(agent.profile[1:])] -= 1
        lines = [sum(int(c.id) not in self.left for c in self.world.waiting[queue_id(n)]) for n in (0, 1)]
        return busy[0], busy[1], busy[2], min(lines[0], LONGEST), min(lines[1], LONGEST)

    def choose_team(self, world: World, contact: WaitingContact, now: int) -> AgentId | None:
        """Whose taking leaves the least costly state."""
        state, line = self._state(), int(contact.queue[1:])
        able = [a for a in world.ready.values() if line in SERVES[int(a.profile[1:])]]
        cost = {a.id: values()[_with(state, int(a.profile[1:]), 1)] for a in able}
        return min(cost, key=cost.__getitem__, default=None)

    def pick_line(self, world: World, agent: ReadyAgent, heads: Sequence[WaitingContact], now: int) -> ContactId | None:
        """Whose leaving the line leaves the least costly state."""
        state = self._state()
        cost = {c.id: values()[_with(state, 3 + int(c.queue[1:]), -1)] for c in heads}
        return min(cost, key=cost.__getitem__, default=None)


def main() -> int:
    """Print and store the ratios."""
    waits: dict[str, list[float]] = {"optimum": [], "fifo": [], "ours": []}
    for seed in SEEDS:
        callers = callers_of(SCENARIO, seed)
        runs: dict[str, Run] = {name: Run(SCENARIO, callers, POLICIES[name]) for name in ("fifo", "ours")}
        for name, run in {**runs, "optimum": Optimal(SCENARIO, callers)}.items():
            run.play()
            waits[name].append(run.weighted_wait())
    mean = {name: round(fmean(found), 2) for name, found in waits.items()}
    ratios = {name: round(fmean(waits[name]) / fmean(waits["optimum"]), 4) for name in ("ours", "fifo")}
    told = {
        "what": "mean wait of all callers over the exact optimum's",
        "states": len(states()),
        "callers": len(callers),
    }
    return keep(
        "two_class", {**told, "wait_s": mean, "ratio": ratios, "budget": BUDGET}, within=ratios["ours"] <= BUDGET
    )


if __name__ == "__main__":
    sys.exit(main())
