"""With what a contact enters a queue's line: the flow's priority and the queue's treatment of who it knows."""

from offhook.domain.errors import StoreUnavailable
from offhook.domain.ids import AgentId
from offhook.domain.routing.agent import AgentState
from offhook.domain.routing.contact import Contact, Place
from offhook.domain.routing.queues import Queue
from offhook.domain.routing.treatment import Known, place_for
from offhook.stores.contacts import TimelineEntry
from offhook.usecases.deps import Deps

LOOKED_AT = 5  # latest contacts
OFF_WORK = (AgentState.OFFLINE, AgentState.AWAY)


def place_of(deps: Deps, contact: Contact, queue: Queue, priority: int) -> Place:
    """The place; reads the customer's latest contacts and the last agent's presence only if the queue asks for them."""
    treatment = queue.treatment
    latest = _latest(deps, contact) if treatment.asks_history else []
    last = next((e.agent_id for e in latest if e.agent_id), "") if treatment.last_agent_s > 0 else ""
    known = Known(
        contact.language,
        contact.tier,
        contact.last_score,
        tuple(entry.disposition for entry in latest),
        _at_work(deps, AgentId(last)) if last else None,
    )
    return place_for(treatment, known, priority)


def _latest(deps: Deps, contact: Contact) -> list[TimelineEntry]:
    """Newest first; none when they cannot be read now: the call goes on."""
    if contact.customer_id is None:
        return []
    try:
        return [entry for _, entry in deps.customers.timeline(contact.customer_id, LOOKED_AT)]
    except StoreUnavailable:
        return []


def _at_work(deps: Deps, agent_id: AgentId) -> AgentId | None:
    """The agent, unless nobody should wait for them."""
    try:
        agent = deps.agents.get(agent_id)
    except StoreUnavailable:
        return None
    return agent_id if agent is not None and agent.state not in OFF_WORK else None
