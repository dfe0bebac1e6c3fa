"""Brings the two sides together: called by whoever just made a contact wait or an agent free, after that commit.

Both sides commit their own row first and then read the other's list consistently, so at least one of them sees both.
The commit of an offer is one transaction over agent and contact; whoever loses looks again. An agent who finds a
contact before there is a row of theirs at all needs none: becoming free and being reserved are one commit.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from offhook.domain.ids import AgentId, ContactId, OfferId, ProfileId, QueueId
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import agent_transitions, transitions
from offhook.domain.routing.agent import Agent
from offhook.domain.routing.contact import Contact, ContactState, Offer, lease_until
from offhook.domain.routing.matching import best_agent_for, best_contact_for, ready_view, waiting_view
from offhook.domain.routing.matching_types import Match, WaitingContact
from offhook.domain.routing.queues import Queue, RoutingProfile
from offhook.domain.routing.transitions import Change
from offhook.domain.storage import CommitConflict, Write
from offhook.usecases.deps import Deps
from offhook.usecases.retry import ATTEMPTS, again_on_conflict

PAGE = 25

Queues = Mapping[QueueId, Queue]
Profiles = Mapping[ProfileId, RoutingProfile]


def match_contact(deps: Deps, contact: Contact) -> Contact:
    """Offer a waiting contact to the best ready agent, if any; returns the contact as it is afterwards."""
    for _ in range(ATTEMPTS):
        if contact.state is not ContactState.WAITING:
            return contact
        found = _best_agent(deps, contact)
        if found is None:
            return contact
        match, agent = found
        try:
            return _offer(deps, contact, _Free(agent, Change(agent)), match.reason)[0]
        except CommitConflict:
            contact = deps.contacts.get(contact.id) or contact
    deps.outgoing.send(Message(deps.tenant.id, Topic.MATCH_CONTACT, contact.id), delay_s=1)
    return contact


def match_agent(deps: Deps, agent: Agent) -> None:
    """Offer a ready agent the most urgent contact waiting, if any."""
    for _ in range(ATTEMPTS):
        if not agent.is_ready:
            return
        match = _best_contact(deps, agent)
        if match is None:
            return
        contact = deps.contacts.get(match.contact_id)
        try:
            if contact is not None and contact.state is ContactState.WAITING:
                _offer(deps, contact, _Free(agent, Change(agent)), match.reason)
                return
        except CommitConflict:
            pass
        agent = deps.agents.get(agent.id) or agent
    deps.outgoing.send(Message(deps.tenant.id, Topic.MATCH_AGENT, agent.id), delay_s=1)


def become_free(deps: Deps, stored: Agent | None, change: Change[Agent], beside: Sequence[Write] = ()) -> Agent:
    """Commit a change that may make the agent ready, with the offer of a contact where one is waiting already.

    An agent who finds none has a row of their own from then on and must look again: match_agent, after this.
    beside: what else is part of the change. Raises CommitConflict.
    """
    match = _best_contact(deps, change.entity) if change.entity.is_ready else None
    own = stored.contact_id if stored else None
    contact = deps.contacts.get(match.contact_id) if match and match.contact_id != own else None
    if match is not None and contact is not None and contact.state is ContactState.WAITING:
        with suppress(CommitConflict):
            return _offer(deps, contact, _Free(stored, change, beside), match.reason)[1]
    if change.entity != stored or change.events or beside:
        deps.items.commit(*deps.agents.writes(stored, change.entity, change.events), *beside)
        return deps.agents.next_version(stored, change.entity)
    return change.entity


def match_agent_id(deps: Deps, agent_id: AgentId) -> None:
    """match_agent for whoever has the id only."""
    agent = deps.agents.get(agent_id)
    if agent is not None:
        match_agent(deps, agent)


def match_contact_id(deps: Deps, contact_id: ContactId) -> None:
    """match_contact for whoever has the id only."""
    contact = deps.contacts.get(contact_id)
    if contact is not None:
        match_contact(deps, _widened(deps, contact))


def _widened(deps: Deps, contact: Contact) -> Contact:
    from offhook.usecases.routing.overflowing import widened

    return again_on_conflict(lambda: widened(deps, deps.contacts.get(contact.id) or contact))


def offer_to(deps: Deps, contact: Contact, agent: Agent, reason: str) -> Contact:
    """Offer a waiting contact to this very agent, who is available; raises CommitConflict when somebody was faster."""
    return _offer(deps, contact, _Free(agent, Change(agent)), reason)[0]


def routing_config(deps: Deps) -> tuple[Queues, Profiles]:
    """The tenant's queues and routing profiles by id."""
    return (
        {q.id: q for q in deps.config.list(Queue)},
        {p.id: p for p in deps.config.list(RoutingProfile)},
    )


