"""A party answers: written first, then the leg enters the room by the document that the answer gets."""

from offhook.domain import paths
from offhook.domain.documents import Document, EnterRoom, HangUp
from offhook.domain.errors import IllegalTransition
from offhook.domain.ids import CallSid, ContactId, OfferId
from offhook.domain.routing import agent_transitions, party_transitions
from offhook.domain.routing.agent import AgentState, EndpointKind
from offhook.domain.routing.contact import Contact
from offhook.domain.routing.contact_parts import party_of
from offhook.domain.routing.party import Monitoring, Party, PartyKind, PartyRole
from offhook.domain.routing.transitions import Change
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing.arrange import arrange
from offhook.usecases.routing.ask_for_key import key_document
from offhook.usecases.routing.parties import Loose, have_rung


def leg_answered(deps: Deps, contact: Contact, party: Party, sid: CallSid) -> Document:
    """A party's leg was answered; an agent's telephone is asked to press 1."""
    asked = party.agent_id is not None and party.endpoint.kind is not EndpointKind.BROWSER
    if asked and party.is_ringing and party.call_sid in (None, sid):
        return key_document(deps, contact, party.id)
    return join(deps, contact.id, party.id, sid)


def join(deps: Deps, contact_id: ContactId, party_id: OfferId, sid: CallSid) -> Document:
    """Into the room; a leg that comes too late, or beside another of the same party, is hung up on."""
    try:
        contact = again_on_conflict(lambda: _joined(deps, contact_id, party_id, sid))
    except IllegalTransition:
        contact = None
    if contact is None:
        return (HangUp(),)
    for party in contact.live_parties:
        if party.role is PartyRole.DIALLED and party.is_ringing and party.claimed_at is None:
            have_rung(deps, contact_id, party)
    return _enters(arrange(deps, contact), party_id)


def _joined(deps: Deps, contact_id: ContactId, party_id: OfferId, sid: CallSid) -> Contact | None:
    """The contact with the party in it; None when this leg is not wanted."""
    contact = deps.contacts.get(contact_id)
    party = party_of(contact, party_id) if contact else None
    if contact is None or party is None or party.call_sid not in (None, sid):
        return None
    if party.joined_at is not None:
        return contact if party.is_joined or _is_here(contact, party) else None
    if not party.is_ringing or not contact.is_talking:
        return None
    return _commit(deps, contact, party, sid)


def _commit(deps: Deps, contact: Contact, party: Party, sid: CallSid) -> Contact | None:
    now = deps.clock.now()
    if party.kind is PartyKind.CUSTOMER:
        return Loose(party_transitions.customer_reached(contact, party.id, sid, now)).commit(deps, contact)
    loose = Loose(party_transitions.joined(contact, party.id, sid, now))
    loose = loose.then(_role_begins(deps, loose.change.entity, party))
    if party.agent_id is not None:
        agent = deps.agents.get(party.agent_id)
        if agent is None or agent.state is not AgentState.RESERVED or agent.offer_id != party.id:
            return None
        claimed = agent_transitions.claimed(agent, now)
        writes = tuple(deps.agents.writes(agent, claimed.entity, claimed.events))
        loose = Loose(loose.change, writes)
    return loose.commit(deps, contact)


def _role_begins(deps: Deps, contact: Contact, party: Party) -> Change[Contact]:
    """Whoever comes into a conversation that nobody leads has it; the agent who places a call has it from here."""
    now = deps.clock.now()
    if party.role is PartyRole.PLACES:
        from offhook.usecases.routing.dial import agent_is_there

        return agent_is_there(deps, contact, party)
    if contact.leader is not None:
        return Change(contact)
    if party.kind is PartyKind.AGENT:
        return party_transitions.leads(contact, party.id, now, warm=False)
    return party_transitions.left_to(contact, party.id, now, warm=False)


def _is_here(contact: Contact, party: Party) -> bool:
    """Took the conversation over, or is the customer whom an agent called: the same answer once more."""
    if party.kind is PartyKind.CUSTOMER:
        return contact.is_talking
    leader = contact.leader
    return leader is not None and leader.offer_id == party.id


def _enters(contact: Contact, party_id: OfferId) -> Document:
    party = party_of(contact, party_id)
    assert party is not None
    is_customer = party.kind is PartyKind.CUSTOMER
    work, leader = contact.assignment, contact.leader
    coached = leader.call_sid if leader is not None and party.mode is Monitoring.WHISPER else None
    return (
        EnterRoom(
            room=contact.room,
            label="customer" if is_customer else party.id,
            ends_room=is_customer,
            events_path=paths.room_events(contact.id, work.offer_id if work else party.id),
            ended_path=paths.room_ended(contact.id, contact.visits) if is_customer else None,
            muted=party.mode is Monitoring.LISTEN,
            coach=coached,
        ),
    )
