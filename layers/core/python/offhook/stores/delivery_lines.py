"""The lines of ordered endpoints: of what is about one resource, the next is sent when the one before is over.

A row stands in the line while its delivery is pending, under its place in the resource's history. Whoever joins behind
another changes the other's row, whoever is over deletes its own as it was read, and changes the next one's if that is
on its way already: so that of two at once one looks again.
"""

from dataclasses import dataclass, replace

from offhook.domain.ids import Instant, TenantId
from offhook.domain.integrations.delivery import KEPT, Delivery, DeliveryState
from offhook.domain.integrations.payloads import resource_of
from offhook.domain.storage import Delete, Item, Items, Key, Put, Table, Write
from offhook.stores import keys


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one tenant."""

    items: Items
    tenant: TenantId

    def is_first(self, delivery: Delivery) -> bool:
        """Whether nothing earlier about its resource is still to be delivered."""
        first = self.items.query(Table.RECORDS, self._line(delivery).pk, limit=1)
        return not first or first[0].key.sk >= self._line(delivery).sk

    def joined(self, delivery: Delivery) -> tuple[Delivery, list[Write]]:
        """The delivery as it waits behind others, or is due at once; and the writes of the line."""
        place = self._line(delivery)
        here = self.items.get(place)  # it may be there already, when it is begun anew
        version = here.version if here else 0
        own = Put(Item(place, version + 1, delivery.id.encode(), expires_at=delivery.at + KEPT), expect=version)
        found = self.items.query(Table.RECORDS, place.pk, after=place.sk, limit=1, reverse=True)
        if not found:
            return delivery, [own]
        return replace(delivery, next_at=None), [own, moved(found[0])]

    def left(self, delivery: Delivery) -> tuple[list[Write], Item | None]:
        """The writes of the line when the delivery is over, and the row of the one that comes next."""
        place = self._line(delivery)
        rows = self.items.query(Table.RECORDS, place.pk, limit=2)
        own = next((row for row in rows if row.key == place), None) or self.items.get(place)
        if own is None:
            return [], None
        following = rows[1] if len(rows) > 1 and rows[0].key == place else None
        return [Delete(place, expect=own.version)], following

    def _line(self, delivery: Delivery) -> Key:
        resource, sequence = resource_of(delivery.event_id)
        return Key(Table.RECORDS, keys.delivery_line(self.tenant, delivery.endpoint_id, resource), f"{sequence:015d}")


def moved(row: Item) -> Put:
    """Whoever read the row as it was, to leave the line, looks at the line again."""
    return Put(replace(row, version=row.version + 1), expect=row.version)


def called(delivery: Delivery, now: Instant) -> Delivery:
    """It is its turn."""
    if delivery.state is not DeliveryState.PENDING or delivery.next_at is not None:
        return delivery
    return replace(delivery, next_at=now, version=delivery.version + 1)
