"""Calls that an agent places: the agent's own device first, then the customer, into the same room."""

from dataclasses import dataclass

from offhook.domain.errors import Conflict, InvalidInput
from offhook.domain.ids import AgentId, CallSid, ContactId, FlowId, OfferId, QueueId
from offhook.domain.numbers.emergency import is_emergency
from offhook.domain.routing import agent_transitions, contact_facts, party_transitions
from offhook.domain.routing.agent import Agent, AgentState
from offhook.domain.routing.contact import Contact, ContactState, Direction, FlowPosition, lease_until
from offhook.domain.routing.party import Party, PartyKind, PartyRole
from offhook.domain.routing.queues import Queue, RoutingProfile
from offhook.domain.routing.transitions import Change
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing import outward, targets
from offhook.usecases.routing.call_limit import take_place
from offhook.usecases.routing.parties import Loose, have_rung

FREE = (AgentState.AVAILABLE, AgentState.AWAY)


@dataclass(frozen=True, slots=True)
class _Call:
    """What is to be placed. place: of the calls at once that the plan allows."""

    id: ContactId
    number: str
    queue: QueueId
    shown: str
    place: int


def dial(deps: Deps, agent_id: AgentId, number: str, *, queue_id: str = "", caller_id: str = "") -> Contact:
    """Ring the agent, then the number. queue_id: on whose behalf ("" = the first queue of the agent's profile).

    Raises what outward.check raises, NotFound without such a queue, Conflict when the agent is at work, CallsAtLimit.
    """
    queue = _queue(deps, agent_id, queue_id)
    shown = outward.caller_id_for(deps, number, caller_id)
    _free(deps, agent_id)
    outward.check(deps, number)
    contact_id = ContactId(deps.ids.new("c"))
    place = 0 if is_emergency(number) else take_place(deps, contact_id)
    call = _Call(contact_id, number, queue, shown, place)
    contact, party = again_on_conflict(lambda: _begin(deps, agent_id, call))
    have_rung(deps, contact.id, party)
    return contact


def agent_is_there(deps: Deps, contact: Contact, party: Party) -> Change[Contact]:
    """The agent is on the line: the call is theirs, and the customer is to be rung, in the same commit."""
    now = deps.clock.now()
    assert party.queue is not None
    ready = party_transitions.agent_ready(contact, party.id, now, party.queue)
    customer = targets.outside(
        deps, contact.customer_number, PartyRole.DIALLED, party.agent_id, PartyKind.CUSTOMER, contact.called_number
    )
    invited = party_transitions.invited(ready.entity, customer, now)
    return Change(invited.entity, (*ready.events, *invited.events))


def _begin(deps: Deps, agent_id: AgentId, call: _Call) -> tuple[Contact, Party]:
    agent, now = _free(deps, agent_id), deps.clock.now()
    customer = deps.customers.by_number(call.number)
    contact = Contact(
        id=call.id,
        tenant_id=deps.tenant.id,
        version=0,
        state=ContactState.DIALLING,
        started_at=now,
        call_sid=CallSid(""),
        customer_number=call.number,
        called_number=call.shown,
        language=(customer.language if customer else "") or deps.tenant.language,
        flow=FlowPosition(FlowId(""), 0, ""),
        customer_id=customer.id if customer else None,
        customer_name=customer.name if customer else "",
        tier=customer.tier if customer else "",
        tags=customer.tags if customer else (),
        direction=Direction.OUTBOUND,
        place=call.place,
    )
    party = Party(
        OfferId(deps.ids.new("o")), PartyKind.AGENT, PartyRole.PLACES, agent.endpoint, now,
        lease_until(now, targets.RING_S), targets.RING_S, caller_id=call.shown, name=agent.name,
        agent_id=agent.id, queue=call.queue,
    )  # fmt: skip
    invited = party_transitions.invited(contact, party, now)
    reserved = agent_transitions.dials(agent, contact.id, party.id, now)
    loose = Loose(
        Change(invited.entity, (contact_facts.started(contact), *invited.events)),
        tuple(deps.agents.writes(agent, reserved.entity, reserved.events)),
    )
    return loose.commit(deps, contact), party


def _free(deps: Deps, agent_id: AgentId) -> Agent:
    agent = deps.agents.get(agent_id)
    if agent is None or agent.state is AgentState.OFFLINE:
        raise Conflict("sign_in_first")
    if agent.state not in FREE:
        raise Conflict("you_are", state=agent.state)
    return agent


def _queue(deps: Deps, agent_id: AgentId, queue_id: str) -> QueueId:
    if queue_id:
        return deps.config.get(Queue, queue_id).id
    agent = deps.agents.get(agent_id)
    profile = deps.config.find(RoutingProfile, agent.profile_id) if agent else None
    if profile is None:
        raise InvalidInput("queue_missing", field="$.queue_id")
    return profile.queues[0]
