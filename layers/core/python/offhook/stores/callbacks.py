"""Customers who are called back: a row by due time, one by number, one of the line in use, kept with the contact."""

from dataclasses import dataclass

from offhook.domain.ids import DAY, ContactId, Instant, QueueId, TenantId
from offhook.domain.routing.contact import Contact
from offhook.domain.storage import Delete, Item, Items, Key, Put, Table, Write
from offhook.stores import keys
from offhook.stores.codec import decode, encode


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which contact it is."""

    contact_id: ContactId


def row_writes(tenant: TenantId, old: Contact | None, new: Contact) -> list[Write]:
    """What a change of the contact does to its rows: they last until somebody is reached or the contact ends.

    The row by number must not be there when the callback is new: a number has one callback in a queue. That of the
    line lasts while the customer is rung or spoken with, and must not be there before: one telephone at a time. It
    outlives a callback that ends while its leg may still ring (usecases/callbacks/line.py), for a day at most.
    """
    writes, before, after = _line_writes(tenant, old, new), _due(tenant, old), _due(tenant, new)
    if before == after:
        return writes
    writes += [Delete(before)] if before is not None else []
    if after is not None:
        writes.append(Put(Item(after)))
    if old is None and after is not None:
        writes.append(Put(Item(_number(tenant, new), body=encode(Pointer(new.id))), expect=0))
    if after is None and old is not None:
        writes.append(Delete(_number(tenant, old)))
    return writes


@dataclass(frozen=True, slots=True)
class Callbacks:
    """One tenant's callbacks to come."""

    items: Items
    tenant: TenantId

    def of(self, number: str, queue: QueueId) -> ContactId | None:
        """The callback that the number has in the queue."""
        item = self.items.get(keys.callback_of(self.tenant, number, queue)) if number else None
        return decode(Pointer, item.body).contact_id if item else None

    def on_the_line(self, number: str) -> ContactId | None:
        """The callback in which the number is rung or spoken with at present, in any queue."""
        item = self.items.get(keys.callback_line(self.tenant, number))
        return decode(Pointer, item.body).contact_id if item else None

    def let_go(self, number: str, holder: ContactId) -> None:
        """The line is free, if it is still that callback's."""
        item = self.items.get(keys.callback_line(self.tenant, number))
        if item is not None and decode(Pointer, item.body).contact_id == holder:
            self.items.commit(Delete(item.key, expect=item.version))

    def listed(self, after: str = "", limit: int = 50) -> list[tuple[str, ContactId]]:
        """The callbacks beyond `after`, those that wait before those put off, with where to read on after each."""
        found = self.items.query(Table.LIVE, keys.callback_list(self.tenant), after=after, limit=limit)
        return [(item.key.sk, ContactId(item.key.sk.rpartition("#")[2])) for item in found]

    def due(self, now: Instant, after: str = "", limit: int = 50) -> list[tuple[str, ContactId]]:
        """Those put off that are due by now, or of which somebody is to be reminded, the longest due first.

        Each with where to read on after it.
        """
        first = f"{keys.CALLBACK_PUT_OFF}#"
        return [found for found in self.listed(after or first, limit) if found[0] < f"{first}{now + 1:013d}"]


def _line_writes(tenant: TenantId, old: Contact | None, new: Contact) -> list[Write]:
    before, after = _has_the_line(old), _has_the_line(new)
    key = keys.callback_line(tenant, new.customer_number)
    if after and not before:
        forgotten_at = (new.callback.dialled_at or 0) + DAY if new.callback else None
        return [Put(Item(key, body=encode(Pointer(new.id)), expires_at=forgotten_at), expect=0)]
    return [Delete(key)] if before and not after else []


def _has_the_line(contact: Contact | None) -> bool:
    callback = contact.callback if contact is not None else None
    if contact is None or callback is None:
        return False
    if contact.ended_at is not None:
        return callback.dialled_at is not None and callback.reached_at is None
    return (callback.dialled_at or callback.reached_at) is not None


def _due(tenant: TenantId, contact: Contact | None) -> Key | None:
    if contact is None or contact.callback is None or not contact.awaits_customer:
        return None
    return keys.callback_row(tenant, contact.is_put_off, contact.callback.next_at, contact.id)


def _number(tenant: TenantId, contact: Contact) -> Key:
    assert contact.visit is not None, "a callback is in its queue until somebody is reached"
    return keys.callback_of(tenant, contact.customer_number, contact.visit.queue)
