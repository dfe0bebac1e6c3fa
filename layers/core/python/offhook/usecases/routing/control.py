"""What an agent does with a call beyond hold and mute: consult, add, transfer, hand over, drop, speak with one or all.

Each is written first and carried out at the carrier from what is written (arrange.py). Asked for again, it changes
nothing. All raise NotFound when the contact is not the agent's and CallerGone when the conversation is over.
"""

from collections.abc import Callable
from dataclasses import replace

from offhook.domain import paths
from offhook.domain.errors import CallerGone, Conflict, InvalidInput, NotFound
from offhook.domain.ids import AgentId, ContactId, OfferId
from offhook.domain.routing import keypad, party_transitions
from offhook.domain.routing.contact import Assignment, Contact, ContactState
from offhook.domain.routing.contact_parts import agents_party, party_of
from offhook.domain.routing.party import Party, PartyEnd, PartyRole
from offhook.domain.routing.queues import Queue
from offhook.domain.routing.transitions import Change
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing import leaving, party_leave, targets
from offhook.usecases.routing.arrange import arrange
from offhook.usecases.routing.parties import Loose, end_legs, everybody_out, have_rung
from offhook.usecases.routing.targets import Target, TargetKind

INVITING = (PartyRole.CONSULT, PartyRole.CONFERENCE)


def invite(deps: Deps, agent_id: AgentId, contact_id: ContactId, target: Target, role: PartyRole) -> Contact:
    """Ring somebody into the call: to consult (the customer on hold) or into the conversation.

    Raises what targets.find raises.
    """
    if role not in INVITING:
        raise InvalidInput("consult_role", field="$.role")

    def attempt() -> tuple[Contact, Party | None]:
        contact, _ = own(deps, agent_id, contact_id)
        if _rings_already(contact, target, role):
            return contact, None
        found = targets.find(deps, contact, target, role, agent_id)
        invited = party_transitions.invited(contact, found.party, deps.clock.now())
        return Loose(invited, found.writes).commit(deps, contact), found.party

    contact, party = again_on_conflict(attempt)
    if party is not None:
        have_rung(deps, contact_id, party)
    return arrange(deps, contact)


def transfer(deps: Deps, agent_id: AgentId, contact_id: ContactId, target: Target) -> Contact:
    """Give the call away without a word: the agent is out at once; a target who does not come sends the customer back
    to the front of the queue, with this agent preferred. Raises what targets.find raises.
    """
    if target.kind is TargetKind.QUEUE:
        return _to_queue(deps, agent_id, contact_id, target)

    def attempt() -> tuple[Contact, Party, Loose]:
        contact, _ = own(deps, agent_id, contact_id)
        now = deps.clock.now()
        found = targets.find(deps, contact, target, PartyRole.TRANSFER, agent_id)
        talk, writes, agent = leaving.talk_over(deps, contact, "transfer", now)
        loose = everybody_out(deps, talk, now) if contact.live_parties else Loose(talk)
        invited = party_transitions.invited(loose.change.entity, found.party, now)
        freed = (agent,) if agent else ()
        loose = replace(
            loose.then(invited),
            writes=(*loose.writes, *writes, *found.writes),
            agents=(*loose.agents, *freed),
        )
        return loose.commit(deps, contact), found.party, loose

    given = _given_away(deps, agent_id, contact_id)
    if given is not None:
        return arrange(deps, given)
    contact, party, loose = again_on_conflict(attempt)
    have_rung(deps, contact_id, party)
    return party_leave.followed(deps, contact, loose)


def hand_over(deps: Deps, agent_id: AgentId, contact_id: ContactId, party_id: OfferId) -> Contact:
    """Give the call to a party who is in the room and has been spoken with: a warm transfer; the agent is out."""
    contact = deps.contacts.get(contact_id)
    if contact is not None and _was_handed(contact, agent_id, party_id):
        return arrange(deps, contact)
    contact, _ = own(deps, agent_id, contact_id)
    if not _party(contact, party_id).is_joined:
        raise Conflict("party_not_answered")
    return party_leave.hand_over(deps, contact, party_id)


def drop(deps: Deps, agent_id: AgentId, contact_id: ContactId, party_id: OfferId) -> Contact:
    """A party is out, ringing or in the room; a customer who was on hold for them is back with the agent."""
    contact, _ = own(deps, agent_id, contact_id)
    party = _party(contact, party_id, live=False)
    end = PartyEnd.DROPPED if party.joined_at is not None else PartyEnd.CANCELLED
    return party_leave.out(deps, contact_id, party_id, end) or arrange(deps, contact)


def speak_with(deps: Deps, agent_id: AgentId, contact_id: ContactId, to: str) -> Contact:
    """Speak with "customer", with "everyone", or with the party of that id: who is not spoken with is on hold."""

    def change(contact: Contact) -> Change[Contact]:
        if to not in (party_transitions.CUSTOMER, party_transitions.EVERYONE):
            _party(contact, OfferId(to))
        return party_transitions.speaking(contact, to, deps.clock.now())

    return _change(deps, agent_id, contact_id, change)


def switch_party(
    deps: Deps,
    agent_id: AgentId,
    contact_id: ContactId,
    party_id: OfferId,
    *,
    held: bool | None = None,
    muted: bool | None = None,
) -> Contact:
    """Hold or mute one party; None = as it is."""

    def change(contact: Contact) -> Change[Contact]:
        _party(contact, party_id)
        return party_transitions.party_switched(contact, party_id, held=held, muted=muted)

    return _change(deps, agent_id, contact_id, change)


