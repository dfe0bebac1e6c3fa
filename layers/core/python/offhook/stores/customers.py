"""Customers of a tenant, found by number and by name; a number belongs to one customer at most."""

from dataclasses import dataclass, replace

from offhook.domain.customers.customer import Customer, checked, rank
from offhook.domain.errors import Conflict, NotFound, PreconditionFailed
from offhook.domain.ids import CustomerId, TenantId
from offhook.domain.storage import CommitConflict, Delete, Item, Items, Put, Table, Write
from offhook.stores import keys
from offhook.stores.codec import decode, encode
from offhook.stores.contacts import TimelineEntry

TIMELINE = "TIMELINE#"


@dataclass(frozen=True, slots=True)
class NumberOwner:
    """Whose number it is; the body of the number's item, whose existence is the claim."""

    customer_id: CustomerId


@dataclass(frozen=True, slots=True)
class Customers:
    """The customers of one tenant."""

    items: Items
    tenant: TenantId

    def find(self, customer_id: CustomerId) -> Customer | None:
        """The customer, or None."""
        item = self.items.get(keys.customer(self.tenant, customer_id))
        return decode(Customer, item.body) if item else None

    def get(self, customer_id: CustomerId) -> Customer:
        """The customer; raises NotFound."""
        found = self.find(customer_id)
        if found is None:
            raise NotFound("There is no customer with this id.")
        return found

    def by_number(self, e164: str) -> Customer | None:
        """Whose number this is, or None; two reads."""
        claim = self.items.get(keys.customer_number(self.tenant, e164))
        return self.find(decode(NumberOwner, claim.body).customer_id) if claim else None

    def named(self, begins: str, limit: int, after: str = "") -> list[tuple[str, Customer]]:
        """Those whose folded names begin so, in order, with ranks to read on after; fewer than limit: no more."""
        from offhook.stores.indexed import in_order  # lists are none of a webhook's

        found = in_order(self.items, Table.RECORDS, keys.customers(self.tenant), after or begins, limit)
        return [(place, decode(Customer, item.body)) for place, item in found if place.startswith(begins)]

    def create(self, customer: Customer) -> Customer:
        """Store a new customer at version 1; raises Conflict when a number is another customer's."""
        first = checked(replace(customer, version=1))
        self._commit(self._writes(first, 0, ()), first)
        return first

    def change(self, customer: Customer) -> Customer:
        """Store a changed customer, whose version is the one that was read.

        Raises NotFound, PreconditionFailed when outdated, Conflict when a number is another customer's.
        """
        old = self.get(customer.id)
        if old.version != customer.version:
            raise PreconditionFailed("The version given is not the current one.", field="version")
        new = checked(replace(customer, version=old.version + 1))
        self._commit(self._writes(new, old.version, old.numbers), new)
        return new

    def add_number(self, customer_id: CustomerId, e164: str) -> Customer:
        """The customer with one more number; one they have already changes nothing."""
        customer = self.get(customer_id)
        if e164 in customer.numbers:
            return customer
        return self.change(replace(customer, numbers=(*customer.numbers, e164)))

    def score_writes(self, customer_id: CustomerId, score: float) -> list[Write]:
        """The writes that set the last score, to be committed with the answer; none for an unknown customer."""
        old = self.find(customer_id)
        if old is None:
            return []
        return self._writes(replace(old, version=old.version + 1, last_score=score), old.version, old.numbers)

    def timeline(self, customer_id: CustomerId, limit: int = 20, after: str = "") -> list[tuple[str, TimelineEntry]]:
        """Past contacts, newest first, with sort keys to read on after the last."""
        partition = keys.customer(self.tenant, customer_id).pk
        found = self.items.query(Table.RECORDS, partition, prefix=TIMELINE, after=after, limit=limit, reverse=True)
        return [(i.key.sk, decode(TimelineEntry, i.body)) for i in found]

    def _writes(self, new: Customer, expect: int, old_numbers: tuple[str, ...]) -> list[Write]:
        """The profile first, then the numbers claimed in their order, then those let go."""
        place = (keys.customers(self.tenant), rank(new))
        item = Item(keys.customer(self.tenant, new.id), version=new.version, body=encode(new), index=place)
        claims = [self._claim(number, new.id) for number in new.numbers if number not in old_numbers]
        let_go = [Delete(keys.customer_number(self.tenant, n)) for n in old_numbers if n not in new.numbers]
        return [Put(item, expect=expect), *claims, *let_go]

    def _claim(self, number: str, customer_id: CustomerId) -> Put:
        return Put(Item(keys.customer_number(self.tenant, number), body=encode(NumberOwner(customer_id))), expect=0)

    def _commit(self, writes: list[Write], customer: Customer) -> None:
        try:
            self.items.commit(*writes)
        except CommitConflict as conflict:
            if 0 in conflict.failed:
                raise PreconditionFailed("The version given is not the current one.", field="version") from conflict
            taken = _claimed(writes, conflict, customer)
            raise Conflict("number_of_another", field=taken) from conflict


def _claimed(writes: list[Write], conflict: CommitConflict, customer: Customer) -> str:
    """JSON path of the first number that is taken; $.numbers when the store did not say which."""
    for position in conflict.failed:
        write = writes[position]
        number = write.item.key.pk.rpartition("#")[2] if isinstance(write, Put) else ""
        if number in customer.numbers:
            return f"$.numbers[{customer.numbers.index(number)}]"
    return "$.numbers"
