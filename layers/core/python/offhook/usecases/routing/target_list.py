"""Whom a call can go to, as the desk lists it: agents with their states, queues with their lines and their staff."""

from collections.abc import Mapping
from dataclasses import dataclass

from offhook.domain.ids import AgentId, Instant
from offhook.domain.routing.agent import AgentState
from offhook.domain.routing.queues import RoutingProfile
from offhook.domain.tenants.scope import Scope
from offhook.usecases.analytics.floor import Floor, FloorAgent, FloorQueue, live_floor
from offhook.usecases.deps import Deps


@dataclass(frozen=True, slots=True)
class AgentTarget:
    """A colleague who is signed in. free: may be rung now; queues: whose calls they take."""

    id: str
    name: str
    state: str
    since: Instant
    free: bool
    queues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueueTarget:
    """A queue. signed_in, free: of its agents; oldest_at: the earliest place in its line, None when nobody waits."""

    id: str
    name: str
    waiting: int
    oldest_at: Instant | None
    signed_in: int
    free: int
    closed: bool


@dataclass(frozen=True, slots=True)
class TargetList:
    """At most a second old, as of that moment."""

    as_of: Instant
    agents: tuple[AgentTarget, ...]
    queues: tuple[QueueTarget, ...]


def target_list(deps: Deps, me: AgentId, scope: Scope) -> TargetList:
    """Colleagues and queues that the agent may see; who is free comes first, then by name."""
    floor = live_floor(deps)
    serves = {str(one.id): tuple(map(str, one.queues)) for one in deps.config.list(RoutingProfile)}
    agents = [_agent(one, serves) for one in floor.agents if one.id != me and scope.may_see_agent(one.id)]
    queues = [_queue(one, floor, serves) for one in floor.queues if scope.may_see_queue(one.id)]
    return TargetList(
        floor.as_of,
        tuple(sorted(agents, key=lambda a: (not a.free, a.name.casefold(), a.id))),
        tuple(sorted(queues, key=lambda q: (q.name.casefold(), q.id))),
    )


def _agent(one: FloorAgent, serves: Mapping[str, tuple[str, ...]]) -> AgentTarget:
    queues = serves.get(one.profile_id, ())
    return AgentTarget(one.id, one.name, one.state, one.since, one.state == AgentState.AVAILABLE, queues)


def _queue(one: FloorQueue, floor: Floor, serves: Mapping[str, tuple[str, ...]]) -> QueueTarget:
    staff = [agent for agent in floor.agents if one.id in serves.get(agent.profile_id, ())]
    free = sum(agent.state == AgentState.AVAILABLE for agent in staff)
    return QueueTarget(one.id, one.name, one.waiting, one.oldest_at, len(staff), free, one.closed)
