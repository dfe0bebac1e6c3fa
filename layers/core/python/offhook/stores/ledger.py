"""The ledger of one tenant: accounts, what each day cost and sold, closed statements, and what could not be counted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from offhook.domain.ids import DAY, Instant, TenantId
from offhook.domain.metering.account import Account, Posted
from offhook.domain.metering.bill import LineShares
from offhook.domain.metering.records import BILLED
from offhook.domain.metering.statement import Statement
from offhook.domain.storage import Add, CommitConflict, Item, Items, Key, Put, Table, Write
from offhook.stores import keys
from offhook.stores.codec import decode, encode

ACCOUNTS_AT_ONCE = 30  # with their days well below the hundred writes of a commit
PAGE = 100
APPLIED, DUPLICATE, QUARANTINED = "applied", "duplicate", "quarantined"
KEPT = 400 * DAY


@dataclass(frozen=True, slots=True)
class Entry:
    """An account as read: its name and version (0 = new)."""

    name: str
    account: Account
    version: int


@dataclass(frozen=True, slots=True)
class State:
    """as_of: all that had been delivered by then is booked. plans: (UTC day, plan): the plan from that day on."""

    as_of: Instant = 0
    plans: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Alerts:
    """Which thresholds of a budget were passed in a period. waiting: noted and not mailed yet."""

    period: str = ""
    waiting: tuple[str, ...] = ()
    mailed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosedBill:
    """A month's bill of the providers as it was shared; version: 1, then one more with each restatement."""

    month: str
    version: int
    shares: tuple[LineShares, ...]


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

    def save(self, entries: Sequence[Entry], posted: Sequence[Posted], now: Instant) -> None:
        """Replace accounts as read and change their days; raises CommitConflict when somebody was faster."""
        writes: list[Write] = [
            Put(
                Item(self._account(e.name), version=e.version + 1, body=encode(e.account), expires_at=now + KEPT),
                expect=e.version,
            )
            for e in entries
        ]
        costs: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        sales: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for one in posted:
            for posting in one.postings:
                costs[posting.day][posting.meter] += posting.picos
            for sale in one.sales:
                sales[sale.day][sale.bucket] += sale.micros
        writes += [Add(self._day(day), dict(meters)) for day, meters in sorted(costs.items())]
        writes += [Add(self._sold(day), dict(buckets)) for day, buckets in sorted(sales.items())]
        counted = _counted(posted)
        writes += [Add(self._counts(), counted)] if counted else []
        self.items.commit(*writes)

    def count(self, name: str, number: int) -> None:
        """Count deliveries that changed no account."""
        self.items.commit(Add(self._counts(), {name: number}))

    def counts(self) -> Mapping[str, int]:
        """What became of every record that was delivered: applied, duplicate, quarantined."""
        item = self.items.get(self._counts())
        return {name: (item.numbers.get(name, 0) if item else 0) for name in (APPLIED, DUPLICATE, QUARANTINED)}

    def day(self, day: str) -> Mapping[str, int]:
        """What a UTC day cost, in picos by meter."""
        item = self.items.get(self._day(day))
        return dict(sorted(item.numbers.items())) if item else {}

    def costs(self, month: str) -> dict[str, Mapping[str, int]]:
        """What each day of a month (2026-01) cost us, in picos by meter; 0 where the carrier bills nothing."""
        return self._month(self._day("").pk, month)

    def sold(self, month: str) -> dict[str, Mapping[str, int]]:
        """What each day of a month sold, in millionths by bucket."""
        return self._month(self._sold("").pk, month)

    def quarantine(self, name: str, record: bytes, now: Instant) -> bool:
        """Keep a record that could not be counted; whether it is a new one: again changes nothing."""
        kept = Put(Item(self._quarantined(name), body=record, expires_at=now + KEPT), expect=0)
        try:
            self.items.commit(kept, Add(self._counts(), {QUARANTINED: 1}))
        except CommitConflict:
            return False
        return True

    def quarantined(self, limit: int = 100) -> list[bytes]:
        """Records that wait for somebody to look."""
        found = self.items.query(Table.LEDGER, self._quarantined("").pk, limit=limit)
        return [item.body for item in found]

    def close(self, statement: Statement) -> None:
        """Keep a version of a month's statement for ever; raises CommitConflict when there is one."""
        key = Key(Table.LEDGER, self._statements(), f"{statement.month}#{statement.version:04d}")
        self.items.commit(Put(Item(key, body=encode(statement)), expect=0))

    def statements(self) -> list[Statement]:
        """The last version of each closed month, oldest first."""
        newest: dict[str, Statement] = {}
        after = ""
        while found := self.items.query(Table.LEDGER, self._statements(), after=after, limit=PAGE):
            newest |= {item.key.sk[:7]: decode(Statement, item.body) for item in found}
            after = found[-1].key.sk
        return list(newest.values())

    def bill(self, month: str) -> ClosedBill | None:
        """The last version of a month's shared bill."""
        found = self.items.query(Table.LEDGER, self._bills(), prefix=f"{month}#", limit=1, reverse=True)
        return decode(ClosedBill, found[0].body) if found else None

    def keep_bill(self, bill: ClosedBill) -> ClosedBill:
        """Keep a version for ever; when somebody was faster, theirs."""
        key = Key(Table.LEDGER, self._bills(), f"{bill.month}#{bill.version:04d}")
        try:
            self.items.commit(Put(Item(key, body=encode(bill)), expect=0))
        except CommitConflict:
            return self.bill(bill.month) or bill
        return bill

    def state(self) -> tuple[State, int]:
        """How far the ledger has come, and that item's version (0 = not begun)."""
        item = self.items.get(self._state())
        return (decode(State, item.body), item.version) if item else (State(), 0)

    def save_state(self, state: State, version: int) -> None:
        """Replace the state of that version; raises CommitConflict."""
        self.items.commit(Put(Item(self._state(), version=version + 1, body=encode(state)), expect=version))

    def alerts(self) -> tuple[Alerts, int]:
        """What was told of the budget, and that item's version (0 = nothing yet)."""
        item = self.items.get(self._alerts())
        return (decode(Alerts, item.body), item.version) if item else (Alerts(), 0)

    def save_alerts(self, alerts: Alerts, version: int) -> None:
        """Replace the alerts of that version; raises CommitConflict."""
        self.items.commit(Put(Item(self._alerts(), version=version + 1, body=encode(alerts)), expect=version))

    def _month(self, partition: str, month: str) -> dict[str, Mapping[str, int]]:
        found = self.items.query(Table.LEDGER, partition, prefix=month, limit=31)
        return {item.key.sk: dict(one for one in sorted(item.numbers.items()) if _is_told(*one)) for item in found}

    def _account(self, name: str) -> Key:
        return Key(Table.LEDGER, f"{keys.tenant_prefix(self.tenant)}ACCOUNT#{name}", "ACCOUNT")

    def _day(self, day: str) -> Key:
        return Key(Table.LEDGER, f"{keys.tenant_prefix(self.tenant)}DAYS", day)

    def _sold(self, day: str) -> Key:
        return Key(Table.LEDGER, f"{keys.tenant_prefix(self.tenant)}SOLD", day)

    def _statements(self) -> str:
        return f"{keys.tenant_prefix(self.tenant)}STATEMENTS"

    def _bills(self) -> str:
        return f"{keys.tenant_prefix(self.tenant)}BILLS"

    def _state(self) -> Key:
        return Key(Table.LEDGER, f"{keys.tenant_prefix(self.tenant)}METERING", "STATE")

    def _alerts(self) -> Key:
        return Key(Table.LEDGER, f"{keys.tenant_prefix(self.tenant)}METERING", "ALERTS")

    def _counts(self) -> Key:
        return Key(Table.LEDGER, f"{keys.tenant_prefix(self.tenant)}METERING", "COUNTS")

    def _quarantined(self, name: str) -> Key:
        return Key(Table.LEDGER, f"{keys.tenant_prefix(self.tenant)}QUARANTINE", name)


def _is_told(name: str, number: int) -> bool:
    return bool(number) or name.startswith(BILLED)


def _counted(posted: Sequence[Posted]) -> dict[str, int]:
    counted = {APPLIED: sum(one.applied for one in posted), DUPLICATE: sum(one.duplicates for one in posted)}
    return {name: number for name, number in counted.items() if number}
