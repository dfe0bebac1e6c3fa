"""Token buckets shared by all processes: one item each, changed by a write on the condition of what was seen."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from offhook.domain.ids import Instant, TenantId
from offhook.domain.storage import CommitConflict, Item, Items, Key, Put, Table
from offhook.domain.tenants.rates import Level, Rate
from offhook.stores.codec import decode, encode
from offhook.stores.keys import directory, tenant_prefix

ATTEMPTS = 5


def of_tenant(tenant: TenantId, rate: Rate) -> Key:
    """The bucket of a tenant."""
    return Key(Table.PULSE, f"{tenant_prefix(tenant)}BUCKET#{rate.name}", "BUCKET")


def of_part(tenant: TenantId, rate: Rate, part: str) -> Key:
    """The bucket of a part of a tenant, such as one of its endpoints."""
    return Key(Table.PULSE, f"{tenant_prefix(tenant)}BUCKET#{rate.name}#{part}", "BUCKET")


def of_stranger(subject: str, rate: Rate) -> Key:
    """The bucket of somebody who is not signed in, such as an address; the subject itself is not stored."""
    return directory(f"BUCKET#{rate.name}", sha256(subject.encode()).hexdigest())


@dataclass(slots=True)
class Bucket:
    """One bucket, with what this process last saw of it, so that an undisturbed spending is one write."""

    items: Callable[[], Items]
    key: Key
    rate: Rate
    seen: Level = field(default_factory=Level)
    version: int = -1

    def spend(self, amount: int, now: Instant, *, only_if_there: bool = False) -> bool:
        """Take so many out; False when they were not there, which `only_if_there` leaves untaken.

        Raises CommitConflict when others were faster every time, and StoreUnavailable.
        """
        for _ in range(ATTEMPTS):
            if self.version < 0:
                self._read()
            enough = self.seen.left(self.rate, now) >= amount
            if only_if_there and not enough:
                return False  # others only make it emptier, so what this process saw is enough to say no
            if self._wrote(self.seen.spent(self.rate, amount, now), now):
                return enough
        raise CommitConflict([0])

    def _read(self) -> None:
        item = self.items().get(self.key)
        self.seen, self.version = (decode(Level, item.body), item.version) if item else (Level(), 0)

    def _wrote(self, level: Level, now: Instant) -> bool:
        expires_at = level.full_at_us // 1000 + self.rate.window
        item = Item(self.key, version=self.version + 1, body=encode(level), expires_at=max(expires_at, now))
        try:
            self.items().commit(Put(item, expect=self.version))
        except CommitConflict:
            self.version = -1
            return False
        self.seen, self.version = level, self.version + 1
        return True


@dataclass(slots=True)
class PreBucket:
    """What this process has granted of a bucket and not yet accounted for: most requests cost no write."""

    bucket: Bucket
    granted: int = 0  # may still be granted
    owed: int = 0  # granted and not yet taken out of the bucket
    refused_until: Instant = 0

    def allow(self, now: Instant) -> bool:
        """Whether one more may be done."""
        rate = self.bucket.rate
        if now < self.refused_until:
            return False
        if not rate.chunk:
            return self._answered(self.bucket.spend(1, now, only_if_there=True), now)
        if not self.granted and not self._settled(now):
            return self._answered(False, now)
        self.granted -= 1
        self.owed += 1
        return True

    def give_back(self, now: Instant) -> None:
        """Put one back that was allowed."""
        self.bucket.spend(-1, now)
        self.refused_until = 0

    def left(self, now: Instant) -> int:
        """Tokens, as far as this process knows."""
        return max(0, self.bucket.seen.left(self.bucket.rate, now) - self.owed)

    def _settled(self, now: Instant) -> bool:
        """Account for what was granted; whether more may be."""
        if self.owed:
            self.bucket.spend(self.owed, now)
            self.owed = 0
        self.granted = max(0, min(self.bucket.rate.chunk, self.bucket.seen.left(self.bucket.rate, now)))
        return self.granted > 0

    def _answered(self, allowed: bool, now: Instant) -> bool:
        if not allowed:
            self.refused_until = now + 1000 * self.bucket.seen.wait_s(self.bucket.rate, now)
        return allowed
