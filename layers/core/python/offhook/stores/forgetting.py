"""Forgetting who a closed contact was with: its facts stay, so that reports add up; what tells of a person goes."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import msgspec

from offhook.domain.customers.customer import Customer
from offhook.domain.ids import ContactId, CustomerId, Instant, TenantId
from offhook.domain.routing.contact import Contact
from offhook.domain.storage import Delete, Item, Items, Key, Put, Table, Write
from offhook.stores import keys
from offhook.stores.codec import decode, encode

PERSONAL = ("customer_number", "customer_id", "customer_name", "tier", "tags", "attributes", "notes")
PAGE = 100
AT_ONCE = 25
THERE = 1  # the version of every note of an erasure
RECORD = "CONTACT"


@dataclass(frozen=True, slots=True)
class PersonErasure:
    """A person who is being erased. numbers: under which they may have called before anybody knew them.

    at: when a page of it was begun last.
    days: what of the lake is still to be written anew, with the contacts of each day; rewritten, files: how many days
    and files of it have been.
    """

    customer_id: CustomerId
    by: str
    numbers: tuple[str, ...] = ()
    at: Instant = 0
    days: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rewritten: int = 0
    files: int = 0


@dataclass(frozen=True, slots=True)
class Forgetting:
    """One tenant's records of contacts and customers."""

    items: Items
    tenant: TenantId

    def under_way(self) -> list[PersonErasure]:
        """The erasures of persons that are not finished (up to 1,000)."""
        found = self.items.query(Table.RECORDS, self._list(), limit=1000)
        return [decode(PersonErasure, item.body) for item in found]

    def find(self, customer_id: str) -> PersonErasure | None:
        """The erasure of the customer, while it is under way."""
        return next((one for one in self.under_way() if one.customer_id == customer_id), None)

    def begin(self, customer: Customer, by: str, now: Instant) -> None:
        """The profile and its numbers go, and what else is to be done is noted; raises CommitConflict if it changed."""
        profile = Delete(keys.customer(self.tenant, customer.id), expect=customer.version)
        claims = [Delete(keys.customer_number(self.tenant, number)) for number in customer.numbers]
        self.items.commit(profile, *claims, self._noted(PersonErasure(customer.id, by, customer.numbers, now), 0))

    def note(self, erasure: PersonErasure) -> None:
        """How far it is; raises CommitConflict when it has ended."""
        self.items.commit(self._noted(erasure, expect=THERE))

    def contact(self, contact: Contact, version: int) -> None:
        """Keep the facts of a closed contact and drop the person; raises CommitConflict when it changed meanwhile.

        The record comes last: as long as it names the person, a repetition finds the contact.
        """
        for row in self._rows(contact.id):
            events = [_without(event) for event in msgspec.json.decode(row.body)]
            self.items.commit(Put(replace(row, body=msgspec.json.encode(events))))
        key = keys.contact_record(self.tenant, contact.id)
        index = keys.contact_by_day(self.tenant, contact.started_at, contact.id)
        bare = replace(without_person(contact), version=version + 1)
        self.items.commit(Put(Item(key, version + 1, encode(bare), index=index), expect=version))

    def delete_contact(self, contact: Contact) -> None:
        """The record, its events and its line in the customer's timeline."""
        gone: list[Write] = [Delete(row.key) for row in self._rows(contact.id)]
        gone.append(Delete(keys.contact_record(self.tenant, contact.id)))
        if contact.customer_id:
            gone.append(Delete(keys.timeline_row(self.tenant, contact.customer_id, contact.started_at, contact.id)))
        self._all(gone)

    def end(self, erasure: PersonErasure, *certificate: Write) -> None:
        """The timeline goes, then the note that this is to be done, in one commit with the certificate.

        Raises CommitConflict when it has ended.
        """
        partition = keys.customer(self.tenant, erasure.customer_id).pk
        while rows := self.items.query(Table.RECORDS, partition, prefix="TIMELINE#", limit=PAGE):
            self._all([Delete(row.key) for row in rows])
        self.items.commit(Delete(self._note(erasure), expect=THERE), *certificate)

    def _rows(self, contact_id: ContactId) -> list[Item]:
        partition = keys.contact_record(self.tenant, contact_id).pk
        return self.items.query(Table.RECORDS, partition, prefix="EVENTS#", limit=1000)

    def _all(self, writes: list[Write]) -> None:
        for start in range(0, len(writes), AT_ONCE):
            self.items.commit(*writes[start : start + AT_ONCE])

    def _noted(self, erasure: PersonErasure, expect: int) -> Put:
        return Put(Item(self._note(erasure), THERE, encode(erasure)), expect)

    def _note(self, erasure: PersonErasure) -> Key:
        return Key(Table.RECORDS, self._list(), erasure.customer_id)

    def _list(self) -> str:
        return f"T#{self.tenant}#PERSONERASURE"


def without_person(contact: Contact) -> Contact:
    """The contact without number, name, notes, what the flow learned, and recordings."""
    work = replace(contact.assignment, notes="") if contact.assignment else None
    return replace(
        contact,
        customer_number="",
        customer_id=None,
        customer_name="",
        tier="",
        tags=(),
        flow=replace(contact.flow, attributes={}),
        assignment=work,
        others=tuple(replace(other, notes="") for other in contact.others),
        parties=tuple(replace(p, endpoint=replace(p.endpoint, address=""), name="") for p in contact.parties),
        recordings=(),
    )


def media_of(contact: Contact) -> Iterator[str]:
    """The keys of the contact's recordings."""
    return (recording.media_key for recording in contact.recordings if recording.media_key)


def _without(event: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in event.items() if name not in PERSONAL}
