"""Who belongs to a tenant, as items of that tenant; and, in the directory, to which tenants a user belongs."""

from dataclasses import dataclass, replace

from offhook.domain.errors import NotFound
from offhook.domain.ids import Instant, TenantId
from offhook.domain.storage import Delete, Item, Items, Put, Table
from offhook.domain.tenants.membership import Membership
from offhook.stores import keys
from offhook.stores.codec import decode, encode

USER = "USER"
MEMBER = "MEMBER"
OWNERS = "OWNERS"
LONGEST_ID = 128
MOST = 1000
NOBODY = "There is no such person here."


@dataclass(frozen=True, slots=True)
class Owners:
    """The users who own the tenant: one item, so that two who leave at once cannot both be the last but one."""

    users: tuple[str, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Memberships:
    """The members of one tenant, by their subject in the pool; every reading is of what is committed now."""

    items: Items
    tenant: TenantId

    def find(self, user_id: str) -> Membership | None:
        """The member, or None, also for what can be nobody's id. Never remembered: rights rest on it."""
        if not 0 < len(user_id.encode()) <= LONGEST_ID:
            return None
        (item,) = self.items.get_many([keys.config(self.tenant, MEMBER, user_id)])
        return decode(Membership, item.body) if item else None

    def get(self, user_id: str) -> Membership:
        """The member; raises NotFound."""
        found = self.find(user_id)
        if found is None:
            raise NotFound(NOBODY)
        return found

    def all(self) -> list[Membership]:
        """Every member, by id (up to 1,000)."""
        partition = keys.config_list(self.tenant, MEMBER)
        return [decode(Membership, item.body) for item in self.items.query(Table.CONFIG, partition, limit=MOST)]

    def owners(self) -> Owners:
        """Who owns the tenant; version 0 when that was never written."""
        (item,) = self.items.get_many([keys.config(self.tenant, OWNERS, OWNERS)])
        return replace(decode(Owners, item.body), version=item.version) if item else Owners()

    def write(self, member: Membership, expect: int | None) -> Put:
        """The write that stores the member. expect: the version read, 0 = not yet a member, None = whatever."""
        key = keys.config(self.tenant, MEMBER, member.id)
        return Put(Item(key, version=member.version, body=encode(member)), expect=expect)

    def removal(self, member: Membership) -> Delete:
        """The write that removes the member as read."""
        return Delete(keys.config(self.tenant, MEMBER, member.id), expect=member.version)

    def write_owners(self, owners: Owners, users: tuple[str, ...]) -> Put:
        """The write that changes who owns the tenant. owners: as read."""
        changed = Owners(users, owners.version + 1)
        item = Item(keys.config(self.tenant, OWNERS, OWNERS), version=changed.version, body=encode(changed))
        return Put(item, expect=owners.version)

    def owning(self, member: Membership) -> list[Put]:
        """The write of who owns the tenant once the member is as given; none when that stays as it is."""
        owners = self.owners()
        users = {*owners.users, member.id} if member.is_owner else {*owners.users} - {member.id}
        return [] if users == {*owners.users} else [self.write_owners(owners, tuple(sorted(users)))]


@dataclass(frozen=True, slots=True)
class UserTenants:
    """The tenants of a user. current: the one that their next access token is for, "" = the first.

    open_until: until then an access token may change the user at the pool; only our own server gets one (enrolment).
    """

    tenants: tuple[TenantId, ...] = ()
    current: str = ""
    open_until: Instant = 0

    def by_preference(self) -> tuple[TenantId, ...]:
        """The current one, then the others."""
        return tuple(sorted(self.tenants, key=lambda tenant: tenant != self.current))


@dataclass(frozen=True, slots=True)
class Users:
    """Users of the pool in the directory; ids only."""

    items: Items

    def of(self, user_id: str) -> UserTenants:
        """The user's tenants; none for a stranger."""
        return self._read(user_id)[0]

    def join(self, user_id: str, tenant: TenantId) -> None:
        """Add the tenant; again changes nothing. Raises CommitConflict when the user joins elsewhere at this moment."""
        known, version = self._read(user_id)
        if tenant not in known.tenants:
            self._write(user_id, replace(known, tenants=(*known.tenants, tenant)), version)

    def leave(self, user_id: str, tenant: TenantId) -> None:
        """Remove the tenant; again changes nothing."""
        known, version = self._read(user_id)
        if tenant in known.tenants:
            left = tuple(one for one in known.tenants if one != tenant)
            current = "" if known.current == tenant else known.current
            self._write(user_id, replace(known, tenants=left, current=current), version)

    def forget(self, user_id: str, tenant: TenantId) -> None:
        """A user of that tenant alone is none any more; one who joined another meanwhile stays."""
        known, version = self._read(user_id)
        if known.tenants == (tenant,):
            self.items.commit(Delete(keys.directory(USER, user_id), expect=version))

    def choose(self, user_id: str, tenant: str) -> None:
        """Let the next access token be for that tenant, "" = the first."""
        known, version = self._read(user_id)
        if tenant != known.current:
            self._write(user_id, replace(known, current=tenant), version)

    def open(self, user_id: str, until: Instant) -> None:
        """Let access tokens that are made until then change the user at the pool."""
        known, version = self._read(user_id)
        self._write(user_id, replace(known, open_until=until), version)

    def _read(self, user_id: str) -> tuple[UserTenants, int]:
        item = self.items.get(keys.directory(USER, user_id))
        return (decode(UserTenants, item.body), item.version) if item else (UserTenants(), 0)

    def _write(self, user_id: str, known: UserTenants, version: int) -> None:
        self.items.commit(Put(Item(keys.directory(USER, user_id), version + 1, encode(known)), expect=version))
