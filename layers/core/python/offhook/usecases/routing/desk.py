"""What an agent's desk shows: the presence, the contact offered or worked on, and why it came here."""

from dataclasses import dataclass

from offhook.domain.errors import NotFound
from offhook.domain.ids import AgentId, ContactId, Instant
from offhook.domain.routing.agent import Agent
from offhook.domain.routing.contact import Contact, ContactState
from offhook.domain.routing.matching import explain_waiting, waiting_view
from offhook.domain.tenants.scope import EVERYTHING, Scope
from offhook.usecases.customers.screen_pop import ScreenPop, screen_pop
from offhook.usecases.deps import Deps
from offhook.usecases.routing.match import routing_config


@dataclass(frozen=True, slots=True)
class Work:
    """The contact an agent is offered or works on."""

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
    return Desk(agent, _work(deps, agent, contact) if contact else None)


def explain(deps: Deps, contact_id: ContactId, scope: Scope = EVERYTHING) -> str:
    """Why the contact went where it went, or why it is still waiting; raises NotFound, also when it is out of scope."""
    contact = deps.contacts.get(contact_id)
    if contact is None or not _is_seen(contact, scope):
        raise NotFound("There is no such contact under way.")
    if contact.offer is not None:
        return contact.offer.reason
    if contact.state is not ContactState.WAITING:
        return f"The contact is {contact.state}."
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
        )  # fmt: skip
    work = contact.assignment
    if work is None or work.offer_id != agent.offer_id:
        return None
    return Work(
        contact.id, contact.state, work.offer_id, "", None, work.talk_at, work.talk_ended_at,
        work.held_at is not None, work.muted, work.wrap_up_until, work.disposition, work.resolved, work.notes, pop,
    )  # fmt: skip


def _is_seen(contact: Contact, scope: Scope) -> bool:
    work = contact.assignment
    queue = contact.visit.queue if contact.visit else work.queue if work else ""
    return scope.may_see_contact(queue, work.agent_id if work else "")