def press(deps: Deps, agent_id: AgentId, contact_id: ContactId, keys: str, to: str = "") -> Contact:
    """Send keys (0-9 * # and w, half a second's pause) to a party's line, or to the customer's ("" or "customer")."""
    if not keypad.are_keys(keys):
        raise InvalidInput("keys", field="$.keys", most=keypad.MOST)
    contact, _ = own(deps, agent_id, contact_id)
    sid = contact.call_sid
    if to not in ("", party_transitions.CUSTOMER):
        party = _party(contact, OfferId(to))
        if not party.is_joined or party.call_sid is None:
            raise Conflict("party_not_answered")
        sid = party.call_sid
    deps.telephony.announce(contact.room, sid, paths.keys(contact_id, keypad.spelled(keys)))
    return contact


def own(deps: Deps, agent_id: AgentId, contact_id: ContactId) -> tuple[Contact, Assignment]:
    """The contact that the agent leads; raises NotFound, CallerGone when that is over, Conflict before it has begun.

    Who is brought into the room before the customer would be alone with nobody to bring the customer there.
    """
    contact = deps.contacts.get(contact_id)
    work = next((w for w in contact.assignments if w.agent_id == agent_id), None) if contact else None
    if contact is None or work is None:
        raise NotFound("You have no such contact.")
    leader = contact.leader
    if contact.state is not ContactState.CONNECTED or leader is None or leader.agent_id != agent_id:
        raise CallerGone("conversation_over")
    if leader.talk_at is None:
        raise Conflict("customer_not_in_room")
    return contact, leader


def leave(deps: Deps, agent_id: AgentId, contact: Contact) -> Contact | None:
    """A party who is an agent goes; None when this agent is no party of the contact."""
    party = agents_party(contact, agent_id)
    if party is None or not party.is_joined:
        return None
    return party_leave.out(deps, contact.id, party.id, PartyEnd.DROPPED) or contact


def mute_self(deps: Deps, agent_id: AgentId, contact: Contact, on: bool) -> Contact | None:
    """A party who is an agent mutes themselves; None when this agent is no party of the contact."""
    party = agents_party(contact, agent_id)
    if party is None or not party.is_joined:
        return None

    def attempt() -> Contact:
        stored = deps.contacts.get(contact.id) or contact
        change = party_transitions.party_switched(stored, party.id, muted=on)
        return deps.contacts.save(stored, change.entity, change.events)

    return arrange(deps, again_on_conflict(attempt))


def _to_queue(deps: Deps, agent_id: AgentId, contact_id: ContactId, target: Target) -> Contact:
    queue = deps.config.get(Queue, target.id)

    def attempt() -> tuple[Contact, Loose]:
        contact, _ = own(deps, agent_id, contact_id)
        now = deps.clock.now()
        talk, writes, agent = leaving.talk_over(deps, contact, "transfer", now)
        loose = everybody_out(deps, talk, now) if contact.live_parties else Loose(talk)
        priority = contact.visit.priority if contact.visit else 0
        sent = party_transitions.sent_to_queue(loose.change.entity, queue.id, now, priority)
        freed = (agent,) if agent else ()
        loose = replace(loose.then(sent), writes=(*loose.writes, *writes), agents=(*loose.agents, *freed))
        return loose.commit(deps, contact), loose

    given = _given_away(deps, agent_id, contact_id)
    if given is not None:
        return given
    contact, loose = again_on_conflict(attempt)
    end_legs(deps, contact_id, loose.legs)
    leaving.return_to_queue(deps, contact_id)
    for agent in loose.agents:
        leaving.agent_moved(deps, agent)
    return deps.contacts.get(contact_id) or contact


def _change(
    deps: Deps, agent_id: AgentId, contact_id: ContactId, change: Callable[[Contact], Change[Contact]]
) -> Contact:
    def attempt() -> Contact:
        contact, _ = own(deps, agent_id, contact_id)
        made = change(contact)
        return deps.contacts.save(contact, made.entity, made.events)

    return arrange(deps, again_on_conflict(attempt))


def _party(contact: Contact, party_id: OfferId, *, live: bool = True) -> Party:
    party = party_of(contact, party_id)
    if party is None or party.is_supervisor or (live and not party.is_live):
        raise NotFound("There is no such party in this call.")
    return party


def _rings_already(contact: Contact, target: Target, role: PartyRole) -> bool:
    """The same is asked once more, while it is under way."""
    return any(
        party.role is role and target.id in (party.agent_id, party.queue, party.endpoint.address)
        for party in contact.live_parties
    )


def _given_away(deps: Deps, agent_id: AgentId, contact_id: ContactId) -> Contact | None:
    """The contact when this agent has given it away just before: the same request once more."""
    contact = deps.contacts.get(contact_id)
    if contact is None or contact.state is ContactState.ENDED or contact.leader is not None:
        return None
    last = contact.assignment
    if last is None or last.agent_id != agent_id or last.done_at is not None:
        return None
    waits = contact.visit is not None and contact.visit.number > last.visit
    rung = any(p.role is PartyRole.TRANSFER and p.invited_by == agent_id for p in contact.live_parties)
    return contact if waits or rung else None


def _was_handed(contact: Contact, agent_id: AgentId, party_id: OfferId) -> bool:
    """This agent gave the call to that party before, who has it still."""
    party = party_of(contact, party_id)
    mine = any(w.agent_id == agent_id and w.talk_ended_at is not None for w in contact.assignments)
    if party is None or not mine or contact.state is not ContactState.CONNECTED:
        return False
    leader = contact.leader
    return leader.offer_id == party_id if leader else party.is_joined
