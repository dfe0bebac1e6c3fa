"""What a supervisor changes on the live floor: an agent's state, wrap-up and queues, a call's end, a queue's opening.

All raise NotFound for what is nowhere or out of the supervisor's scope.
"""

from dataclasses import replace

from offhook.domain.errors import Conflict, IllegalTransition, InvalidInput, NotFound
from offhook.domain.ids import AgentId, ContactId, Instant, ProfileId, QueueId
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import agent_transitions
from offhook.domain.routing.agent import Agent, AgentState
from offhook.domain.routing.contact import Contact, ContactState
from offhook.domain.routing.queues import AgentConfig, Queue, RoutingProfile
from offhook.domain.tenants.scope import Scope
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing import leaving, presence, wrap_up
from offhook.usecases.routing.match import become_free, match_agent
from offhook.usecases.routing.supervise import seen

NO_AGENT = "This agent is not signed in."
ENDED_BY_SUPERVISOR = "ended_by_supervisor"


def set_state(deps: Deps, scope: Scope, agent_id: AgentId, state: AgentState, reason: str) -> Agent:
    """Available, away (with a reason) or offline: at once when free, after the present contact otherwise."""
    scope.require_agent(agent_id, NO_AGENT)
    return presence.choose_state(deps, agent_id, state, reason)


def end_wrap_up(deps: Deps, scope: Scope, agent_id: AgentId) -> Agent:
    """The agent is done with the contact, noted or not."""
    scope.require_agent(agent_id, NO_AGENT)
    agent = _here(deps, agent_id)
    if agent.state is not AgentState.WRAP_UP:
        raise IllegalTransition("wrap_up_not")
    return wrap_up.end_now(deps, agent_id)


def move(deps: Deps, scope: Scope, agent_id: AgentId, profile_id: ProfileId) -> Agent:
    """The agent serves another profile's queues from the next contact on, until they sign out."""
    scope.require_agent(agent_id, NO_AGENT)
    profile = deps.config.find(RoutingProfile, profile_id)
    if profile is None:
        raise NotFound("There is no such profile.")
    if any(not scope.may_see_queue(queue) for queue in profile.queues):
        raise NotFound("There is no such profile.")
    return _moved(deps, agent_id, profile.id, profile.id)


def move_back(deps: Deps, scope: Scope, agent_id: AgentId) -> Agent:
    """The agent serves the queues of the configured profile again."""
    scope.require_agent(agent_id, NO_AGENT)
    config = deps.config.find(AgentConfig, agent_id)
    if config is None:
        raise NotFound(NO_AGENT)
    return _moved(deps, agent_id, config.profile_id, None)


def end_call(deps: Deps, scope: Scope, contact_id: ContactId) -> Contact:
    """The conversation and the customer's call are over; the agent wraps up. Conflict: nobody talks with them."""
    contact = seen(deps, contact_id, scope)
    if contact.state is not ContactState.CONNECTED or contact.awaits_customer:
        raise Conflict("agent_not_here")
    ended = leaving.customer_left(deps, contact_id, ENDED_BY_SUPERVISOR)
    deps.outgoing.send(Message(deps.tenant.id, Topic.CANCEL_RING, contact_id, contact.call_sid))
    leaving.end_room(deps, contact)
    return ended or contact


def switch_queue(deps: Deps, scope: Scope, queue_id: QueueId, *, closed: bool, until: Instant | None = None) -> Queue:
    """Close a queue now, until then or (None) until it is opened, or open it; its hours hold as well."""
    if not scope.may_see_queue(queue_id):
        raise NotFound("There is no queue with this id.")
    if until is not None and (not closed or until <= deps.clock.now()):
        raise InvalidInput("closed_until", field="$.until")

    queue = deps.config.get(Queue, queue_id)
    after = replace(queue, closed=closed, closed_until=until if closed else None)
    return queue if after == queue else deps.config.change(after)


def _moved(deps: Deps, agent_id: AgentId, profile: ProfileId, lent: ProfileId | None) -> Agent:
    def attempt() -> Agent:
        agent = _here(deps, agent_id)
        return become_free(deps, agent, agent_transitions.moved(agent, profile, lent, deps.clock.now()))

    agent = again_on_conflict(attempt)
    match_agent(deps, agent)
    return agent


def _here(deps: Deps, agent_id: AgentId) -> Agent:
    agent = deps.agents.get(agent_id)
    if agent is None or agent.state is AgentState.OFFLINE:
        raise NotFound(NO_AGENT)
    return agent
