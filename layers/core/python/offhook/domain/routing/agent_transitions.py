"""Every legal move of an agent's presence, what it changes and what it records."""

from collections.abc import Mapping
from dataclasses import replace

from offhook.domain.errors import IllegalTransition
from offhook.domain.events import AgentStateChanged
from offhook.domain.ids import ContactId, Instant, OfferId, ProfileId
from offhook.domain.routing.agent import ANY_WORK, Agent, AgentState, Capacity, Endpoint
from offhook.domain.routing.contact import OfferEnd
from offhook.domain.routing.transitions import Change
from offhook.domain.supervision_events import AgentMoved

_A = AgentState
LATEST_RATINGS = 20
AWAY_AFTER_MISSED = 1  # unless the queue says otherwise

AGENT_MOVES: Mapping[AgentState, frozenset[AgentState]] = {
    _A.OFFLINE: frozenset({_A.OFFLINE, _A.AWAY, _A.AVAILABLE}),
    _A.AWAY: frozenset({_A.AWAY, _A.AVAILABLE, _A.OFFLINE, _A.RESERVED}),
    _A.AVAILABLE: frozenset({_A.AWAY, _A.OFFLINE, _A.RESERVED, _A.AVAILABLE}),
    _A.RESERVED: frozenset({_A.AVAILABLE, _A.AWAY, _A.OFFLINE, _A.BUSY}),
    _A.BUSY: frozenset({_A.WRAP_UP, _A.AVAILABLE, _A.AWAY, _A.OFFLINE}),
    _A.WRAP_UP: frozenset({_A.AVAILABLE, _A.AWAY, _A.OFFLINE}),
}
CHOOSABLE = frozenset({_A.AVAILABLE, _A.AWAY, _A.OFFLINE})
AT_WORK = frozenset({_A.RESERVED, _A.BUSY, _A.WRAP_UP})
# The state an agent comes to when an offer ends otherwise than by acceptance, and the reason shown.
AFTER_OFFER: Mapping[OfferEnd, tuple[AgentState, str]] = {
    OfferEnd.DECLINED: (_A.AVAILABLE, ""),
    OfferEnd.CALLER_GONE: (_A.AVAILABLE, ""),
    OfferEnd.CARRIER_FAILED: (_A.AVAILABLE, ""),
    OfferEnd.NO_ANSWER: (_A.AWAY, "no_answer"),
    OfferEnd.BUSY: (_A.AWAY, "device_busy"),
    OfferEnd.UNREACHABLE: (_A.AWAY, "device_unreachable"),
    OfferEnd.DEVICE_LOST: (_A.OFFLINE, "device_lost"),
}
# Offers that end without any doing of the agent keep the agent's place among the idle.
BLAMELESS = frozenset({OfferEnd.CALLER_GONE, OfferEnd.CARRIER_FAILED})


def state_chosen(agent: Agent, state: AgentState, reason: str, now: Instant) -> Change[Agent]:
    """The agent (or a supervisor) chose a state: at once when free, after the present contact otherwise."""
    _require_choosable(state)
    if agent.state is _A.OFFLINE and state is not _A.OFFLINE:
        raise IllegalTransition("agent_offline", field="state")
    agent = _attentive(agent)
    if agent.state in AT_WORK:
        return Change(replace(agent, next_state=state, next_reason=reason))
    if agent.state is state and agent.reason == reason:
        return Change(agent)
    return _to(agent, state, now, reason=reason)


def rated(agent: Agent, score: float) -> Agent:
    """The agent with one more survey score, 0-100, in the mean of about the last LATEST_RATINGS."""
    so_far = agent.rated + 1
    before = score if agent.csat is None else agent.csat
    mean = before + (score - before) / min(so_far, LATEST_RATINGS)
    return replace(agent, csat=round(mean, 2), rated=so_far)


def configured(
    agent: Agent, name: str, profile: ProfileId, skills: dict[str, int], capacity: Capacity = ANY_WORK
) -> Agent:
    """The presence with what the tenant configured; no fact of its own, it shows with the next change."""
    lent = agent.lent_profile if agent.state is not _A.OFFLINE else None
    return replace(agent, name=name, profile_id=lent or profile, skills=skills, capacity=capacity, lent_profile=lent)


def moved(agent: Agent, profile: ProfileId, lent: ProfileId | None, now: Instant) -> Change[Agent]:
    """The agent serves another profile's queues from the next contact on; lent None: those of their own again."""
    after = replace(agent, profile_id=profile, lent_profile=lent)
    if after == agent:
        return Change(agent)
    fact = AgentMoved(
        at=now,
        contact_id=agent.contact_id or "",
        agent_id=agent.id,
        from_profile=agent.profile_id,
        to_profile=profile,
        lent=lent is not None,
    )
    return Change(after, (fact,))


def signed_in(agent: Agent, session_id: str, endpoint: Endpoint, state: AgentState, now: Instant) -> Change[Agent]:
    """The agent signs in (again): a new session replaces the old one; the state comes after work under way."""
    _require_choosable(state)
    here = replace(_attentive(agent), session_id=session_id, endpoint=endpoint)
    if agent.state in AT_WORK:
        return Change(replace(here, next_state=state, next_reason=""))
    return Change(here) if agent.state is state else _to(here, state, now)


