"""The billing account of a tenant, the provider's events it has seen, and what usage was sent."""

from dataclasses import dataclass, replace

from offhook.domain.billing.account import BillingAccount
from offhook.domain.billing.usage import SentLog
from offhook.domain.ids import DAY, Instant, TenantId
from offhook.domain.storage import Item, Items, Key, Put, Table, Write
from offhook.stores.codec import decode, encode
from offhook.stores.keys import tenant_prefix

EVENTS_KEPT = 40 * DAY  # the provider keeps its own for thirty


@dataclass(frozen=True, slots=True)
class BillingStore:
    """One tenant's; all of it in the ledger table, read consistently."""

    items: Items
    tenant: TenantId

    def account(self) -> BillingAccount:
        """The account; version 0 when there is none yet."""
        item = self.items.get(self._account)
        return replace(decode(BillingAccount, item.body), version=item.version) if item else BillingAccount()

    def save(self, account: BillingAccount, *also: Write) -> BillingAccount:
        """Store what was changed since it was read; raises CommitConflict when somebody was faster."""
        stored = replace(account, version=account.version + 1)
        body = encode(replace(stored, version=0))
        self.items.commit(Put(Item(self._account, stored.version, body), expect=account.version), *also)
        return stored

    def has_seen(self, event_id: str) -> bool:
        """Whether the event was applied."""
        return self.items.get(self._event(event_id)) is not None

    def seen(self, event_id: str, now: Instant) -> Write:
        """The write that says so, for the commit that applies it."""
        return Put(Item(self._event(event_id), expires_at=now + EVENTS_KEPT), expect=0)

    def sent_log(self, meter: str, month: str) -> SentLog:
        """What was sent of a meter; month: where a new log begins."""
        item = self.items.get(self._sent(meter))
        return replace(decode(SentLog, item.body), version=item.version) if item else SentLog(meter, month)

    def save_log(self, log: SentLog) -> SentLog:
        """Store a log as changed since it was read; raises CommitConflict."""
        stored = replace(log, version=log.version + 1)
        body = encode(replace(stored, version=0))
        self.items.commit(Put(Item(self._sent(log.meter), stored.version, body), expect=log.version))
        return stored

    @property
    def _account(self) -> Key:
        return Key(Table.LEDGER, f"{tenant_prefix(self.tenant)}BILLING", "ACCOUNT")

    def _event(self, event_id: str) -> Key:
        return Key(Table.LEDGER, f"{tenant_prefix(self.tenant)}BILLING#EVENT#{event_id}", "EVENT")

    def _sent(self, meter: str) -> Key:
        return Key(Table.LEDGER, f"{tenant_prefix(self.tenant)}BILLING#SENT", meter)
