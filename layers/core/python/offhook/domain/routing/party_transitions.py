"""Every change of who is in a contact's room: invited, joined, held, out, and leading the conversation."""

from dataclasses import replace

from offhook.domain import events as ev
from offhook.domain.errors import IllegalTransition
from offhook.domain.ids import AgentId, CallSid, Instant, OfferId, QueueId
from offhook.domain.party_events import CallTransferred
from offhook.domain.routing import party_facts, transitions
from offhook.domain.routing.contact import Assignment, Contact, ContactState, QueueVisit
from offhook.domain.routing.contact_parts import party_of, require, talking_of, with_party
from offhook.domain.routing.party import Party, PartyEnd, PartyKind, PartyRole
from offhook.domain.routing.transitions import Change

CUSTOMER, EVERYONE = "customer", "everyone"
FRONT = 999  # the priority of a customer who was in conversation already
LIVE_LIMIT = 8
EVER_LIMIT = 24


def invited(contact: Contact, party: Party, now: Instant) -> Change[Contact]:
    """Somebody is rung into the conversation; the customer is on hold while an agent consults."""
    require(contact, ContactState.CONNECTED, ContactState.DIALLING)
    if len(_own(contact.live_parties)) >= LIVE_LIMIT or len(_own(contact.parties)) >= EVER_LIMIT:
        raise IllegalTransition("call_full")
    facts: tuple[ev.Event, ...] = (party_facts.invited(contact, party),)
    if party.role is PartyRole.CONSULT and not contact.customer_on_hold:
        held = transitions.held(contact, now)
        contact, facts, party = held.entity, (*facts, *held.events), replace(party, held_customer=True)
    return Change(replace(with_party(contact, party), unsettled=True), facts)


def joined(contact: Contact, party_id: OfferId, sid: CallSid, now: Instant) -> Change[Contact]:
    """A party answered. Repeated: nothing; raises IllegalTransition when they are out."""
    party = _live(contact, party_id)
    if party.joined_at is not None:
        return Change(contact)
    here = replace(party, joined_at=now, call_sid=sid)
    after = replace(with_party(contact, here), unsettled=True)
    return Change(after, (party_facts.joined(contact, here, now),))


def leads(contact: Contact, party_id: OfferId, now: Instant, *, warm: bool) -> Change[Contact]:
    """An agent who joined has the conversation from now on; the one before must have ended theirs."""
    party = _live(contact, party_id)
    before = contact.assignment
    if before is None or party.agent_id is None or party.joined_at is None or contact.leader is not None:
        raise IllegalTransition("party_no_lead")
    work = Assignment(
        party.agent_id, party.id, before.queue, before.visit, party.call_sid, party.endpoint.kind, party.joined_at,
        talk_at=now, muted=party.muted,
    )  # fmt: skip
    gone = replace(party, left_at=now, end=PartyEnd.TOOK_OVER)
    started = ev.TalkStarted(
        at=now, contact_id=contact.id, agent_id=work.agent_id, queue_id=work.queue, offer_id=work.offer_id
    )
    led = replace(with_party(contact, gone), assignment=work, others=contact.assignments, unsettled=True)
    facts = (
        party_facts.left(contact, party, PartyEnd.TOOK_OVER, now),
        party_facts.transferred(contact, party, before.agent_id, now, warm=warm),
        started,
    )
    return Change(led, facts)


def left_to(contact: Contact, party_id: OfferId, now: Instant, *, warm: bool) -> Change[Contact]:
    """The customer is with an outside number from now on; the agent must have ended the conversation."""
    party = _live(contact, party_id)
    fact = party_facts.transferred(contact, party, _leader_before(contact), now, warm=warm)
    alone = replace(party, role=PartyRole.TRANSFER, held=False)
    return Change(replace(with_party(contact, alone), unsettled=True), (fact,))


def party_ended(contact: Contact, party_id: OfferId, end: PartyEnd, now: Instant) -> Change[Contact]:
    """A party is out or does not come; a customer held for them alone is taken off hold. Repeated: nothing."""
    party = party_of(contact, party_id)
    if party is None or party.left_at is not None:
        return Change(contact)
    after = replace(with_party(contact, replace(party, left_at=now, end=end)), unsettled=True)
    facts: tuple[ev.Event, ...] = (party_facts.left(contact, party, end, now),)
    alone = not any(p.held_customer for p in after.live_parties)
    if party.held_customer and alone and after.leader is not None and after.state is ContactState.CONNECTED:
        resumed = transitions.resumed(after, now)
        return Change(resumed.entity, (*facts, *resumed.events))
    return Change(after, facts)


def all_parties_ended(
    contact: Contact, end: PartyEnd, now: Instant, who: tuple[Party, ...] | None = None
) -> Change[Contact]:
    """The conversation is over: everybody is out, and whoever is still rung need not come. who: these alone."""
    going = contact.live_parties if who is None else who
    facts = tuple(
        party_facts.left(contact, party, end if party.is_joined else PartyEnd.CANCELLED, now) for party in going
    )
    parties = tuple(
        replace(p, left_at=now, end=end if p.is_joined else PartyEnd.CANCELLED) if p in going else p
        for p in contact.parties
    )
    return Change(replace(contact, parties=parties), facts) if facts else Change(contact)