def presence_ended(agent: Agent, reason: str, now: Instant) -> Change[Agent]:
    """Sign-out or no heartbeat: offline at once when free, after the present contact otherwise."""
    if agent.state in AT_WORK:
        return Change(replace(agent, next_state=_A.OFFLINE, next_reason=reason))
    if agent.state is _A.OFFLINE:
        return Change(agent)
    return _to(agent, _A.OFFLINE, now, reason=reason)


def reserved(agent: Agent, contact: ContactId, offer: OfferId, now: Instant) -> Change[Agent]:
    """The agent is offered a contact."""
    _require(agent, _A.AVAILABLE)
    return _to(agent, _A.RESERVED, now, contact_id=contact, offer_id=offer)


def dials(agent: Agent, contact: ContactId, offer: OfferId, now: Instant) -> Change[Agent]:
    """The agent places a call; afterwards they are what they were before: available, or away for the same reason."""
    _require(agent, _A.AVAILABLE, _A.AWAY)
    before, reason = agent.state, agent.reason if agent.state is _A.AWAY else ""
    change = _to(agent, _A.RESERVED, now, contact_id=contact, offer_id=offer)
    return Change(replace(change.entity, next_state=before, next_reason=reason), change.events)


def released(agent: Agent, end: OfferEnd, now: Instant, away_after: int = AWAY_AFTER_MISSED) -> Change[Agent]:
    """The offer came to nothing. away_after: missed calls in a row from which on the agent is away, 0 = never."""
    _require(agent, _A.RESERVED)
    state, reason = AFTER_OFFER[end]
    missed = agent.missed + (end is OfferEnd.NO_ANSWER)
    if end is OfferEnd.NO_ANSWER and not 0 < away_after <= missed:
        state, reason = _A.AVAILABLE, ""
    if agent.next_state is not _A.AVAILABLE and state is not _A.OFFLINE:
        state, reason = agent.next_state, agent.next_reason
    change = _to(agent, state, now, reason=reason)
    kept = agent.idle_since if end in BLAMELESS else now
    rests = agent.contact_id if end is OfferEnd.NO_ANSWER and state is _A.AVAILABLE else None
    after = replace(change.entity, idle_since=kept, came_by=end.value, missed=missed, missed_contact=rests)
    return Change(after, change.events)


def claimed(agent: Agent, now: Instant) -> Change[Agent]:
    """The agent accepted the offer."""
    return _to(_attentive(agent), _A.BUSY, now, contact_id=agent.contact_id, offer_id=agent.offer_id)


def wrap_up_began(agent: Agent, until: Instant | None, now: Instant) -> Change[Agent]:
    """The conversation is over; until None: no wrap-up, on to the next state."""
    if agent.state is not _A.BUSY:
        return Change(agent)
    if until is None:
        return work_finished(agent, now)
    change = _to(agent, _A.WRAP_UP, now, contact_id=agent.contact_id, offer_id=agent.offer_id)
    return Change(replace(change.entity, wrap_up_until=until), change.events)


def wrap_up_extended(agent: Agent, until: Instant) -> Change[Agent]:
    """The agent has longer for after-contact work; the contact records it."""
    _require(agent, _A.WRAP_UP)
    return Change(replace(agent, wrap_up_until=until))


def leg_lost(agent: Agent, now: Instant) -> Change[Agent]:
    """The agent's device broke off a conversation: away until the agent says otherwise."""
    _require(agent, _A.BUSY)
    if agent.next_state is _A.AVAILABLE:
        return _to(agent, _A.AWAY, now, reason="device_lost")
    return work_finished(agent, now)


def work_finished(agent: Agent, now: Instant) -> Change[Agent]:
    """The agent's work on the contact is done: on to the chosen next state."""
    _require(agent, _A.BUSY, _A.WRAP_UP)
    return _to(agent, agent.next_state, now, reason=agent.next_reason)


def _attentive(agent: Agent) -> Agent:
    """Showed that they are there: what they missed before counts no longer."""
    return replace(agent, missed=0, missed_contact=None)


def _require_choosable(state: AgentState) -> None:
    if state not in CHOOSABLE:
        raise IllegalTransition("state_not_chosen", field="state", state=state)


def _require(agent: Agent, *states: AgentState) -> None:
    if agent.state not in states:
        raise IllegalTransition("agent_is", field="state", state=agent.state)


def _to(
    agent: Agent,
    state: AgentState,
    now: Instant,
    *,
    reason: str = "",
    contact_id: ContactId | None = None,
    offer_id: OfferId | None = None,
) -> Change[Agent]:
    if state not in AGENT_MOVES[agent.state]:
        raise IllegalTransition("agent_cannot_become", field="state", state=agent.state, next=state)
    free = state in CHOOSABLE
    after = replace(
        agent,
        state=state,
        state_since=now,
        reason=reason,
        contact_id=contact_id,
        offer_id=offer_id,
        wrap_up_until=None,
        came_by="",
        missed_contact=None,
        next_state=_A.AVAILABLE if free else agent.next_state,
        next_reason="" if free else agent.next_reason,
        idle_since=now if state is _A.AVAILABLE else agent.idle_since,
    )
    fact = AgentStateChanged(
        at=now,
        contact_id=contact_id or agent.contact_id or "",
        agent_id=agent.id,
        from_state=agent.state,
        to_state=state,
        reason=reason,
        from_reason=agent.reason,
        since_at=agent.state_since,
        lasted_s=(now - agent.state_since) / 1000,
    )
    return Change(after, (fact,))
