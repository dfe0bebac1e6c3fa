"""Call controls of the agent in conversation: hold, mute, hang up. The carrier acts first, the truth follows."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from offhook.domain.errors import CallerGone, IllegalTransition, NotFound
from offhook.domain.ids import AgentId, ContactId
from offhook.domain.routing import transitions
from offhook.domain.routing.contact import Assignment, Contact, ContactState
from offhook.domain.routing.contact_parts import agents_party
from offhook.domain.routing.transitions import Change
from offhook.lazily import lazily
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing.leaving import agent_hung_up

if TYPE_CHECKING:
    from offhook.usecases.routing import control
else:
    (control,) = lazily("offhook.usecases.routing", "control")

TALKING = (ContactState.CONNECTED, ContactState.DIALLING)


def hold(deps: Deps, agent_id: AgentId, contact_id: ContactId, on: bool) -> Contact:
    """Put the customer on hold or take them off."""
    contact, _ = _own(deps, agent_id, contact_id)
    if contact.state is ContactState.DIALLING:
        raise IllegalTransition("customer_not_answered")
    deps.telephony.hold(contact.room, contact.call_sid, on)
    now = deps.clock.now()
    return _save(deps, agent_id, contact_id, lambda c: transitions.held(c, now) if on else transitions.resumed(c, now))


def mute(deps: Deps, agent_id: AgentId, contact_id: ContactId, on: bool) -> Contact:
    """Mute or unmute the agent."""
    joined = _joined(deps, agent_id, contact_id)
    if joined is not None and (done := control.mute_self(deps, agent_id, joined, on)) is not None:
        return done
    contact, work = _own(deps, agent_id, contact_id)
    if work.call_sid is None:
        raise CallerGone("agent_left_room")
    deps.telephony.mute(contact.room, work.call_sid, on)
    return _save(deps, agent_id, contact_id, lambda c: transitions.muted(c, on))


def hang_up(deps: Deps, agent_id: AgentId, contact_id: ContactId) -> Contact:
    """Leave the conversation: it goes on with whoever else is in it.

    Otherwise it is over, and the customer goes on in the flow (survey). The agent wraps up; who was only consulted
    goes, and the call goes on without them.
    """
    joined = _joined(deps, agent_id, contact_id)
    if joined is not None and (left := control.leave(deps, agent_id, joined)) is not None:
        return left
    contact, work = _own(deps, agent_id, contact_id)
    return agent_hung_up(deps, contact, work.offer_id)


def _own(deps: Deps, agent_id: AgentId, contact_id: ContactId) -> tuple[Contact, Assignment]:
    contact = deps.contacts.get(contact_id)
    work = contact.assignment if contact else None
    if contact is not None and (work is None or work.agent_id != agent_id):
        work = next((w for w in contact.others if w.agent_id == agent_id), None)
    if contact is None or work is None:
        raise NotFound("You have no such contact.")
    if contact.state not in TALKING or contact.leader is not work:
        raise CallerGone("conversation_over")
    return contact, work


def _joined(deps: Deps, agent_id: AgentId, contact_id: ContactId) -> Contact | None:
    """The contact when this agent is rung or in it beside the one who leads."""
    contact = deps.contacts.get(contact_id)
    return contact if contact is not None and contact.parties and agents_party(contact, agent_id) else None


def _save(
    deps: Deps, agent_id: AgentId, contact_id: ContactId, change: Callable[[Contact], Change[Contact]]
) -> Contact:
    def attempt() -> Contact:
        contact, _ = _own(deps, agent_id, contact_id)
        done = change(contact)
        return deps.contacts.save(contact, done.entity, done.events)

    return again_on_conflict(attempt)
