"""Agents sign in, choose what they do, keep their heartbeat and sign out; presence is a lease."""

from collections.abc import Callable

from offhook.domain.errors import InvalidInput, NotFound
from offhook.domain.ids import SECOND, AgentId
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import agent_transitions
from offhook.domain.routing.agent import Agent, AgentState, Endpoint
from offhook.domain.routing.contact import OfferEnd
from offhook.domain.routing.queues import AgentConfig
from offhook.domain.routing.transitions import Change
from offhook.stores.agents import Heartbeat
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing.match import become_free, match_agent
from offhook.usecases.routing.offers import end_offer
from offhook.usecases.routing.wrap_up import limit_reached

BEAT_MS = 11 * SECOND  # how often a desk says that it is there
LEASE_MS = 20 * SECOND  # a desk not heard of for so long is gone
LOOK_MS = 23 * SECOND  # a check looks so long after the last heartbeat, at most: just after the second next is due


def sign_in(
    deps: Deps, agent_id: AgentId, *, endpoint: Endpoint | None = None, state: AgentState = AgentState.AVAILABLE
) -> Agent:
    """Begin a session with the configured skills and profile; returns the presence with its session id."""
    config = deps.config.get(AgentConfig, agent_id)
    session = deps.ids.new("s")
    now = deps.clock.now()
    deps.agents.beat(agent_id, session, now)

    def attempt() -> Agent:
        old = deps.agents.get(agent_id)
        here = _configured(deps, config, old)
        change = agent_transitions.signed_in(here, session, endpoint or config.endpoint, state, now)
        return become_free(deps, old, change)

    agent = again_on_conflict(attempt)
    deps.outgoing.send(Message(deps.tenant.id, Topic.PRESENCE, agent_id, session), delay_s=LOOK_MS / 1000)
    match_agent(deps, agent)
    return agent


def choose_state(deps: Deps, agent_id: AgentId, state: AgentState, reason: str = "") -> Agent:
    """Available, away (with a reason) or offline; during a contact it is what comes afterwards."""
    if state is AgentState.AWAY and not reason:
        raise InvalidInput("away_reason", field="reason")

    def attempt() -> Agent:
        old = _present(deps, agent_id)
        return become_free(deps, old, agent_transitions.state_chosen(old, state, reason, deps.clock.now()))

    agent = again_on_conflict(attempt)
    match_agent(deps, agent)
    return agent


def heartbeat(deps: Deps, agent_id: AgentId, session_id: str) -> None:
    """The agent's device is there."""
    deps.agents.beat(agent_id, session_id, deps.clock.now())


def sign_out(deps: Deps, agent_id: AgentId) -> Agent:
    """Offline now, or after the present contact."""
    return _change(deps, agent_id, lambda a: agent_transitions.presence_ended(a, "signed_out", deps.clock.now()))


def check_presence(deps: Deps, agent_id: AgentId, session_id: str) -> None:
    """The lease of a session may have run out; looks again while heartbeats come, whose-ever session it is by then."""
    age_ms = _age_ms(deps, deps.agents.glimpsed_beat(agent_id, session_id))
    if age_ms >= LEASE_MS:
        age_ms = _age_ms(deps, deps.agents.last_beat(agent_id, session_id))
    if age_ms < LEASE_MS:
        look_s = (LOOK_MS - age_ms) // SECOND  # delays are whole seconds, and would be rounded up
        deps.outgoing.send(Message(deps.tenant.id, Topic.PRESENCE, agent_id, session_id), delay_s=look_s)
        return
    agent = deps.agents.get(agent_id)
    if agent is None or agent.state is AgentState.OFFLINE or agent.session_id != session_id:
        return
    lose_presence(deps, agent)


def _age_ms(deps: Deps, beat: Heartbeat | None) -> int:
    return deps.clock.now() - beat.at if beat else LEASE_MS


def lease_left_ms(deps: Deps, agent: Agent) -> int:
    """How long the agent's presence still holds without a further heartbeat; 0 or less: it is over."""
    beat = deps.agents.last_beat(agent.id, agent.session_id)
    return (beat.at if beat else agent.state_since) + LEASE_MS - deps.clock.now()


def lose_presence(deps: Deps, agent: Agent) -> None:
    """No heartbeat: offline; a ringing offer goes on to another agent, a conversation is left to its legs."""
    if agent.state is AgentState.RESERVED and agent.contact_id and agent.offer_id:
        end_offer(deps, agent.contact_id, agent.offer_id, OfferEnd.DEVICE_LOST)
    after = _change(deps, agent.id, lambda a: agent_transitions.presence_ended(a, "heartbeat_lost", deps.clock.now()))
    if after.state is AgentState.WRAP_UP and after.contact_id is not None:
        limit_reached(deps, after.id, after.contact_id)


def _configured(deps: Deps, config: AgentConfig, old: Agent | None) -> Agent:
    """The presence with the profile, name and skills of the configuration, its state kept."""
    now = deps.clock.now()
    base = old or Agent(
        config.id, deps.tenant.id, 0, config.name, AgentState.OFFLINE, now, config.profile_id, config.endpoint
    )
    return agent_transitions.configured(base, config.name, config.profile_id, config.skills, config.capacity)


def _change(deps: Deps, agent_id: AgentId, decide: Callable[[Agent], Change[Agent]]) -> Agent:
    def attempt() -> Agent:
        agent = _present(deps, agent_id)
        change = decide(agent)
        return deps.agents.save(agent, change.entity, change.events)

    return again_on_conflict(attempt)


def _present(deps: Deps, agent_id: AgentId) -> Agent:
    agent = deps.agents.get(agent_id)
    if agent is None:
        raise NotFound("This agent is not signed in.")
    return agent
