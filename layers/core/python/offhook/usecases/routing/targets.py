"""Who can be rung into a call: an agent who is free, the best free agent of a queue, or an outside number."""

from dataclasses import dataclass, replace
from enum import StrEnum

from offhook.domain.errors import Conflict, InvalidInput, NotFound
from offhook.domain.ids import AgentId, OfferId, QueueId
from offhook.domain.routing import agent_transitions
from offhook.domain.routing.agent import Agent, Endpoint, EndpointKind
from offhook.domain.routing.contact import Contact, lease_until
from offhook.domain.routing.matching import best_agent_for, ready_view
from offhook.domain.routing.matching_types import WaitingContact
from offhook.domain.routing.party import Party, PartyKind, PartyRole
from offhook.domain.routing.queues import Queue
from offhook.domain.storage import Write
from offhook.usecases.deps import Deps
from offhook.usecases.routing.match import ready_pages, routing_config

RING_S = 20.0
NUMBER_RING_S = 30.0


class TargetKind(StrEnum):
    """What a call can go to."""

    AGENT = "agent"
    QUEUE = "queue"
    NUMBER = "number"


@dataclass(frozen=True)
class Target:
    """kind, and the id of the agent or queue, or the number in E.164."""

    kind: TargetKind
    id: str


class TargetUnavailable(Conflict):
    """Nobody who was asked for is free now."""

    code = "target_unavailable"


@dataclass(frozen=True, slots=True)
class Found:
    """Who is to be rung, and the writes that reserve them."""

    party: Party
    writes: tuple[Write, ...] = ()


def find(deps: Deps, contact: Contact, target: Target, role: PartyRole, by: AgentId | None) -> Found:
    """The party for the target, with its reservation.

    Raises NotFound without such an agent or queue, TargetUnavailable when nobody is free, and for a number what
    `dialling.check_number` raises.
    """
    if not target.id:
        raise InvalidInput("target_missing", field="$.to.id")
    if target.kind is TargetKind.NUMBER:
        return Found(_number(deps, target.id, role, by))
    if target.kind is TargetKind.QUEUE:
        queue = deps.config.get(Queue, target.id)
        found = _of_queue(deps, contact, queue.id, role, by, ())
        if found is None:
            raise TargetUnavailable("nobody_free")
        return found
    agent = deps.agents.get(AgentId(target.id))
    if agent is None:
        raise NotFound("There is no such agent.")
    if not agent.is_ready:
        raise TargetUnavailable("target_not_free")
    return reserved(deps, contact, agent, role, by)


def next_of_queue(deps: Deps, contact: Contact, before: Party) -> Found | None:
    """The next free agent of the queue that was asked for; None when all who are free were tried."""
    tried = (*before.tried, before.agent_id) if before.agent_id else before.tried
    assert before.queue is not None
    return _of_queue(deps, contact, before.queue, before.role, before.invited_by, tried)


def reserved(deps: Deps, contact: Contact, agent: Agent, role: PartyRole, by: AgentId | None) -> Found:
    """The agent as a party, reserved for it; raises IllegalTransition when they are not free."""
    now = deps.clock.now()
    party = Party(
        OfferId(deps.ids.new("o")), PartyKind.AGENT, role, agent.endpoint, now, lease_until(now, RING_S), RING_S,
        name=agent.name, agent_id=agent.id, invited_by=by,
    )  # fmt: skip
    change = agent_transitions.reserved(agent, contact.id, party.id, now)
    return Found(party, tuple(deps.agents.writes(agent, change.entity, change.events)))


def outside(deps: Deps, number: str, role: PartyRole, by: AgentId | None, kind: PartyKind, caller_id: str) -> Party:
    """An outside number as a party."""
    now = deps.clock.now()
    return Party(
        OfferId(deps.ids.new("o")), kind, role, Endpoint(EndpointKind.PHONE, number), now,
        lease_until(now, NUMBER_RING_S), NUMBER_RING_S, caller_id=caller_id, name=number, invited_by=by,
    )  # fmt: skip


def _number(deps: Deps, number: str, role: PartyRole, by: AgentId | None) -> Party:
    from offhook.usecases.routing import outward

    outward.check(deps, number, "$.to.id")
    return outside(deps, number, role, by, PartyKind.NUMBER, outward.caller_id_for(deps, number))


def _of_queue(
    deps: Deps, contact: Contact, queue: QueueId, role: PartyRole, by: AgentId | None, tried: tuple[AgentId, ...]
) -> Found | None:
    queues, profiles = routing_config(deps)
    now = deps.clock.now()
    view = WaitingContact(contact.id, queue, enqueued_at=now)
    for agents in ready_pages(deps, [p.id for p in profiles.values() if queue in p.queues]):
        ready = [ready_view(agent) for agent in agents.values() if agent.id not in tried]
        match = best_agent_for(view, ready, queues, profiles, now)
        if match is not None:
            found = reserved(deps, contact, agents[match.agent_id], role, by)
            return replace(found, party=replace(found.party, queue=queue, tried=tried))
    return None
