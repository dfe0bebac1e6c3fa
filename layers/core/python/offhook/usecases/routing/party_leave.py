"""A party does not come, leaves or is dropped; a leading agent leaves: who has the customer then.

Whatever happens, the customer is with somebody, on the way back into the queue, or on in the flow.
"""

from dataclasses import replace

from offhook.domain.errors import CallerGone, NotFound
from offhook.domain.ids import AgentId, ContactId, Instant, OfferId
from offhook.domain.routing import monitoring, party_transitions
from offhook.domain.routing.contact import Contact, ContactState, OfferEnd, Outcome
from offhook.domain.routing.contact_parts import party_of
from offhook.domain.routing.party import Party, PartyEnd, PartyKind, PartyRole
from offhook.domain.routing.transitions import Change
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing import leaving
from offhook.usecases.routing.arrange import arrange
from offhook.usecases.routing.parties import Loose, agent_let_go, end_legs, have_rung, these_out

_ENDS = {
    OfferEnd.DECLINED: PartyEnd.DECLINED,
    OfferEnd.NO_ANSWER: PartyEnd.NO_ANSWER,
    OfferEnd.BUSY: PartyEnd.BUSY,
    OfferEnd.CALLER_GONE: PartyEnd.CANCELLED,
}


def not_coming(deps: Deps, contact_id: ContactId, party_id: OfferId, end: OfferEnd) -> None:
    """Somebody who was rung does not come; another agent of the queue asked for is tried. Repeated: nothing."""
    out(deps, contact_id, party_id, _ENDS.get(end, PartyEnd.UNREACHABLE), end)


def leg_over(deps: Deps, contact_id: ContactId, party_id: OfferId) -> None:
    """The leg of a party who was in the room is over."""
    out(deps, contact_id, party_id, PartyEnd.HUNG_UP, OfferEnd.CALLER_GONE)


def out(
    deps: Deps, contact_id: ContactId, party_id: OfferId, end: PartyEnd, freed: OfferEnd = OfferEnd.CALLER_GONE
) -> Contact | None:
    """The party is out; what hung on them follows. Returns the contact as it is then, None when nothing changed."""
    done = again_on_conflict(lambda: _out(deps, contact_id, party_id, end, freed))
    if done is None:
        return None
    contact, loose, party = done
    end_legs(deps, contact_id, loose.legs)
    for rung in contact.live_parties if party.queue else ():
        if rung.is_ringing and rung.queue == party.queue and rung.claimed_at is None:
            have_rung(deps, contact_id, rung)
    for agent in loose.agents:
        leaving.agent_moved(deps, agent)
    return _aftermath(deps, contact)


def hand_on(deps: Deps, known: Contact, offer_id: OfferId, *, lost: bool) -> bool:
    """The leading agent leaves: somebody who is in the room has the customer then. False: there is nobody.

    lost: not on purpose; then an outside number whom the customer was not speaking with does not get them.
    """

    def attempt() -> tuple[Contact, Loose] | None:
        contact = deps.contacts.get(known.id)
        if contact is None or not leaving.is_talking(contact, offer_id) or contact.state is not ContactState.CONNECTED:
            return None
        heir = heir_of(contact, lost)
        return _hand_over(deps, contact, heir, "agent_lost" if lost else "transfer") if heir else None

    done = again_on_conflict(attempt)
    if done is None:
        return False
    followed(deps, *done)
    return True


def hand_over(deps: Deps, known: Contact, party_id: OfferId, ended_by: str = "transfer") -> Contact:
    """The leading agent gives the conversation to a party who is in the room. known: decided to be theirs."""

    def attempt() -> tuple[Contact, Loose]:
        contact = deps.contacts.get(known.id)
        party = party_of(contact, party_id) if contact else None
        if contact is None or party is None:
            raise NotFound("There is no such party.")
        if contact.leader is None or contact.state is not ContactState.CONNECTED:
            raise CallerGone("conversation_over")
        return _hand_over(deps, contact, party, ended_by)

    return followed(deps, *again_on_conflict(attempt))


def heir_of(contact: Contact, lost: bool) -> Party | None:
    """Who has the customer when the leading agent leaves: an agent before an outside number."""
    here = [party for party in contact.live_parties if party.is_joined and not party.is_supervisor]
    agents = [party for party in here if party.kind is PartyKind.AGENT]
    numbers = [p for p in here if p.kind is PartyKind.NUMBER and not (lost and (contact.customer_on_hold or p.held))]
    return next(iter((*agents, *numbers)), None)


