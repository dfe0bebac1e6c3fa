"""What an agent's desk shows: the presence, the contact offered or worked on, and why it came here."""

from dataclasses import dataclass, replace

from offhook.domain.errors import NotFound
from offhook.domain.ids import SECOND, AgentId, ContactId, Instant
from offhook.domain.routing import phrases
from offhook.domain.routing.agent import Agent
from offhook.domain.routing.contact import RING_GRACE_S, Contact, ContactState, Direction
from offhook.domain.routing.contact_parts import agents_party, work_of
from offhook.domain.routing.matching import explain_waiting, waiting_view
from offhook.domain.routing.party import Party, PartyKind, PartyRole
from offhook.domain.routing.wrap_up_moves import extensions_left
from offhook.domain.tenants.scope import EVERYTHING, Scope
from offhook.usecases.customers.screen_pop import ScreenPop, screen_pop
from offhook.usecases.deps import Deps
from offhook.usecases.recordings.controlling import Mark, mark_of
from offhook.usecases.routing.match import routing_config


@dataclass(frozen=True, slots=True)
class PartyView:
    """Somebody else who is rung or in the call. state: ringing, joined; address: of an outside number.

    mode: how a supervisor is in it: listen, whisper or barge.
    """

    id: str
    kind: PartyKind
    role: PartyRole
    state: str
    name: str
    agent_id: str
    address: str
    on_hold: bool
    muted: bool
    mode: str = ""


@dataclass(frozen=True, slots=True)
class AskedBack:
    """That the contact is a callback. asked_by: caller, or who asked; dialling: their telephone rings now.

    first: whose telephone rings first, agent or customer; attempts: begun so far; last_result: what the last came to.
    """

    asked_at: Instant
    asked_by: str
    first: str
    attempts: int
    dialling: bool
    reached: bool
    last_result: str


@dataclass(frozen=True, slots=True)
class Work:
    """The contact an agent is offered or works on.

    role: leads, or what the agent was rung for (consult, conference, transfer, places). parties: who else is there.
    settled: false while the carrier has not done yet what was asked last. help_asked_at: since when a supervisor is
    asked for. callback: None for other calls. recording: what is recorded at this moment.
    wrap_up_extensions_left: how often more time may be asked for yet. answer_by: when the agent's device stops ringing,
    before the offer itself expires; ring_s: how long it rings in all.
    """

    contact_id: ContactId
    state: ContactState
    offer_id: str
    reason: str
    expires_at: Instant | None
    talk_at: Instant | None
    talk_ended_at: Instant | None
    on_hold: bool
    muted: bool
    wrap_up_until: Instant | None
    disposition: str | None
    resolved: bool | None
    notes: str
    customer: ScreenPop
    role: str = "leads"
    direction: str = Direction.INBOUND
    parties: tuple[PartyView, ...] = ()
    settled: bool = True
    help_asked_at: Instant | None = None
    callback: AskedBack | None = None
    recording: Mark | None = None
    wrap_up_extensions_left: int = 0
    answer_by: Instant | None = None
    ring_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Desk:
    """One agent's desk."""

    agent: Agent
    work: Work | None


def desk(deps: Deps, agent_id: AgentId) -> Desk:
    """The desk of an agent who has signed in before; raises NotFound otherwise."""
    agent = deps.agents.get(agent_id)
    if agent is None:
        raise NotFound("You have not signed in yet.")
    contact = deps.contacts.get(agent.contact_id) if agent.contact_id else None
    work = _work(deps, agent, contact) if contact else None
    if work is None or contact is None:
        return Desk(agent, None)
    return Desk(agent, replace(work, callback=_asked_back(contact), recording=mark_of(contact)))


def explain(deps: Deps, contact_id: ContactId, scope: Scope = EVERYTHING) -> str:
    """Why the contact went where it went, or why it is still waiting; raises NotFound, also when it is out of scope."""
    contact = deps.contacts.get(contact_id)
    if contact is None or not _is_seen(contact, scope):
        raise NotFound("There is no such contact under way.")
    if contact.offer is not None:
        return contact.offer.reason
    if contact.state is not ContactState.WAITING:
        return phrases.wait("state", state=contact.state)
    queues, profiles = routing_config(deps)
    position = deps.contacts.position(contact)
    ahead = 50 if position is None else position - 1
    signed_in = deps.agents.signed_in(limit=500)
    return explain_waiting(waiting_view(contact), signed_in, queues, profiles, deps.clock.now(), ahead)


def _work(deps: Deps, agent: Agent, contact: Contact) -> Work | None:
    pop = screen_pop(deps, contact)
    offer = contact.offer
    if offer is not None and offer.id == agent.offer_id:
        return Work(
            contact.id, contact.state, offer.id, offer.reason, offer.expires_at,
            None, None, False, False, None, None, None, "", pop,
            answer_by=_answer_by(offer.expires_at), ring_s=offer.ring_s,
        )  # fmt: skip
    party = agents_party(contact, agent.id)
    watches = party is not None and party.is_supervisor
    others = tuple(_party(p) for p in contact.live_parties if p.agent_id != agent.id and (watches or not p.is_hidden))
    wanted = contact.help_wanted.asked_at if contact.help_wanted else None
    if party is not None:
        return Work(
            contact.id, contact.state, party.id, "", party.expires_at if party.is_ringing else None, party.joined_at,
            None, contact.customer_on_hold, party.muted, None, None, None, "", pop, party.role, contact.direction,
            others, not contact.unsettled, wanted,
            answer_by=_answer_by(party.expires_at) if party.is_ringing else None, ring_s=party.ring_s,
        )  # fmt: skip
    work = work_of(contact, agent.offer_id)
    if work is None:
        return None
    return Work(
        contact.id, contact.state, work.offer_id, "", None, work.talk_at, work.talk_ended_at,
        work.held_at is not None, work.muted, work.wrap_up_until, work.disposition, work.resolved, work.notes, pop,
        "leads", contact.direction, others, not contact.unsettled, wanted,
        wrap_up_extensions_left=extensions_left(work),
    )  # fmt: skip


def _answer_by(expires_at: Instant) -> Instant:
    return expires_at - round(RING_GRACE_S * SECOND)


def _party(party: Party) -> PartyView:
    return PartyView(
        party.id, party.kind, party.role, "joined" if party.is_joined else "ringing", party.name, party.agent_id or "",
        "" if party.agent_id else party.endpoint.address, party.held, party.muted,
        party.mode or "",
    )  # fmt: skip


def _asked_back(contact: Contact) -> AskedBack | None:
    known = contact.callback
    if known is None:
        return None
    reached = known.reached_at is not None
    dialling = known.dialled_at is not None and not reached
    return AskedBack(
        known.asked_at, known.asked_by, known.first, known.attempts, dialling, reached, known.last_result
    )  # fmt: skip


def _is_seen(contact: Contact, scope: Scope) -> bool:
    work = contact.assignment
    queue = contact.visit.queue if contact.visit else work.queue if work else ""
    return scope.may_see_contact(queue, work.agent_id if work else "")
