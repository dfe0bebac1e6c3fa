"""What every change of a contact's parties has in common: agents let go with it, legs that must end, and the hints."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from offhook.domain.ids import CallSid, ContactId, Instant
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import agent_transitions, party_transitions
from offhook.domain.routing.agent import Agent, AgentState
from offhook.domain.routing.contact import Contact, OfferEnd
from offhook.domain.routing.party import Party, PartyEnd
from offhook.domain.routing.transitions import Change
from offhook.domain.storage import Write
from offhook.usecases.deps import Deps
from offhook.usecases.routing.offers import away_after_missed


@dataclass(frozen=True, slots=True)
class Loose:
    """A change of a contact with what goes with it.

    agents: as stored afterwards; legs: to be ended after the commit.
    """

    change: Change[Contact]
    writes: tuple[Write, ...] = ()
    agents: tuple[Agent, ...] = ()
    legs: tuple[CallSid, ...] = ()

    def then(self, change: Change[Contact]) -> "Loose":
        """With a further change of the contact."""
        return replace(self, change=Change(change.entity, (*self.change.events, *change.events)))

    def commit(self, deps: Deps, before: Contact) -> Contact:
        """All of it in one commit; raises CommitConflict."""
        events = self.change.events
        deps.items.commit(*deps.contacts.writes(before, self.change.entity, events), *self.writes)
        return deps.contacts.next_version(before, self.change.entity)


def agent_let_go(deps: Deps, party: Party, end: OfferEnd, now: Instant) -> tuple[list[Write], list[Agent]]:
    """The writes that free the agent who is this party, and the agent afterwards; none when they are not held by it."""
    agent = deps.agents.get(party.agent_id) if party.agent_id else None
    if agent is None or agent.offer_id != party.id:
        return [], []
    if agent.state is AgentState.RESERVED:
        moved = agent_transitions.released(agent, end, now, away_after_missed(deps, party.queue, end))
    elif agent.state is AgentState.BUSY:
        moved = agent_transitions.work_finished(agent, now)
    else:
        return [], []
    writes = deps.agents.writes(agent, moved.entity, moved.events)
    return writes, [deps.agents.next_version(agent, moved.entity)]


def everybody_out(deps: Deps, change: Change[Contact], now: Instant, end: PartyEnd = PartyEnd.OVER) -> Loose:
    """The conversation is over: with the change, every party is out, their agents are free, their legs must end."""
    return these_out(deps, change, change.entity.live_parties, now, end)


def these_out(
    deps: Deps, change: Change[Contact], live: tuple[Party, ...], now: Instant, end: PartyEnd = PartyEnd.OVER
) -> Loose:
    """everybody_out for some of the live parties."""
    writes: list[Write] = []
    agents: list[Agent] = []
    for party in live:
        freed, moved = agent_let_go(deps, party, OfferEnd.CALLER_GONE, now)
        writes += freed
        agents += moved
    out = party_transitions.all_parties_ended(change.entity, end, now, live)
    events = (*change.events, *out.events)
    legs = tuple(party.call_sid for party in live if party.call_sid is not None)
    return Loose(Change(out.entity, events), tuple(writes), tuple(agents), legs)


def end_legs(deps: Deps, contact_id: ContactId, legs: Iterable[CallSid]) -> None:
    """Have the legs ended by a worker."""
    for leg in legs:
        deps.outgoing.send(Message(deps.tenant.id, Topic.CANCEL_RING, contact_id, leg))


def have_rung(deps: Deps, contact_id: ContactId, party: Party) -> None:
    """Have a party rung by a worker, and looked after when nobody answers."""
    deps.outgoing.send(Message(deps.tenant.id, Topic.RING, contact_id, party.id))
    left_s = (party.expires_at - deps.clock.now()) / 1000
    deps.outgoing.send(Message(deps.tenant.id, Topic.OFFER_DEADLINE, contact_id, party.id), delay_s=max(0.0, left_s))
