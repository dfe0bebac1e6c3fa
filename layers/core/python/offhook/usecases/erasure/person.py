"""The erasure of one person, found by customer and by number in every contact there is; open ones are waited for."""

from dataclasses import dataclass, replace
from typing import Any, TypedDict

from offhook.domain.analytics.lake import Lake
from offhook.domain.audit.chain import Act
from offhook.domain.audit.deeds import Deed
from offhook.domain.customers.customer import Customer
from offhook.domain.ids import HOUR, CustomerId
from offhook.domain.messages import Message, Topic
from offhook.domain.objects import Objects
from offhook.domain.recordings.stored import OnLegalHold
from offhook.domain.routing.contact import Contact
from offhook.domain.storage import CommitConflict, Delete, Item, Table
from offhook.domain.sweeping import Sweep
from offhook.domain.tenants.data_classes import kind_of_partition
from offhook.stores.audit import AuditTrail
from offhook.stores.codec import decode
from offhook.stores.contacts import TimelineEntry
from offhook.stores.forgetting import RECORD, Forgetting, PersonErasure, media_of
from offhook.stores.recordings import Recordings
from offhook.stores.timelines import Timelines
from offhook.usecases.analytics.compact import LakeFiles
from offhook.usecases.customers.history import history
from offhook.usecases.deps import Deps
from offhook.usecases.erasure import retention
from offhook.usecases.erasure.lake import LakePerson
from offhook.usecases.recordings import deleting
from offhook.usecases.retry import again_on_conflict

WAIT_S = 900.0
STALLED_AFTER = HOUR
RULE, BY = "erasure of a person", "erasure"
MOST_CONTACTS = 1000
TABLES = (Table.RECORDS, Table.LIVE)
LAKE = "lake"
CERTIFIED = Deed.CUSTOMER_ERASED


def begin(deps: Deps, customer_id: CustomerId, by: str) -> None:
    """The profile goes at once, the first page of the rest is asked for.

    Raises NotFound, and OnLegalHold while a contact of theirs is held.
    """
    again_on_conflict(lambda: _begin(deps, customer_id, by))
    _ask(deps, customer_id)


def go_on(deps: Deps) -> None:
    """Ask anew for those of whom no page was begun for an hour: their message was lost."""
    for one in Forgetting(deps.items, deps.tenant.id).under_way():
        if deps.clock.now() - one.at >= STALLED_AFTER:
            _ask(deps, one.customer_id)


class ContactKept(TypedDict):
    """A contact of a person; events: as they were published."""

    summary: TimelineEntry
    contact: Contact | None
    events: list[dict[str, Any]]


class PersonKept(TypedDict):
    """Everything that is kept of a person; complete: there are no more contacts."""

    customer: Customer
    contacts: list[ContactKept]
    complete: bool


def exported(deps: Deps, customer_id: CustomerId) -> PersonKept:
    """Everything of one person: profile, and their last contacts, up to 1,000, with what happened; raises NotFound."""
    customer = deps.customers.get(customer_id)
    found = history(deps, customer.id, MOST_CONTACTS)
    contacts: list[ContactKept] = []
    for entry in found.data:
        record = deps.contacts.closed(entry.contact_id)
        events = Timelines(deps.items, deps.tenant.id).of(entry.contact_id)
        contacts.append({"summary": entry, "contact": record, "events": events})
    return {"customer": customer, "contacts": contacts, "complete": found.next_after is None}


