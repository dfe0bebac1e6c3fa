"""Sign-ups: each among its tenant's records; in the directory who is under way, and how often something was tried."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from offhook.domain.ids import Instant, TenantId, day_of
from offhook.domain.storage import CommitConflict, Delete, Item, Items, Key, Put, Table
from offhook.domain.tenants.sign_up import Allowance, LinkInvalid, SignUp
from offhook.stores import keys
from offhook.stores.codec import decode, encode

UNDER_WAY = "SIGNUPS"
TRIES = "SIGNUPTRIES"
ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class SignUps:
    """The sign-up of one tenant."""

    items: Items
    tenant: TenantId

    def find(self) -> SignUp | None:
        """As last committed; None when there is none, or none any more."""
        item = self.items.get(keys.sign_up(self.tenant))
        return decode(SignUp, item.body) if item else None

    def get(self, now: Instant) -> SignUp:
        """The one that is not over; raises LinkInvalid."""
        found = self.find()
        if found is None or found.is_over(now):
            raise LinkInvalid()
        return found

    def write(self, changed: SignUp) -> tuple[SignUp, Put]:
        """The sign-up at its next version, and the write that stores it unless somebody else was faster."""
        after = replace(changed, version=changed.version + 1)
        item = Item(keys.sign_up(self.tenant), after.version, encode(after), expires_at=after.expires_at)
        return after, Put(item, expect=changed.version)

    def put(self, changed: SignUp) -> SignUp:
        """Store the change; raises CommitConflict."""
        after, write = self.write(changed)
        self.items.commit(write)
        return after

    def removal(self, found: SignUp) -> Delete:
        """The write that forgets it as read."""
        return Delete(keys.sign_up(self.tenant), expect=found.version)


@dataclass(frozen=True, slots=True)
class UnderWay:
    """One entry of the list of sign-ups that are not finished."""

    tenant: TenantId
    since: Instant


@dataclass(frozen=True, slots=True)
class SignUpList:
    """The sign-ups under way, oldest first, in the directory: ids and times only."""

    items: Items

    def add(self, entry: UnderWay) -> None:
        """Look after it from now on; again is no error."""
        self.items.commit(Put(Item(_key(entry))))

    def remove(self, entry: UnderWay) -> None:
        """Nothing to look after any more; again is no error."""
        self.items.commit(Delete(_key(entry)))

    def __iter__(self) -> Iterator[UnderWay]:
        """All of them."""
        after = ""
        while page := self.items.query(Table.DIRECTORY, UNDER_WAY, after=after, limit=100):
            for item in page:
                since, _, tenant = item.key.sk.partition("#")
                yield UnderWay(TenantId(tenant), int(since))
            after = page[-1].key.sk


@dataclass(frozen=True, slots=True)
class Tries:
    """How often something was tried today (UTC), for people who are nobody yet; names are stored as hashes."""

    items: Items
    now: Instant

    def take(self, allowed: Sequence[Allowance]) -> Allowance | None:
        """Count one try against each; the first that is used up, None = go on. What is used up is not counted on."""
        return next((one for one in allowed if not self._take(one)), None)

    def _take(self, one: Allowance) -> bool:
        key = self._key(one)
        for _ in range(ATTEMPTS):
            item = self.items.get(key)
            used = item.version if item else 0
            if used >= one.most:
                return False
            try:
                self.items.commit(Put(Item(key, version=used + 1), expect=used))
                return True
            except CommitConflict:
                continue
        return False

    def _key(self, one: Allowance) -> Key:
        name = sha256(one.name.encode()).hexdigest()[:32]
        return Key(Table.DIRECTORY, f"{TRIES}#{day_of(self.now)}", name)

    def forget(self, day: str) -> int:
        """Remove what was counted on that day, up to a thousand; how many those were."""
        found = self.items.query(Table.DIRECTORY, f"{TRIES}#{day}", limit=1000)
        for item in found:
            self.items.commit(Delete(item.key))
        return len(found)


def _key(entry: UnderWay) -> Key:
    return Key(Table.DIRECTORY, UNDER_WAY, f"{entry.since:013d}#{entry.tenant}")
