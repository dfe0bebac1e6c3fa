"""Who was signed in during a month: one item for each person, however often they get a token."""

from dataclasses import dataclass

from offhook.domain.ids import DAY, Instant, TenantId, day_of
from offhook.domain.storage import CommitConflict, Item, Items, Key, Put, Table
from offhook.stores.keys import tenant_prefix

KEPT = 70 * DAY  # until the month is closed
MOST = 100_000


@dataclass(frozen=True, slots=True)
class ActivePeople:
    """Of one tenant."""

    items: Items
    tenant: TenantId

    def note(self, user_id: str, now: Instant) -> None:
        """They are active in this month; again changes nothing."""
        key = Key(Table.PULSE, self._month(now), user_id)
        try:
            self.items.commit(Put(Item(key, expires_at=now + KEPT), expect=0))
        except CommitConflict:
            return

    def in_month_of(self, at: Instant) -> int:
        """How many there were so far."""
        return self.items.count(Table.PULSE, self._month(at), before="~", limit=MOST)

    def _month(self, at: Instant) -> str:
        return f"{tenant_prefix(self.tenant)}ACTIVE#{day_of(at)[:7]}"
