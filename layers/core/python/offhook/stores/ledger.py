"""The ledger of one tenant: accounts, what each day cost by meter, and records that could not be counted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from offhook.domain.ids import DAY, Instant, TenantId
from offhook.domain.metering.account import Account, Posting
from offhook.domain.storage import Add, Item, Items, Key, Put, Table, Write
from offhook.stores import keys
from offhook.stores.codec import decode, encode

ACCOUNTS_AT_ONCE = 30  # with their days well below the hundred writes of a commit
KEPT = 400 * DAY


@dataclass(frozen=True, slots=True)
class Entry:
    """An account as read: its name and version (0 = new)."""

    name: str
    account: Account
    version: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything is one commit: accounts with the days they change."""

    items: Items
    tenant: TenantId

    def entries(self, names: Sequence[str]) -> list[Entry]:
        """The accounts of these names; one that is not there is empty."""
        found = self.items.get_many([self._account(name) for name in names])
        return [
            Entry(name, decode(Account, item.body), item.version) if item else Entry(name, Account(), 0)
            for name, item in zip(names, found, strict=True)
        ]

    def save(self, entries: Sequence[Entry], postings: Sequence[Posting], now: Instant) -> None:
        """Replace accounts as read and change their days; raises CommitConflict when somebody was faster."""
        writes: list[Write] = [
            Put(
                Item(self._account(e.name), version=e.version + 1, body=encode(e.account), expires_at=now + KEPT),
                expect=e.version,
            )
            for e in entries
        ]
        days: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for posting in postings:
            days[posting.day][posting.meter] += posting.picos
        writes += [Add(self._day(day), dict(meters)) for day, meters in sorted(days.items())]
        self.items.commit(*writes)

    def day(self, day: str) -> Mapping[str, int]:
        """What a UTC day cost, in picos by meter."""
        item = self.items.get(self._day(day))
        return dict(sorted(item.numbers.items())) if item else {}

    def quarantine(self, name: str, record: bytes, now: Instant) -> None:
        """Keep a record that could not be counted; again changes nothing."""
        self.items.commit(Put(Item(self._quarantined(name), body=record, expires_at=now + KEPT)))

    def quarantined(self, limit: int = 100) -> list[bytes]:
        """Records that wait for somebody to look."""
        found = self.items.query(Table.LEDGER, self._quarantined("").pk, limit=limit)
        return [item.body for item in found]

    def _account(self, name: str) -> Key:
        return Key(Table.LEDGER, f"{keys.tenant_prefix(self.tenant)}ACCOUNT#{name}", "ACCOUNT")

    def _day(self, day: str) -> Key:
        return Key(Table.LEDGER, f"{keys.tenant_prefix(self.tenant)}DAYS", day)

    def _quarantined(self, name: str) -> Key:
        return Key(Table.LEDGER, f"{keys.tenant_prefix(self.tenant)}QUARANTINE", name)
