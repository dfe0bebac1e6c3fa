"""Call controls of the agent in conversation: hold, mute, hang up. The carrier acts first, the truth follows."""

from collections.abc import Callable

from offhook.domain.errors import CallerGone, NotFound
from offhook.domain.ids import AgentId, ContactId
from offhook.domain.routing import transitions
from offhook.domain.routing.contact import Assignment, Contact, ContactState
from offhook.domain.routing.transitions import Change
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing.leaving import agent_hung_up


def hold(deps: Deps, agent_id: AgentId, contact_id: ContactId, on: bool) -> Contact:
    """Put the customer on hold or take them off."""
    contact, _ = _own(deps, agent_id, contact_id)
    deps.telephony.hold(contact.room, contact.call_sid, on)
    now = deps.clock.now()
    return _save(deps, agent_id, contact_id, lambda c: transitions.held(c, now) if on else transitions.resumed(c, now))


def mute(deps: Deps, agent_id: AgentId, contact_id: ContactId, on: bool) -> Contact:
    """Mute or unmute the agent."""
    contact, work = _own(deps, agent_id, contact_id)
    if work.call_sid is None:
        raise CallerGone("The agent's leg is not in the room.")
    deps.telephony.mute(contact.room, work.call_sid, on)
    return _save(deps, agent_id, contact_id, lambda c: transitions.muted(c, on))


def hang_up(deps: Deps, agent_id: AgentId, contact_id: ContactId) -> Contact:
    """End the conversation: the agent wraps up, the customer goes on in the flow (survey)."""
    contact, work = _own(deps, agent_id, contact_id)
    return agent_hung_up(deps, contact, work.offer_id)


def _own(deps: Deps, agent_id: AgentId, contact_id: ContactId) -> tuple[Contact, Assignment]:
    contact = deps.contacts.get(contact_id)
    work = contact.assignment if contact else None
    if contact is None or work is None or work.agent_id != agent_id:
        raise NotFound("You have no such contact.")
    if contact.state is not ContactState.CONNECTED or work.talk_ended_at is not None:
        raise CallerGone("The conversation is over.")
    return contact, work


def _save(
    deps: Deps, agent_id: AgentId, contact_id: ContactId, change: Callable[[Contact], Change[Contact]]
) -> Contact:
    def attempt() -> Contact:
        contact, _ = _own(deps, agent_id, contact_id)
        done = change(contact)
        return deps.contacts.save(contact, done.entity, done.events)

    return again_on_conflict(attempt)
