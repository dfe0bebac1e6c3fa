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
            contact = decode(Contact, change.new.body)
            yield from _of_contact(change, contact)
            yield from _of_reminder(change.old, contact, change.version)


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


def _of_reminder(old: Item | None, contact: Contact, seq: int) -> Iterator[Told]:
    """To the owner of a callback: its time is near."""
    before, now = decode(Contact, old.body).callback if old else None, contact.callback
    if now is None or before is None or now.owner is None or not contact.is_put_off:
        return
    if before.remind_at is not None and now.remind_at is None:
        yield now.owner, {"type": "callback_reminder", "id": contact.id, "seq": seq, "due_at": now.due_at}


def _concerned(item: Item | None) -> set[AgentId]:
    """The agents who are offered the contact or work on it."""
    if item is None:
        return set()
    contact = decode(Contact, item.body)
    working = {work.agent_id for work in contact.assignments if work.done_at is None}
    rung = {part.agent_id for part in (contact.offer, *contact.live_parties) if part and part.agent_id}
    return working | rung