def speaking(contact: Contact, to: str, now: Instant) -> Change[Contact]:
    """The agent speaks with the customer alone, with one party alone, or with everyone; the others are on hold."""
    talking_of(contact)
    if to not in (CUSTOMER, EVERYONE):
        _joined(contact, OfferId(to))
    hold = transitions.held if to not in (CUSTOMER, EVERYONE) else transitions.resumed
    change = hold(contact, now)
    parties = tuple(
        replace(p, held=to not in (EVERYONE, p.id), held_customer=False) if p.is_joined and not p.is_supervisor else p
        for p in contact.parties
    )
    after = replace(change.entity, parties=parties)
    return Change(after if after == contact else replace(after, unsettled=True), change.events)


def party_switched(
    contact: Contact, party_id: OfferId, *, held: bool | None = None, muted: bool | None = None
) -> Change[Contact]:
    """A party on or off hold, muted or not."""
    party = _joined(contact, party_id)
    after = replace(party, held=party.held if held is None else held, muted=party.muted if muted is None else muted)
    return Change(contact if after == party else replace(with_party(contact, after), unsettled=True))


def sent_to_queue(contact: Contact, queue: QueueId, now: Instant, priority: int) -> Change[Contact]:
    """The customer goes to another queue at the place of their first arrival; the agent must have ended the talk."""
    entered, facts = _again(contact, queue, now, priority, ())
    fact = CallTransferred(
        at=now, contact_id=contact.id, queue_id=queue, to_kind="queue", party_id="",
        by_agent_id=_leader_before(contact) or "", warm=False,
    )  # fmt: skip
    return Change(entered, (fact, *facts))


def transfer_failed(contact: Contact, now: Instant) -> Change[Contact]:
    """Nobody took the call that an agent gave away: the customer comes next, if may be with that same agent."""
    work = contact.assignment
    if work is None:
        raise IllegalTransition("call_not_given_away")
    queue = contact.visit.queue if contact.visit else work.queue
    entered, facts = _again(contact, queue, now, FRONT, (), work.agent_id)
    return Change(entered, facts)


def unsettled(contact: Contact, on: bool) -> Change[Contact]:
    """Whether the carrier may still have to do what is written."""
    return Change(contact if contact.unsettled is on else replace(contact, unsettled=on))


# --- calls that an agent places -----------------------------------------------------------------------------------


def agent_ready(contact: Contact, party_id: OfferId, now: Instant, queue: QueueId) -> Change[Contact]:
    """The agent who places the call is on the line; it is theirs, and the customer is to be rung."""
    party = _live(contact, party_id)
    if party.agent_id is None:
        raise IllegalTransition("only_agents_call")
    work = Assignment(party.agent_id, party.id, queue, 0, party.call_sid, party.endpoint.kind, now)
    gone = replace(party, left_at=now, end=PartyEnd.TOOK_OVER)
    return Change(replace(with_party(contact, gone), assignment=work))


def customer_reached(contact: Contact, party_id: OfferId, sid: CallSid, now: Instant) -> Change[Contact]:
    """The customer answered and is on the way into the room. Repeated: nothing."""
    party = _live(contact, party_id)
    if contact.state is ContactState.CONNECTED:
        return Change(contact)
    require(contact, ContactState.DIALLING)
    here = replace(party, joined_at=now, left_at=now, call_sid=sid, end=PartyEnd.TOOK_OVER)
    after = replace(with_party(contact, here), state=ContactState.CONNECTED, call_sid=sid)
    return Change(after, (party_facts.joined(contact, here, now),))


def is_with_number(contact: Contact) -> bool:
    """An agent gave the conversation to an outside number, who has it now or had it last."""
    given = [p for p in contact.parties if p.kind is PartyKind.NUMBER and p.role is PartyRole.TRANSFER and p.joined_at]
    last = contact.assignment.accepted_at if contact.assignment else 0
    return contact.leader is None and any((p.joined_at or 0) >= last for p in given)


def _again(
    contact: Contact, queue: QueueId, now: Instant, priority: int, passed: tuple[AgentId, ...],
    preferred: AgentId | None = None,
) -> tuple[Contact, tuple[ev.Event, ...]]:  # fmt: skip
    """In flow, on the way into the queue, with the enqueue time of the present visit."""
    number, before = contact.visits + 1, contact.visit
    place = before.enqueued_at if before else now
    needs = before.requirements if before is not None and before.queue == queue else ()
    visit = QueueVisit(
        queue, number, place, now, priority=priority, requirements=needs, preferred_agent=preferred, passed_over=passed
    )
    entered = ev.QueueEntered(
        at=now, contact_id=contact.id, queue_id=queue, visit=number, priority=priority, enqueued_at=place
    )
    return replace(contact, state=ContactState.IN_FLOW, visit=visit, visits=number), (entered,)


def _own(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """Those whom the agent brought in."""
    return tuple(party for party in parties if not party.is_supervisor)


def _leader_before(contact: Contact) -> AgentId | None:
    return contact.assignment.agent_id if contact.assignment else None


def _live(contact: Contact, party_id: OfferId) -> Party:
    party = party_of(contact, party_id)
    if party is None or not party.is_live:
        raise IllegalTransition("party_out")
    return party


def _joined(contact: Contact, party_id: OfferId) -> Party:
    party = _live(contact, party_id)
    if not party.is_joined:
        raise IllegalTransition("party_not_answered")
    return party
