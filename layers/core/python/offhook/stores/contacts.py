"""Contacts under way and closed: items, waiting rows and records, each change one commit with its events."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offhook.domain.events import Event
from offhook.domain.ids import DAY, ContactId, Instant, QueueId, TenantId
from offhook.domain.routing.contact import Contact, ContactState
from offhook.domain.storage import Check, CommitConflict, Delete, Item, Items, Key, Put, Table, Write
from offhook.stores import keys
from offhook.stores.codec import decode, encode, encode_events

if TYPE_CHECKING:
    from offhook.domain.routing.estimate import Paces
    from offhook.domain.routing.matching_types import WaitingContact

KEPT_AFTER_CLOSE = 2 * DAY  # late callbacks still find the contact
POSITION_LIMIT = 50


@dataclass(frozen=True, slots=True)
class Contacts:
    """The contacts of one tenant."""

    items: Items
    tenant: TenantId

    def get(self, contact_id: ContactId) -> Contact | None:
        """The contact while it is under way and for two days after."""
        item = self.items.get(keys.contact(self.tenant, contact_id))
        return decode(Contact, item.body) if item else None

    def get_with_paces(self, contact_id: ContactId) -> "tuple[Contact | None, Paces | None]":
        """The contact, and what its wait is estimated from (None before anything was counted); one request."""
        from offhook.domain.routing.estimate import Paces

        wanted = [keys.contact(self.tenant, contact_id), keys.paces(self.tenant)]
        contact, paces = self.items.get_many(wanted)
        return decode(Contact, contact.body) if contact else None, decode(Paces, paces.body) if paces else None

    def start(self, contact: Contact, events: Sequence[Event]) -> Contact:
        """Store a new contact; when it is there already (a repeated webhook), the stored one is returned."""
        first = replace(contact, version=1)
        try:
            self.items.commit(self._put(first, 0, events))
        except CommitConflict:
            return self.get(contact.id) or first
        return first

    def first_writes(self, contact: Contact, events: Sequence[Event]) -> list[Write]:
        """The writes of a new contact, to be committed together with others'; it must not exist yet."""
        from offhook.stores import callbacks

        first = replace(contact, version=1)
        rows: list[Write] = [Put(row) for row in self._waiting_items(first)]
        return [self._put(first, 0, events), *rows, *callbacks.row_writes(self.tenant, None, first)]

    def save(self, old: Contact, new: Contact, events: Sequence[Event]) -> Contact:
        """Commit a change of this contact alone; raises CommitConflict when somebody was faster."""
        if new == old and not events:
            return old
        self.items.commit(*self.writes(old, new, events))
        return self.next_version(old, new)

    def next_version(self, old: Contact, new: Contact) -> Contact:
        """The contact as a commit of `writes` has stored it."""
        return replace(new, version=old.version + 1)

    def writes(self, old: Contact, new: Contact, events: Sequence[Event]) -> list[Write]:
        """The writes of a change, to be committed together with others'."""
        stored = replace(new, version=old.version + 1)
        writes: list[Write] = [self._put(stored, old.version, events)]
        before, after = self._waiting_items(old), self._waiting_items(stored)
        kept = {row.key for row in after}
        writes += [Delete(row.key) for row in before if row.key not in kept]
        writes += [Put(row) for row in after if row not in before]
        if stored.callback is not None:
            from offhook.stores import callbacks  # most contacts are none

            writes += callbacks.row_writes(self.tenant, old, stored)
        if stored.is_closed:
            writes += self._records(stored)
        return writes

    def unchanged(self, contact: Contact) -> Check:
        """A condition of a commit: the contact, as read from the live table, is as it was."""
        return Check(keys.contact(self.tenant, contact.id), contact.version)

    def waiting(self, queue: QueueId, limit: int = 25, after: str = "") -> "list[tuple[str, WaitingContact]]":
        """The next contacts of a queue, with their sort keys (to read on after the last)."""
        from offhook.domain.routing.matching_types import WaitingContact

        found = self.items.query(Table.LIVE, keys.waiting_list(self.tenant, queue), after=after, limit=limit)
        return [(i.key.sk, decode(WaitingContact, i.body)) for i in found]

    def position(self, contact: Contact) -> int | None:
        """The place in the line, 1 = next; exact up to 50, None beyond."""
        rows = self._waiting_items(contact)
        if not rows:
            return None
        row = rows[0]
        ahead = self.items.count(Table.LIVE, row.key.pk, before=row.key.sk, limit=POSITION_LIMIT)
        return ahead + 1 if ahead < POSITION_LIMIT else None

    def queue_length(self, queue: QueueId, limit: int) -> int:
        """How many wait in the queue, counted up to limit."""
        return self.items.count(Table.LIVE, keys.waiting_list(self.tenant, queue), before="~", limit=limit)

    def open(self, after: str = "", limit: int = 100) -> list[tuple[str, Contact]]:
        """Contacts with which something is still to happen, oldest first, with index ranks; the list may lag."""
        return self._indexed(Table.LIVE, keys.open_contacts(self.tenant), after, limit, False)

    def closed(self, contact_id: ContactId) -> Contact | None:
        """A closed contact, for as long as the tenant keeps records."""
        item = self.items.get(keys.contact_record(self.tenant, contact_id))
        return decode(Contact, item.body) if item else None

    def closed_on(self, day: str, after: str = "", limit: int = 50, reverse: bool = True) -> list[tuple[str, Contact]]:
        """Contacts that began on a UTC day (yyyy-mm-dd), newest first unless told, with keys to read on after."""
        return self._indexed(Table.RECORDS, keys.contacts_of_day(self.tenant, day), after, limit, reverse)

    def _indexed(
        self, table: Table, partition: str, after: str, limit: int, reverse: bool
    ) -> list[tuple[str, Contact]]:
        from offhook.stores.indexed import in_order  # lists are none of a webhook's

        found = in_order(self.items, table, partition, after, limit, reverse)
        return [(rank, decode(Contact, item.body)) for rank, item in found]

    def _put(self, contact: Contact, expect: int, events: Sequence[Event]) -> Put:
        closed = contact.closed_at
        item = Item(
            keys.contact(self.tenant, contact.id),
            version=contact.version,
            body=encode(contact),
            events=encode_events(_marked(contact, events)) if events else b"",
            index=None if contact.is_settled or contact.is_put_off else self._open_place(contact),
            expires_at=closed + KEPT_AFTER_CLOSE if closed else None,
        )
        return Put(item, expect=expect)

    def _open_place(self, contact: Contact) -> tuple[str, str]:
        return keys.open_contacts(self.tenant), f"{contact.started_at:013d}#{contact.id}"

    def _waiting_items(self, contact: Contact) -> list[Item]:
        """The rows of a waiting contact: in its queue's line, then in those of the queues that take it, too."""
        visit = contact.visit
        if contact.state is not ContactState.WAITING or visit is None:
            return []
        from offhook.domain.routing.matching_types import waiting_view  # most contacts are not waiting

        body, place = encode(waiting_view(contact)), (visit.priority, visit.enqueued_at, contact.id)
        return [Item(keys.waiting_row(self.tenant, q, *place), body=body) for q in (visit.queue, *visit.also)]

    def _records(self, contact: Contact) -> list[Write]:
        index = keys.contact_by_day(self.tenant, contact.started_at, contact.id)
        key = keys.contact_record(self.tenant, contact.id)
        body = encode(contact)
        writes: list[Write] = [Put(Item(key, version=contact.version, body=body, index=index))]
        if contact.customer_id is not None:
            writes.append(Put(Item(self._timeline_key(contact), body=encode(_summary(contact)))))
        return writes

    def _timeline_key(self, contact: Contact) -> Key:
        assert contact.customer_id is not None
        return keys.timeline_row(self.tenant, contact.customer_id, contact.started_at, contact.id)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One past contact, as a customer's timeline shows it."""

    contact_id: ContactId
    started_at: Instant
    ended_at: Instant
    outcome: str
    queue: str = ""
    agent_id: str = ""
    disposition: str = ""


def _marked(contact: Contact, events: Sequence[Event]) -> Sequence[Event]:
    """The events of a trial say so, whoever made them."""
    return [replace(event, trial=True) for event in events] if contact.is_trial else events


def _summary(contact: Contact) -> TimelineEntry:
    work = contact.assignment
    return TimelineEntry(
        contact.id,
        contact.started_at,
        contact.ended_at or contact.started_at,
        contact.outcome or "",
        contact.visit.queue if contact.visit else "",
        work.agent_id if work else "",
        (work.disposition or "") if work else "",
    )