def _hand_over(deps: Deps, contact: Contact, party: Party, ended_by: str) -> tuple[Contact, Loose]:
    now = deps.clock.now()
    talk, writes, agent = leaving.talk_over(deps, contact, ended_by, now)
    loose = _unwatched(deps, Loose(talk, tuple(writes), (agent,) if agent else ()), party, now)
    to = party_transitions.leads if party.kind is PartyKind.AGENT else party_transitions.left_to
    loose = loose.then(to(loose.change.entity, party.id, now, warm=True))
    if party.is_supervisor:
        loose = loose.then(monitoring.taken_over(loose.change.entity, party, _led(contact), now))
    return loose.commit(deps, contact), loose


def _led(contact: Contact) -> AgentId | None:
    return contact.assignment.agent_id if contact.assignment else None


def _unwatched(deps: Deps, loose: Loose, heir: Party, now: Instant) -> Loose:
    """Supervisors watch one agent's conversation; with it they are out, but for the one who takes it over."""
    watching = tuple(p for p in loose.change.entity.supervisors if p.id != heir.id)
    if not watching:
        return loose
    out = these_out(deps, loose.change, watching, now)
    return replace(out, writes=(*loose.writes, *out.writes), agents=(*loose.agents, *out.agents))


def followed(deps: Deps, contact: Contact, loose: Loose) -> Contact:
    """The contact once the room is as the commit of what is loose left it, and whom that freed has moved on."""
    end_legs(deps, contact.id, loose.legs)
    after = arrange(deps, contact)
    for agent in loose.agents:
        leaving.agent_moved(deps, agent)
    return after


def _out(
    deps: Deps, contact_id: ContactId, party_id: OfferId, end: PartyEnd, freed: OfferEnd
) -> tuple[Contact, Loose, Party] | None:
    contact = deps.contacts.get(contact_id)
    party = party_of(contact, party_id) if contact else None
    if contact is None or party is None or not party.is_live:
        return None
    now = deps.clock.now()
    writes, agents = agent_let_go(deps, party, freed, now)
    legs = (party.call_sid,) if party.call_sid is not None and end is not PartyEnd.HUNG_UP else ()
    loose = Loose(party_transitions.party_ended(contact, party_id, end, now), tuple(writes), tuple(agents), legs)
    loose = _another(deps, loose, party, end, now)
    loose = loose.then(_fate(loose.change.entity, party, now))
    return loose.commit(deps, contact), loose, party


def _another(deps: Deps, loose: Loose, party: Party, end: PartyEnd, now: Instant) -> Loose:
    """The next agent of the queue that was asked for, when one did not come."""
    if party.queue is None or party.is_joined or end in (PartyEnd.DROPPED, PartyEnd.CANCELLED) or not party.agent_id:
        return loose
    from offhook.usecases.routing import targets

    found = targets.next_of_queue(deps, loose.change.entity, party)
    if found is None:
        return loose
    invited = party_transitions.invited(loose.change.entity, found.party, now)
    return replace(loose.then(invited), writes=(*loose.writes, *found.writes))


def _fate(contact: Contact, party: Party, now: Instant) -> Change[Contact]:
    """A customer whom nobody leads and to whom nobody comes is next in the queue again."""
    given_away = party.role is PartyRole.TRANSFER and contact.state is ContactState.CONNECTED
    if not given_away or contact.leader is not None or contact.live_parties or party.is_joined:
        return Change(contact)
    return party_transitions.transfer_failed(contact, now)


def end_unless_coming(deps: Deps, contact: Contact) -> bool:
    """A call that an agent placed is over when the agent or the customer did not come. False: they still may."""
    called = [party for party in contact.parties if party.role in (PartyRole.PLACES, PartyRole.DIALLED)]
    if contact.state is not ContactState.DIALLING or not called or called[-1].is_live:
        return False
    leaving.customer_left(deps, contact.id, called[-1].end or "", Outcome.NOT_REACHED)
    leaving.end_room(deps, contact)
    return True


def _aftermath(deps: Deps, contact: Contact) -> Contact:
    if end_unless_coming(deps, contact):
        pass
    elif contact.state is ContactState.IN_FLOW:
        leaving.return_to_queue(deps, contact.id)
    elif contact.state is ContactState.CONNECTED and not contact.is_talking:
        leaving.end_room(deps, contact)
    else:
        return arrange(deps, contact)
    return deps.contacts.get(contact.id) or contact
