"""The live floor: what waits, who works, how today goes; read from one snapshot that is renewed once a second."""

from dataclasses import dataclass

from offhook.domain.analytics.intervals import local_day
from offhook.domain.analytics.tally import Counts, Tally
from offhook.domain.ids import SECOND, Instant, QueueId
from offhook.domain.metrics.metric import ratio
from offhook.domain.routing.agent import Agent, AgentState
from offhook.domain.routing.contact import Contact, ContactState
from offhook.domain.routing.party import Party
from offhook.domain.routing.queues import Queue
from offhook.stores.counters import Counters
from offhook.usecases.analytics.zones import zone_of
from offhook.usecases.deps import Deps

FRESH = SECOND
PAGE, MOST_AGENTS, MOST_CALLS = 100, 5000, 500


@dataclass(frozen=True, slots=True)
class FloorQueue:
    """One queue: now, and today since midnight in the tenant's time zone.

    oldest_at: the earliest place in the line among those who wait; None when nobody does. longest_wait_s: at as_of.
    service_level, asa: None while there is nothing to divide by. closed: a supervisor has closed it.
    """

    id: str
    name: str
    waiting: int
    oldest_at: Instant | None
    longest_wait_s: float
    offered: int
    answered: int
    abandoned: int
    short_abandoned: int
    handled: int
    service_level: float | None
    asa: float | None
    aht: float | None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class FloorAgent:
    """One agent who is signed in: the state and since when; next_state: what follows the contact they are at."""

    id: str
    name: str
    state: str
    reason: str
    since: Instant
    contact_id: str
    profile_id: str = ""
    next_state: str = AgentState.AVAILABLE


@dataclass(frozen=True, slots=True)
class FloorMonitor:
    """A supervisor in a call, or being rung into it. state: ringing, joined."""

    agent_id: str
    name: str
    mode: str
    private: bool
    state: str


@dataclass(frozen=True, slots=True)
class FloorCall:
    """One conversation under way: with whom, in which queue's name, since when, and what a supervisor should see.

    help_asked_at: since when the agent asks for a supervisor; None = they do not.
    """

    contact_id: str
    agent_id: str
    agent_name: str
    queue: str
    since: Instant
    direction: str
    on_hold: bool
    help_asked_at: Instant | None
    help_note: str
    monitored_by: tuple[FloorMonitor, ...]


@dataclass(frozen=True, slots=True)
class Floor:
    """A tenant's floor as of a moment, queues and agents by name: no row moves under a hand.

    agent_states: how many agents are in each state.
    calls: up to 500 conversations; those in which help is asked for first, then the oldest.
    seq: grows by one with each change of the figures, so that who is told of changes sees which one was lost.
    """

    as_of: Instant
    contacts: int
    queues: tuple[FloorQueue, ...]
    agents: tuple[FloorAgent, ...]
    agent_states: dict[str, int]
    seq: int = 0
    calls: tuple[FloorCall, ...] = ()


def live_floor(deps: Deps, *, fresh: bool = False) -> Floor:
    """The floor, at most a second old whatever the number of viewers; fresh: computed anew in any case."""
    counters, now = Counters(deps.items, deps.tenant.id), deps.clock.now()
    kept, version = counters.snapshot(Floor)
    if kept is not None and not fresh and now - kept.as_of < FRESH:
        return kept
    tally, seq = counters.tally()
    floor = _compute(deps, tally, seq, now)
    counters.keep_snapshot(floor, version, now)
    return floor


def _compute(deps: Deps, tally: Tally, seq: int, now: Instant) -> Floor:
    today = tally.of_day(local_day(now, zone_of(deps.tenant)).isoformat())
    queues = [_queue(deps, q, tally.waiting.get(q.id, 0), today.get(q.id, {}), now) for q in _by_name(deps)]
    agents = [_agent(a) for a in sorted(_signed_in(deps), key=lambda a: (a.name.casefold(), a.id))]
    states = {state: sum(a.state == state for a in agents) for state in sorted({a.state for a in agents})}
    return Floor(now, tally.contacts, tuple(queues), tuple(agents), states, seq, _calls(deps, agents))


def _queue(deps: Deps, queue: Queue, waiting: int, today: Counts, now: Instant) -> FloorQueue:
    oldest = _oldest(deps, queue.id) if waiting > 0 else None
    offered, short = today.get("offered", 0), today.get("short_abandoned", 0)
    return FloorQueue(
        queue.id,
        queue.name,
        max(waiting, 0),
        oldest,
        (now - oldest) / SECOND if oldest is not None else 0.0,
        offered,
        today.get("answered", 0),
        today.get("abandoned", 0),
        short,
        today.get("handled", 0),
        ratio(today.get("within_target", 0), offered - short),
        ratio(today.get("waited_ms", 0) / SECOND, today.get("answered", 0)),
        ratio(today.get("handled_ms", 0) / SECOND, today.get("handled", 0)),
        queue.is_shut(now),
    )


def _by_name(deps: Deps) -> list[Queue]:
    return sorted(deps.config.list(Queue), key=lambda q: (q.name.casefold(), q.id))


def _oldest(deps: Deps, queue: QueueId) -> Instant | None:
    """The head of the line: who is offered first, which is the longest wait unless priorities differ."""
    head = deps.contacts.waiting(queue, limit=25)
    return min((waiting.enqueued_at for _, waiting in head), default=None)


def _signed_in(deps: Deps) -> list[Agent]:
    agents: list[Agent] = []
    while len(agents) < MOST_AGENTS:
        page = deps.agents.signed_in(after=agents[-1].id if agents else "", limit=PAGE)
        agents += page
        if len(page) < PAGE:
            break
    return agents


def _agent(agent: Agent) -> FloorAgent:
    return FloorAgent(
        agent.id, agent.name, agent.state, agent.reason, agent.state_since, agent.contact_id or "",
        agent.profile_id, agent.next_state,
    )  # fmt: skip


def _calls(deps: Deps, agents: list[FloorAgent]) -> tuple[FloorCall, ...]:
    """The conversations of the agents who are in one; read only while there are any."""
    if not any(agent.state == AgentState.BUSY for agent in agents):
        return ()
    names = {agent.id: agent.name for agent in agents}
    calls = [_call(contact, names) for contact in _under_way(deps) if contact.state is ContactState.CONNECTED]
    return tuple(sorted((call for call in calls if call), key=lambda c: (c.help_asked_at is None, c.since)))


def _under_way(deps: Deps) -> list[Contact]:
    found: list[tuple[str, Contact]] = []
    while len(found) < MOST_CALLS:
        page = deps.contacts.open(after=found[-1][0] if found else "", limit=PAGE)
        found += page
        if len(page) < PAGE:
            break
    return [contact for _, contact in found]


def _call(contact: Contact, names: dict[str, str]) -> FloorCall | None:
    work, wanted = contact.leader, contact.help_wanted
    if work is None:
        return None
    return FloorCall(
        contact.id,
        work.agent_id,
        names.get(work.agent_id, ""),
        work.queue,
        work.talk_at or work.accepted_at,
        contact.direction,
        contact.customer_on_hold,
        wanted.asked_at if wanted else None,
        wanted.note if wanted else "",
        tuple(_monitor(party) for party in contact.supervisors),
    )


def _monitor(party: Party) -> FloorMonitor:
    state = "joined" if party.is_joined else "ringing"
    return FloorMonitor(party.agent_id or "", party.name, party.mode or "", party.private, state)
