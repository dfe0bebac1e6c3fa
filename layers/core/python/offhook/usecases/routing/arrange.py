"""Makes a contact's room at the carrier what the contact says: who hears whom, and whose leg must be gone.

A change of several parties is committed first and carried out here. It is told by the state alone, so that it may be
done again, by whoever comes: the request itself, a message, the sweep.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress

from offhook.domain.errors import CallerGone, CarrierUnavailable
from offhook.domain.ids import CallSid, ContactId
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import party_transitions
from offhook.domain.routing.contact import Contact, ContactState
from offhook.domain.routing.contact_parts import party_of
from offhook.domain.routing.party import Monitoring, PartyEnd, PartyKind
from offhook.domain.storage import CommitConflict
from offhook.usecases.deps import Deps

AGAIN_S = 2.0


def arrange(deps: Deps, contact: Contact) -> Contact:
    """Do it now, or have it done as soon as the carrier can; returns the contact as it is afterwards."""
    if not contact.unsettled:
        return contact
    try:
        for act in _acts(deps, contact):
            with suppress(CallerGone):
                act()
    except CarrierUnavailable:
        deps.outgoing.send(Message(deps.tenant.id, Topic.ARRANGE, contact.id), delay_s=AGAIN_S)
        return contact
    settled = party_transitions.unsettled(contact, False)
    try:
        return deps.contacts.save(contact, settled.entity, settled.events)
    except CommitConflict:
        deps.outgoing.send(Message(deps.tenant.id, Topic.ARRANGE, contact.id), delay_s=1)
        return deps.contacts.get(contact.id) or contact


def arrange_id(deps: Deps, contact_id: ContactId) -> None:
    """arrange, for whoever has the id only."""
    contact = deps.contacts.get(contact_id)
    if contact is not None:
        arrange(deps, contact)


def _acts(deps: Deps, contact: Contact) -> Iterator[Callable[[], None]]:
    """Who must go comes last: a customer is never alone with somebody who should not hear them."""
    carrier, room = deps.telephony, contact.room
    absent: list[CallSid] = []
    if contact.is_talking and contact.state is ContactState.CONNECTED:
        yield from _watching(deps, contact, absent)
        yield lambda: carrier.hold(room, contact.call_sid, contact.customer_on_hold)
        leader = contact.leader
        if leader is not None and leader.call_sid is not None and party_of(contact, leader.offer_id) is not None:
            yield from _switches(deps, room, leader.call_sid, held=False, muted=leader.muted)
        for party in contact.live_parties:
            if party.is_joined and party.call_sid is not None and not party.is_supervisor:
                yield from _switches(deps, room, party.call_sid, held=party.held, muted=party.muted)
    for sid in _gone(contact):
        yield _ending(deps, sid)
    if absent:
        raise CarrierUnavailable("A supervisor is on the way into the room.")


def _watching(deps: Deps, contact: Contact, absent: list[CallSid]) -> Iterator[Callable[[], None]]:
    """Supervisors come first: those who are out go, and nobody hears the others but who should.

    absent: gets those who are not in the room yet, whom the document of their leg sent there as it was then.
    """
    leader = contact.leader
    for party in contact.parties:
        if not party.is_supervisor or party.call_sid is None:
            continue
        if leader is not None and leader.offer_id == party.id:
            yield _heard_by(deps, contact.room, party.call_sid, leader.muted, None, absent)
        elif party.is_joined and leader is not None:
            coached = leader.call_sid if party.mode is Monitoring.WHISPER else None
            yield _heard_by(deps, contact.room, party.call_sid, party.is_silent, coached, absent)
        elif not party.is_live and party.leg_s is None and party.end is not PartyEnd.TOOK_OVER:
            yield _ending(deps, party.call_sid)


def _heard_by(
    deps: Deps, room: str, sid: CallSid, muted: bool, coached: CallSid | None, absent: list[CallSid]
) -> Callable[[], None]:
    def act() -> None:
        try:
            deps.telephony.monitor(room, sid, muted=muted, coached=coached)
        except CallerGone:
            facts = deps.telephony.call(sid)
            if facts is not None and facts.status == "in-progress":
                absent.append(sid)

    return act


def _switches(deps: Deps, room: str, sid: CallSid, *, held: bool, muted: bool) -> Iterator[Callable[[], None]]:
    yield lambda: deps.telephony.hold(room, sid, held)
    yield lambda: deps.telephony.mute(room, sid, muted)


def _ending(deps: Deps, sid: CallSid) -> Callable[[], None]:
    return lambda: deps.telephony.hang_up(sid)


def _gone(contact: Contact) -> Iterator[CallSid]:
    """Legs of agents whose conversation is over and of parties who are out, unless the carrier told of their end.

    A customer's room that is over takes its legs along; only while somebody is left must one be ended by itself.
    """
    over = contact.assignments if contact.is_talking else contact.others
    for work in over:
        if work.talk_ended_at is not None and work.leg_s is None and work.call_sid is not None:
            yield work.call_sid
    for party in contact.parties:
        ours = party.kind is not PartyKind.CUSTOMER and not party.is_supervisor
        out = not party.is_live and ours and party.end is not PartyEnd.TOOK_OVER
        if out and party.leg_s is None and party.call_sid is not None:
            yield party.call_sid
