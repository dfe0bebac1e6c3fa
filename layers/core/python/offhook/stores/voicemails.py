"""Voicemails: items of the streamed table, open ones in its sparse index, each change one commit with its events."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from offhook.domain.events import Event
from offhook.domain.ids import DAY, AgentId, Instant, TenantId
from offhook.domain.routing.voicemails import Held, Voicemail
from offhook.domain.storage import Item, Items, Put, Table, Write
from offhook.stores import keys
from offhook.stores.codec import decode, encode, encode_events
from offhook.stores.indexed import in_order

KEPT_AFTER_CLOSE = 30 * DAY


@dataclass(frozen=True, slots=True)
class Voicemails:
    """One tenant's voicemails."""

    items: Items
    tenant: TenantId

    def get(self, voicemail_id: str) -> Voicemail | None:
        """The voicemail, until a month after it was closed."""
        item = self.items.get(keys.voicemail(self.tenant, voicemail_id))
        return decode(Voicemail, item.body) if item else None

    def writes(self, new: Voicemail, events: Sequence[Event]) -> list[Write]:
        """The write of a change, to be committed with others'. new: with the version that was read; 0 = it is new."""
        stored = replace(new, version=new.version + 1)
        is_open = stored.closed_at is None
        item = Item(
            keys.voicemail(self.tenant, stored.id),
            version=stored.version,
            body=encode(stored),
            events=encode_events(events) if events else b"",
            index=(keys.open_voicemails(self.tenant), f"{stored.left_at:013d}#{stored.id}") if is_open else None,
            expires_at=None if stored.closed_at is None else stored.closed_at + KEPT_AFTER_CLOSE,
        )
        return [Put(item, expect=new.version)]

    def save(self, new: Voicemail, events: Sequence[Event]) -> Voicemail:
        """Commit a change of this voicemail alone; raises CommitConflict when somebody was faster."""
        if events:
            self.items.commit(*self.writes(new, events))
            return replace(new, version=new.version + 1)
        return new

    def held(self, agent_id: AgentId) -> Held:
        """What the agent works on."""
        item = self.items.get(keys.held_voicemails(self.tenant, agent_id))
        return replace(decode(Held, item.body), version=item.version) if item else Held()

    def held_writes(self, agent_id: AgentId, old: Held, new: Held, now: Instant) -> list[Write]:
        """The write of what the agent works on, to be committed with the voicemail's."""
        if new.ids == old.ids:
            return []
        item = Item(
            keys.held_voicemails(self.tenant, agent_id),
            version=old.version + 1,
            body=encode(new),
            expires_at=now + KEPT_AFTER_CLOSE,
        )
        return [Put(item, expect=old.version)]

    def open(self, after: str = "", limit: int = 50) -> list[tuple[str, Voicemail]]:
        """Those that are not closed, the oldest first, with where to read on after each; the list may lag."""
        found = in_order(self.items, Table.LIVE, keys.open_voicemails(self.tenant), after, limit)
        return [(rank, decode(Voicemail, item.body)) for rank, item in found]
