"""Calls of a number that were hung up within seconds; remembered for a day."""

from dataclasses import dataclass, field

from offhook.domain.ids import DAY, ContactId, Instant, TenantId
from offhook.domain.ivr.screening import REMEMBERED, remembered
from offhook.domain.storage import Item, Items, Put
from offhook.stores import keys
from offhook.stores.codec import decode, encode


@dataclass(frozen=True, slots=True)
class ShortCalls:
    """When each ended, by contact."""

    ended: dict[str, Instant] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Nuisance:
    """Of one tenant's callers."""

    items: Items
    tenant: TenantId

    def short_calls(self, number: str) -> tuple[Instant, ...]:
        """When they ended, latest last; at most twenty."""
        return remembered(self._read(number)[0].ended.values())

    def note(self, number: str, contact_id: ContactId, at: Instant) -> None:
        """One more; the same contact again changes nothing. Raises CommitConflict when somebody was faster."""
        calls, version = self._read(number)
        if contact_id in calls.ended:
            return
        latest = sorted({**calls.ended, contact_id: at}.items(), key=lambda call: call[1])[-REMEMBERED:]
        key = keys.nuisance(self.tenant, number)
        item = Item(key, version=version + 1, body=encode(ShortCalls(dict(latest))), expires_at=at + DAY)
        self.items.commit(Put(item, expect=version))

    def _read(self, number: str) -> tuple[ShortCalls, int]:
        item = self.items.get(keys.nuisance(self.tenant, number))
        return (decode(ShortCalls, item.body), item.version) if item else (ShortCalls(), 0)
