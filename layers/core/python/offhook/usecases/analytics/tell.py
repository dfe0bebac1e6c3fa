"""What an agent's own devices are told of a change: enough to know that their desk has changed, never another's."""

from collections.abc import Iterator, Sequence
from typing import Any

from offhook.domain.analytics.changes import ItemChange
from offhook.domain.ids import AgentId
from offhook.domain.routing.agent import Agent
from offhook.domain.routing.contact import Contact
from offhook.domain.storage import Item
from offhook.stores.codec import decode

Told = tuple[AgentId, dict[str, Any]]


def desk_messages(changes: Sequence[ItemChange]) -> Iterator[Told]:
    """Whom to tell what, in order.

    seq is the version of what changed: it grows by one with each change of it, so that a gap shows a lost message.
    """
    for change in changes:
        if change.new is None or (change.old is not None and change.old.version == change.new.version):
            continue
        if change.kind == "agent":
            yield _of_agent(decode(Agent, change.new.body), change.version)
        elif change.kind == "contact":
            yield from _of_contact(change, decode(Contact, change.new.body))


def _of_agent(agent: Agent, seq: int) -> Told:
    message = {
        "type": "agent", "id": agent.id, "seq": seq, "state": agent.state, "contact_id": agent.contact_id,
        "offer_id": agent.offer_id, "session_id": agent.session_id,
    }  # fmt: skip
    return agent.id, message


def _of_contact(change: ItemChange, contact: Contact) -> Iterator[Told]:
    message = {"type": "contact", "id": contact.id, "seq": change.version, "state": contact.state}
    for agent_id in sorted(_concerned(change.old) | _concerned(change.new)):
        yield agent_id, message


def _concerned(item: Item | None) -> set[AgentId]:
    """The agents who are offered the contact or work on it."""
    if item is None:
        return set()
    contact = decode(Contact, item.body)
    working = {work.agent_id for work in contact.assignments if work.done_at is None}
    rung = {part.agent_id for part in (contact.offer, *contact.live_parties) if part and part.agent_id}
    return working | rung
