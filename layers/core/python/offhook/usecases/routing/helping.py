"""The agent in conversation asks for a supervisor, and no longer."""

from collections.abc import Callable

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import AgentId, ContactId
from offhook.domain.routing import monitoring
from offhook.domain.routing.contact import Contact
from offhook.domain.routing.transitions import Change
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing.control import own

MOST = 500


def ask(deps: Deps, agent_id: AgentId, contact_id: ContactId, note: str = "") -> Contact:
    """Shown to supervisors until it is withdrawn or the conversation is over; raises as control.own."""
    if len(note) > MOST:
        raise InvalidInput("note_length", field="$.note", most=MOST)
    return _change(deps, agent_id, contact_id, lambda c: monitoring.help_asked(c, note, deps.clock.now()))


def withdraw(deps: Deps, agent_id: AgentId, contact_id: ContactId) -> Contact:
    """No supervisor is needed any more."""
    return _change(deps, agent_id, contact_id, lambda c: monitoring.help_withdrawn(c, deps.clock.now()))


def _change(
    deps: Deps, agent_id: AgentId, contact_id: ContactId, decide: Callable[[Contact], Change[Contact]]
) -> Contact:
    def attempt() -> Contact:
        contact, _ = own(deps, agent_id, contact_id)
        change = decide(contact)
        return deps.contacts.save(contact, change.entity, change.events)

    return again_on_conflict(attempt)