@dataclass(frozen=True, slots=True)
class PersonEraser:
    """One tenant's stores and files, the way through whole tables, and the lake.

    settles_s: how long events that were on their way may take to reach the lake.
    """

    deps: Deps
    objects: Objects
    sweep: Sweep
    lake: Lake
    lake_files: LakeFiles
    settles_s: float = 0.0

    def advance(self, customer_id: str, place: str) -> bool:
        """One page; whether the person is gone. place: `<table> <where it goes on>` or `lake`, "" = the beginning."""
        found = self._records.find(customer_id)
        try:
            return found is None or self._page(replace(found, at=self.deps.clock.now()), place)
        except CommitConflict:
            if self._records.find(customer_id):
                raise
            return True  # another message of it was the last

    def _page(self, erasure: PersonErasure, place: str) -> bool:
        self._records.note(erasure)
        customer_id = erasure.customer_id
        if place == LAKE:
            return self._of_the_lake(erasure)
        name, _, after = (place or f"{TABLES[0]} ").partition(" ")
        swept = self.sweep.items(self.deps.tenant.id, Table(name), after)
        waits = [self._forget(item, erasure) for item in swept.items if _is_contact(item)]
        if any(waits):
            self._next(customer_id, f"{name} {after}", WAIT_S)
        elif swept.after:
            self._next(customer_id, f"{name} {swept.after}")
        elif name == TABLES[0]:
            self._next(customer_id, f"{TABLES[1]} ")
        else:
            self._next(customer_id, LAKE, min(WAIT_S, self.settles_s))
        return False

    def _of_the_lake(self, erasure: PersonErasure) -> bool:
        """Look for what names the person, write one day anew, look again: nothing found is the proof."""
        person = LakePerson(self.lake, self.lake_files, self.deps.tenant.id, erasure.customer_id, erasure.numbers)
        if erasure.days:
            after = self._blanked(erasure, person)
        elif days := person.days():
            after = replace(erasure, days=days)
        else:
            again_on_conflict(lambda: self._certify(erasure))
            return True
        self._records.note(after)
        self._next(erasure.customer_id, LAKE)
        return False

    def _blanked(self, erasure: PersonErasure, person: LakePerson) -> PersonErasure:
        (day, contacts), *rest = sorted(erasure.days.items())
        files = person.blank(day, contacts, f"{self.deps.clock.now()}-{erasure.customer_id}")
        done = erasure.rewritten + bool(files)
        return replace(erasure, days=dict(rest), rewritten=done, files=erasure.files + files)

    def _certify(self, erasure: PersonErasure) -> None:
        """The note that it is to be done goes with an entry of the audit trail that says what was done."""
        about: dict[str, object] = {"customer_id": erasure.customer_id, "asked_by": erasure.by}
        about |= {"lake_days_rewritten": erasure.rewritten, "lake_files_replaced": erasure.files, "lake_events_left": 0}
        act = Act(self.deps.clock.now(), "offhook", "platform", CERTIFIED, about)
        self._records.end(erasure, *AuditTrail(self.deps.items, self.deps.tenant.id).appended(act))

    @property
    def _records(self) -> Forgetting:
        return Forgetting(self.deps.items, self.deps.tenant.id)

    def _next(self, customer_id: str, place: str, delay_s: float = 0.0) -> None:
        self.deps.outgoing.send(Message(self.deps.tenant.id, Topic.ERASE_PERSON, customer_id, place), delay_s)

    def _forget(self, item: Item, erasure: PersonErasure) -> bool:
        """Forget the person in one contact; whether it must be waited for, because it is under way."""
        contact = decode(Contact, item.body)
        if contact.customer_id != erasure.customer_id and contact.customer_number not in erasure.numbers:
            return False
        if not contact.is_settled or Recordings(self.deps.items, self.deps.tenant.id).hold_on(contact.id):
            return True
        if self._silence(contact):
            return self._forget(self.deps.items.get(item.key) or item, erasure)
        self.objects.delete(list(media_of(contact)))
        if item.key.table is Table.RECORDS:
            self._records.contact(contact, item.version)
        else:
            self.deps.items.commit(Delete(item.key, expect=item.version))
        return False

    def _silence(self, contact: Contact) -> bool:
        """Delete the recordings that are still there, each with its proof; whether there were any."""
        kept = Recordings(self.deps.items, self.deps.tenant.id)
        there = [one.sid for one in contact.recordings if kept.get(one.sid)]
        for sid in there:
            deleting.delete(self.deps, sid, RULE, BY, retention.erasing(self.deps, self.objects))
        return bool(there)


def _begin(deps: Deps, customer_id: CustomerId, by: str) -> None:
    customer = deps.customers.get(customer_id)
    _refuse_held(deps, customer)
    Forgetting(deps.items, deps.tenant.id).begin(customer, by, deps.clock.now())


def _ask(deps: Deps, customer_id: str) -> None:
    deps.outgoing.send(Message(deps.tenant.id, Topic.ERASE_PERSON, customer_id))


def _refuse_held(deps: Deps, customer: Customer) -> None:
    for hold in Recordings(deps.items, deps.tenant.id).holds():
        contact = deps.contacts.get(hold.contact_id) or deps.contacts.closed(hold.contact_id)
        if contact is None:
            continue
        if contact.customer_id == customer.id or contact.customer_number in customer.numbers:
            raise OnLegalHold("hold_on", contact=contact.id, reason=hold.reason)


def _is_contact(item: Item) -> bool:
    return kind_of_partition(item.key.pk) == RECORD and item.key.sk == RECORD
