"""What happens to the parties of a contact, as events."""

from offhook.domain import party_events as ev
from offhook.domain.ids import AgentId, Instant
from offhook.domain.routing.contact import Contact
from offhook.domain.routing.party import Party, PartyEnd


def invited(contact: Contact, party: Party) -> ev.PartyInvited:
    """They are rung."""
    return ev.PartyInvited(
        at=party.made_at,
        contact_id=contact.id,
        agent_id=party.agent_id or "",
        queue_id=party.queue or "",
        party_id=party.id,
        party_kind=party.kind,
        party_role=party.role,
        by_agent_id=party.invited_by or "",
        address="" if party.agent_id else party.endpoint.address,
    )


def joined(contact: Contact, party: Party, now: Instant) -> ev.PartyJoined:
    """They answered."""
    return ev.PartyJoined(
        at=now,
        contact_id=contact.id,
        agent_id=party.agent_id or "",
        party_id=party.id,
        party_kind=party.kind,
        party_role=party.role,
        rang_s=(now - party.made_at) / 1000,
    )


def left(contact: Contact, party: Party, end: PartyEnd, now: Instant) -> ev.PartyLeft:
    """They are out."""
    return ev.PartyLeft(
        at=now,
        contact_id=contact.id,
        agent_id=party.agent_id or "",
        party_id=party.id,
        party_kind=party.kind,
        party_role=party.role,
        party_end=end,
        stayed_s=(now - party.joined_at) / 1000 if party.joined_at is not None else 0.0,
    )


def transferred(contact: Contact, party: Party, by: AgentId | None, now: Instant, *, warm: bool) -> ev.CallTransferred:
    """The conversation is theirs now."""
    return ev.CallTransferred(
        at=now,
        contact_id=contact.id,
        agent_id=party.agent_id or "",
        to_kind=party.kind,
        party_id=party.id,
        by_agent_id=by or "",
        warm=warm,
    )
