"""Deliveries of webhooks: the log of each endpoint, what is due, and the places for attempts under way."""

import re
from dataclasses import dataclass

from offhook.domain.errors import NotFound
from offhook.domain.ids import SECOND, Instant, TenantId
from offhook.domain.integrations.delivery import KEPT, Delivery, DeliveryState
from offhook.domain.storage import CommitConflict, Delete, Item, Items, Key, Put, Table
from offhook.stores import keys
from offhook.stores.codec import decode, encode
from offhook.stores.delivery_lines import Lines, called, moved

PLACES = 5  # attempts at one endpoint at the same time
LEASE = 40 * SECOND  # longer than any attempt takes
_ID = re.compile(r"dl_(\d{13})_([0-9a-f]{20})")


@dataclass(frozen=True, slots=True)
class Place:
    """One of an endpoint's places, as it was taken."""

    number: int
    version: int
    delivery_id: str


@dataclass(frozen=True, slots=True)
class _Held:
    delivery_id: str
    until: Instant


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The deliveries of one tenant."""

    items: Items
    tenant: TenantId

    def begin(self, delivery: Delivery) -> bool:
        """Store a new delivery, at its place in the line; False when the event was on its way there already.

        Raises CommitConflict when the line moved meanwhile.
        """
        try:
            self._enter(delivery, expect=0)
        except CommitConflict as conflict:
            if delivery.ordered and 0 not in conflict.failed:
                raise
            return False
        return True

    def get(self, endpoint_id: str, delivery_id: str) -> Delivery:
        """The delivery as last committed; raises NotFound."""
        found = self.find(endpoint_id, delivery_id)
        if found is None:
            raise NotFound("There is no delivery with this id.")
        return found

    def find(self, endpoint_id: str, delivery_id: str) -> Delivery | None:
        """The delivery as last committed, or None, also for what can be none's id."""
        rank = _rank(delivery_id)
        item = self.items.get(self._key(endpoint_id, rank)) if rank else None
        return decode(Delivery, item.body) if item else None

    def save(self, before: Delivery, after: Delivery, now: Instant) -> str:
        """Replace it as read; raises CommitConflict when somebody was faster.

        Returns the id of the delivery whose turn it is because this one is over; "" = none.
        """
        if not after.ordered or after.state is DeliveryState.PENDING:
            self.items.commit(self._put(after, expect=before.version))
            return ""
        writes, following = self._lines.left(before)
        if following is not None:
            writes.append(self._call(before.endpoint_id, following, now))
        self.items.commit(self._put(after, expect=before.version), *writes)
        return following.body.decode() if following else ""

    def begin_anew(self, before: Delivery, after: Delivery) -> None:
        """Replace it as read by one that is to be sent again, at its place in the line; raises CommitConflict."""
        self._enter(after, expect=before.version)

    def is_first(self, delivery: Delivery) -> bool:
        """Whether it may be sent as far as the order goes."""
        return not delivery.ordered or self._lines.is_first(delivery)

    def log(
        self, endpoint_id: str, *, after: str = "", since: Instant | None = None, limit: int = 50, oldest: bool = False
    ) -> list[Delivery]:
        """Deliveries by time of the event, newest first unless `oldest`; after: the id that the page before ended with.

        since: with `oldest`, the time to begin at.
        """
        place = _rank(after) or (f"{since:013d}" if since is not None else "")
        partition = keys.deliveries(self.tenant, endpoint_id)
        rows = self.items.query(Table.RECORDS, partition, after=place, limit=limit, reverse=not oldest)
        return [decode(Delivery, row.body) for row in rows]

    def due(self, endpoint_id: str, now: Instant, limit: int) -> list[str]:
        """Ids of the deliveries that are due, the longest due first, as the index knows them (it may lag)."""
        found = self.items.query_index(Table.RECORDS, keys.due_deliveries(self.tenant, endpoint_id), limit=limit)
        return [_id(entry.key.sk) for entry in found if int(entry.rank[:13]) <= now]

    def take_place(self, endpoint_id: str, delivery_id: str, now: Instant) -> Place | None:
        """A place for an attempt; None when all are taken or one of them has this delivery."""
        partition = keys.sending_list(self.tenant, endpoint_id)
        rows = {row.key.sk: row for row in self.items.query(Table.PULSE, partition, limit=PLACES)}
        held = {number: decode(_Held, row.body) for number, row in rows.items()}
        if any(one.delivery_id == delivery_id and one.until > now for one in held.values()):
            return None
        free = [n for n in range(PLACES) if str(n) not in held or held[str(n)].until <= now]
        for number in free:
            version = rows[str(number)].version if str(number) in rows else 0
            place = Place(number, max(now, version + 1), delivery_id)
            if self._occupy(endpoint_id, place, version, now):
                return place
        return None

    def leave_place(self, endpoint_id: str, place: Place) -> None:
        """The attempt is over; a place that another took meanwhile is left alone."""
        key = Key(Table.PULSE, keys.sending_list(self.tenant, endpoint_id), str(place.number))
        try:
            self.items.commit(Delete(key, expect=place.version))
        except CommitConflict:
            return

    @property
    def _lines(self) -> Lines:
        return Lines(self.items, self.tenant)

    def _enter(self, delivery: Delivery, expect: int) -> None:
        waiting, rows = self._lines.joined(delivery) if delivery.ordered and delivery.next_at else (delivery, [])
        self.items.commit(self._put(waiting, expect=expect), *rows)

    def _call(self, endpoint_id: str, following: Item, now: Instant) -> Put:
        """It is its turn; one that is due already may be over at this moment, and must see who stands behind it."""
        waiting = self.find(endpoint_id, following.body.decode())
        turn = called(waiting, now) if waiting else None
        if waiting is None or turn is None or turn == waiting:
            return moved(following)
        return self._put(turn, expect=waiting.version)

    def _occupy(self, endpoint_id: str, place: Place, version: int, now: Instant) -> bool:
        key = Key(Table.PULSE, keys.sending_list(self.tenant, endpoint_id), str(place.number))
        body = encode(_Held(place.delivery_id, now + LEASE))
        item = Item(key, version=place.version, body=body, expires_at=now + 2 * LEASE)
        try:
            self.items.commit(Put(item, expect=version))
        except CommitConflict:
            return False
        return True

    def _put(self, delivery: Delivery, expect: int) -> Put:
        rank = _rank(delivery.id)
        partition = keys.due_deliveries(self.tenant, delivery.endpoint_id)
        due = None if delivery.next_at is None else (partition, f"{delivery.next_at:013d}#{rank}")
        item = Item(
            self._key(delivery.endpoint_id, rank),
            version=delivery.version,
            body=encode(delivery),
            index=due,
            expires_at=max(delivery.at, delivery.next_at or 0) + KEPT,
        )
        return Put(item, expect=expect)

    def _key(self, endpoint_id: str, rank: str) -> Key:
        return Key(Table.RECORDS, keys.deliveries(self.tenant, endpoint_id), rank)


def _rank(delivery_id: str) -> str:
    """The sort key of an id, "" for what is none."""
    found = _ID.fullmatch(delivery_id)
    return f"{found[1]}#{found[2]}" if found else ""


def _id(rank: str) -> str:
    at, _, digest = rank.partition("#")
    return f"dl_{at}_{digest}"
