"""The safety net: looks at everything that is open and puts right what lost messages and dead workers left.

Nothing in the product needs the sweep to be correct, only to be live: it re-sends, re-matches and reconciles.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from offhook.domain.errors import CarrierUnavailable
from offhook.domain.ids import MINUTE, SECOND
from offhook.domain.messages import Message, Topic
from offhook.domain.routing.agent import Agent, AgentState
from offhook.domain.routing.contact import Contact, ContactState, Offer, contact_in
from offhook.domain.routing.party import Party
from offhook.domain.storage import CommitConflict
from offhook.usecases.callbacks import keeping
from offhook.usecases.deps import Deps
from offhook.usecases.routing import arrange, leaving, offers, party_leave, presence, ring, room, wrap_up
from offhook.usecases.routing.match import match_agent, match_contact

T = TypeVar("T")

SETTLED_MS = 5 * SECOND  # younger things are still being worked on by whoever began them
CARRIER_CHECK_MS = MINUTE
CONTACTS, AGENTS = "contacts", "agents"
PAGE = 50  # each contact may cost a request to the carrier


def sweep(deps: Deps, part: str = "", after: str = "") -> int:
    """Look at the rooms, and at a page of the open contacts and of the signed-in agents; returns how many there were.

    The next page of each part follows by a message of its own, so that no sweep outlives its worker. One that cannot
    be put right keeps no other from being looked at; raises an ExceptionGroup at the end.
    """
    contacts = deps.contacts.open(after, PAGE) if part in ("", CONTACTS) else []
    agents = deps.agents.signed_in(after, PAGE) if part in ("", AGENTS) else []
    _go_on(deps, CONTACTS, [rank for rank, _ in contacts])
    _go_on(deps, AGENTS, [agent.id for agent in agents])
    faults = [
        *_attempt(contacts, lambda found: sweep_contact(deps, found[1])),
        *_attempt(agents, lambda agent: sweep_agent(deps, agent)),
        *_attempt([] if part else [None], lambda _: _sweep_rooms(deps)),
        *_attempt([] if part else keeping.overdue(deps), lambda found: keeping.due(deps, found)),
    ]
    if faults:
        raise ExceptionGroup("Not everything could be swept.", faults)
    return len(contacts) + len(agents)


def sweep_contact(deps: Deps, contact: Contact) -> None:
    """Move one open contact on."""
    if contact.awaits_customer:
        keeping.sweep(deps, contact)
        return
    if _customer_gone(deps, contact):
        _end_call(deps, contact)
        return
    if contact.recordings:
        _sweep_recordings(deps, contact)
    match contact.state:
        case ContactState.WAITING:
            match_contact(deps, contact)
        case ContactState.OFFERED:
            _sweep_offer(deps, contact)
        case ContactState.CONNECTED | ContactState.DIALLING if not party_leave.end_unless_coming(deps, contact):
            _sweep_parties(deps, contact)
            _sweep_talk(deps, contact)
        case ContactState.IN_FLOW:
            _sweep_return(deps, contact)
        case _:
            pass


def sweep_agent(deps: Deps, agent: Agent) -> None:
    """Move one signed-in agent on."""
    if presence.lease_left_ms(deps, agent) <= 0:
        presence.lose_presence(deps, agent)
        return
    match agent.state:
        case AgentState.AVAILABLE:
            match_agent(deps, agent)
        case AgentState.WRAP_UP if agent.contact_id is not None:
            wrap_up.limit_reached(deps, agent.id, agent.contact_id)
        case _:
            pass


def _go_on(deps: Deps, part: str, page: Sequence[str]) -> None:
    if len(page) == PAGE:
        deps.outgoing.send(Message(deps.tenant.id, Topic.SWEEP, part, page[-1]))


def _attempt(things: Iterable[T], look: Callable[[T], None]) -> list[Exception]:
    faults: list[Exception] = []
    for thing in things:
        try:
            look(thing)
        except (CarrierUnavailable, CommitConflict):
            continue  # the next sweep looks again
        except Exception as fault:
            faults.append(fault)
    return faults


def _sweep_recordings(deps: Deps, contact: Contact) -> None:
    from offhook.usecases.recordings import sweeping  # for contacts that are recorded

    sweeping.sweep(deps, contact)


def _sweep_offer(deps: Deps, contact: Contact) -> None:
    assert contact.offer is not None
    _sweep_ring(deps, contact, contact.offer)


def _sweep_ring(deps: Deps, contact: Contact, offer: Offer | Party) -> None:
    if offer.expires_at <= deps.clock.now():
        offers.deadline(deps, contact.id, offer.id)
    elif offer.call_sid is None and deps.clock.now() - offer.made_at > SETTLED_MS:
        ring.ring(deps, contact.id, offer.id)


def _sweep_talk(deps: Deps, contact: Contact) -> None:
    work = contact.assignment
    if work is None or work.talk_ended_at is not None:
        return
    if deps.clock.now() - work.accepted_at <= SETTLED_MS:
        return
    if work.talk_at is None:
        room.reconcile_join(deps, contact.id, work.offer_id)
    elif work.call_sid is not None and leaving.call_is_over(deps, work.call_sid):
        leaving.agent_left(deps, contact.id, work.offer_id)


def _sweep_parties(deps: Deps, contact: Contact) -> None:
    """Whoever should be rung, is gone, or hears what they should not."""
    for party in contact.live_parties:
        if party.is_ringing:
            _sweep_ring(deps, contact, party)
        elif party.call_sid is not None and leaving.call_is_over(deps, party.call_sid):
            party_leave.leg_over(deps, contact.id, party.id)
    left = contact.assignment
    if contact.unsettled or (left is not None and contact.leader is None):
        arrange.arrange_id(deps, contact.id)
    if not contact.is_talking and left is not None and left.talk_ended_at is not None:
        leaving.end_room(deps, contact)


def _sweep_return(deps: Deps, contact: Contact) -> None:
    visit = contact.visit
    stuck = visit is not None and visit.waiting_at is None and visit.answered_at is None and visit.number > 1
    if visit is not None and stuck and deps.clock.now() - visit.entered_at > SETTLED_MS:
        leaving.return_to_queue(deps, contact.id)


def _sweep_rooms(deps: Deps) -> None:
    """End every room that no conversation belongs to: whoever is in it would hear music for hours."""
    for room_name in deps.telephony.live_rooms():
        contact_id = contact_in(room_name)
        contact = deps.contacts.get(contact_id) if contact_id else None
        if contact_id and (contact is None or contact.room != room_name or not contact.is_talking):
            deps.telephony.end_room(room_name)


def _end_call(deps: Deps, contact: Contact) -> None:
    """As the lost report would have: the flow knows what the call came to."""
    from offhook.usecases.ivr.end_call import of_contact_ended  # the flow engine; accepting a call does not need it

    of_contact_ended(deps, contact)


def _customer_gone(deps: Deps, contact: Contact) -> bool:
    """The carrier says the customer's call is over, though nothing has told us."""
    if contact.state is ContactState.ENDED or not contact.call_sid:
        return False
    if deps.clock.now() - contact.started_at < CARRIER_CHECK_MS:
        return False
    return leaving.call_is_over(deps, contact.call_sid)
