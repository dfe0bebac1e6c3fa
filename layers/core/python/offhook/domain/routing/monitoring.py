"""Supervisors beside a conversation, and agents who ask for one."""

from dataclasses import replace

from offhook.domain.errors import Conflict, IllegalTransition
from offhook.domain.ids import AgentId, Instant, OfferId
from offhook.domain.routing import party_facts
from offhook.domain.routing.contact import Contact, ContactState, Help
from offhook.domain.routing.contact_parts import party_of, require, talking_of, with_party
from offhook.domain.routing.party import Monitoring, Party
from offhook.domain.routing.transitions import Change
from offhook.domain.supervision_events import CallTakenOver, HelpAsked, HelpWithdrawn, MonitoringChanged

LIVE_LIMIT, KEPT = 4, 8


def invited(contact: Contact, party: Party, now: Instant) -> Change[Contact]:
    """A supervisor's device rings; raises IllegalTransition while no agent is in conversation."""
    require(contact, ContactState.CONNECTED)
    if contact.leader is None or contact.leader.talk_at is None:
        raise IllegalTransition("conversation_none")
    if len(contact.supervisors) >= LIVE_LIMIT:
        raise IllegalTransition("monitors_most", most=LIVE_LIMIT)
    facts = (party_facts.invited(contact, party), _changed(contact, party, now))
    return Change(replace(with_party(_pruned(contact), party), unsettled=True), facts)


def mode_set(contact: Contact, party_id: OfferId, mode: Monitoring, private: bool, now: Instant) -> Change[Contact]:
    """Another of the three states; the same again changes nothing."""
    party = party_of(contact, party_id)
    if party is None or not party.is_live:
        raise IllegalTransition("monitor_not_in_call")
    after = replace(party, mode=mode, private=private)
    if after == party:
        return Change(contact)
    return Change(replace(with_party(contact, after), unsettled=True), (_changed(contact, after, now),))


def taken_over(contact: Contact, party: Party, before: AgentId | None, now: Instant) -> Change[Contact]:
    """The fact that a supervisor took the conversation from an agent."""
    fact = CallTakenOver(
        at=now,
        contact_id=contact.id,
        agent_id=party.agent_id or "",
        queue_id=contact.assignment.queue if contact.assignment else "",
        party_id=party.id,
        from_agent_id=before or "",
    )
    return Change(contact, (fact,))


def help_asked(contact: Contact, note: str, now: Instant) -> Change[Contact]:
    """The agent asks; asked again, the note alone is new."""
    work, wanted = talking_of(contact), contact.help_wanted
    if wanted is not None and wanted.note == note:
        return Change(contact)
    asked = Help(work.agent_id, work.offer_id, wanted.asked_at if wanted else now, note)
    fact = HelpAsked(at=now, contact_id=contact.id, agent_id=work.agent_id, queue_id=work.queue, note=note)
    return Change(replace(contact, help=asked), (fact,))


def help_withdrawn(contact: Contact, now: Instant) -> Change[Contact]:
    """The agent asks no more. Repeated: nothing."""
    work, wanted = talking_of(contact), contact.help_wanted
    if wanted is None:
        return Change(contact)
    fact = HelpWithdrawn(
        at=now, contact_id=contact.id, agent_id=work.agent_id, queue_id=work.queue,
        asked_s=(now - wanted.asked_at) / 1000,
    )  # fmt: skip
    return Change(replace(contact, help=None), (fact,))


def _changed(contact: Contact, party: Party, now: Instant) -> MonitoringChanged:
    leader = contact.leader
    return MonitoringChanged(
        at=now,
        contact_id=contact.id,
        agent_id=party.agent_id or "",
        queue_id=leader.queue if leader else "",
        party_id=party.id,
        of_agent_id=leader.agent_id if leader else "",
        mode=party.mode or "",
        private=party.private,
    )


def _pruned(contact: Contact) -> Contact:
    """Without supervisors of long ago whose legs are told of, so that looking in often does not fill the contact."""
    over = [p.id for p in contact.parties if p.is_supervisor and not p.is_live]
    if len(over) < KEPT:
        return contact
    told = {p.id for p in contact.parties if p.id in over and (p.leg_s is not None or p.call_sid is None)}
    parties = tuple(party for party in contact.parties if party.id not in told)
    if len(parties) >= 2 * KEPT + len(contact.live_parties):
        raise Conflict("monitors_too_many")
    return replace(contact, parties=parties)