def _best_agent(deps: Deps, contact: Contact) -> tuple[Match, Agent] | None:
    queues, profiles = routing_config(deps)
    view = waiting_view(contact)
    lines = {view.queue, *view.also}
    serving = [p.id for p in profiles.values() if not lines.isdisjoint(p.queues)]
    for agents in ready_pages(deps, serving):
        match = best_agent_for(view, [ready_view(a) for a in agents.values()], queues, profiles, deps.clock.now())
        if match is not None:
            return match, agents[match.agent_id]
    return None


def ready_pages(deps: Deps, profiles: list[ProfileId]) -> Iterator[dict[AgentId, Agent]]:
    """Ready agents of the profiles, the longest idle of each first, page by page until the lists end."""
    after: dict[ProfileId, str] = dict.fromkeys(profiles, "")
    while after:
        page: dict[AgentId, Agent] = {}
        for profile, last in list(after.items()):
            rows = deps.agents.ready(profile, PAGE, last)
            page.update((agent.id, agent) for _, agent in rows)
            if len(rows) < PAGE:
                del after[profile]
            else:
                after[profile] = rows[-1][0]
        if page:
            yield page


def _best_contact(deps: Deps, agent: Agent) -> Match | None:
    queues, profiles = routing_config(deps)
    profile = profiles.get(agent.profile_id)
    if profile is None:
        return None
    for contacts in _waiting_pages(deps, list(profile.queues)):
        match = best_contact_for(ready_view(agent), contacts, queues, profiles, deps.clock.now())
        if match is not None:
            return match
    return None


def _waiting_pages(deps: Deps, queues: list[QueueId]) -> Iterator[list[WaitingContact]]:
    """Waiting contacts of the queues, the next of each first, page by page until the lists end."""
    after: dict[QueueId, str] = dict.fromkeys(queues, "")
    while after:
        page: list[WaitingContact] = []
        for queue, last in list(after.items()):
            rows = deps.contacts.waiting(queue, PAGE, last)
            page += [contact for _, contact in rows]
            if len(rows) < PAGE:
                del after[queue]
            else:
                after[queue] = rows[-1][0]
        if page:
            yield page


@dataclass(frozen=True, slots=True)
class _Free:
    """An agent to be reserved: as stored, and the change that makes them ready, if it is to be part of the commit."""

    stored: Agent | None
    change: Change[Agent]
    beside: Sequence[Write] = ()


def _offer(deps: Deps, contact: Contact, free: _Free, reason: str) -> tuple[Contact, Agent]:
    """Reserve the agent for the contact in one transaction, then have the agent rung."""
    now, agent = deps.clock.now(), free.change.entity
    assert contact.visit is not None
    queue = deps.config.get(Queue, contact.visit.queue)
    offer = Offer(
        OfferId(deps.ids.new("o")),
        agent.id,
        now,
        lease_until(now, queue.offer_s),
        reason,
        agent.endpoint,
        queue.offer_s,
    )
    made = transitions.offer_made(contact, offer)
    reserved = agent_transitions.reserved(agent, contact.id, offer.id, now)
    deps.items.commit(
        *deps.contacts.writes(contact, made.entity, made.events),
        *deps.agents.writes(free.stored, reserved.entity, (*free.change.events, *reserved.events)),
        *free.beside,
    )
    deps.outgoing.send(Message(deps.tenant.id, Topic.RING, contact.id, offer.id))
    deps.outgoing.send(
        Message(deps.tenant.id, Topic.OFFER_DEADLINE, contact.id, offer.id), delay_s=(offer.expires_at - now) / 1000
    )
    return deps.contacts.next_version(contact, made.entity), deps.agents.next_version(free.stored, reserved.entity)
