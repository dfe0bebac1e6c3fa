"""A person's own sign-in: second factor, password, which tenant; what concerns all their tenants is told to each."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from offhook.domain.errors import NotFound
from offhook.domain.ids import SECOND, Instant, TenantId
from offhook.domain.storage import Items
from offhook.domain.tenants.membership import MemberStatus
from offhook.stores.memberships import Users
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.tenants.membership import members_of
from offhook.usecases.tenants.people import end_sessions

OPEN_FOR = 30 * SECOND
ISSUER = "Offhook"
Enter = Callable[[TenantId], AbstractContextManager[Deps]]


class Pool(Protocol):
    """The user pool as somebody meets it who proves who they are."""

    def email_of(self, user_id: str) -> str:
        """The person's address; raises NotFound."""
        ...

    def own_token(self, email: str, password: str) -> str:
        """An access token for the person themselves; raises InvalidInput, or Conflict when a code is asked for."""
        ...

    def new_secret(self, access_token: str) -> str:
        """A TOTP secret that counts once a code of it was shown."""
        ...

    def confirm_secret(self, access_token: str, code: str) -> None:
        """From now on signing in asks for a code."""
        ...


@dataclass(frozen=True, slots=True)
class Secret:
    """What an authenticator is given: the secret as text, and as the address of its picture."""

    secret: str
    uri: str


@dataclass(frozen=True, slots=True)
class Home:
    """The directory, and the way into a tenant that the person belongs to. now: the time."""

    directory: Items
    enter: Enter
    now: Instant

    def tenants(self, user_id: str) -> Iterator[Deps]:
        """Each tenant of the person, entered."""
        for tenant_id in Users(self.directory).of(user_id).tenants:
            try:
                with self.enter(tenant_id) as deps:
                    yield deps
            except NotFound:
                continue  # an erased tenant whose handles are on their way out


def begin_second_factor(home: Home, pool: Pool, user_id: str, password: str) -> Secret:
    """A new secret, for who knows the password; raises InvalidInput, or Conflict when there is a second factor."""
    email = pool.email_of(user_id)
    secret = pool.new_secret(_own_token(home, pool, user_id, email, password))
    return Secret(secret, f"otpauth://totp/{ISSUER}:{email}?secret={secret}&issuer={ISSUER}")


def finish_second_factor(home: Home, pool: Pool, user_id: str, password: str, code: str) -> None:
    """A code was shown: the second factor counts, in every tenant; sessions from before it end."""
    email = pool.email_of(user_id)
    pool.confirm_secret(_own_token(home, pool, user_id, email, password), code)
    for deps in home.tenants(user_id):
        end_sessions(deps, user_id, second_factor=True)


def password_changed(home: Home, user_id: str) -> None:
    """Every session of the person ends, in every tenant."""
    for deps in home.tenants(user_id):
        end_sessions(deps, user_id)


def choose_tenant(home: Home, user_id: str, tenant_id: TenantId) -> str:
    """The next access token is for that tenant; raises NotFound unless the person may enter it.

    Returns the choice before, for `choose_again` should no token be made after all.
    """
    known = Users(home.directory).of(user_id)
    if tenant_id not in known.tenants:
        raise NotFound()
    with home.enter(tenant_id) as deps:
        member = members_of(deps).find(user_id)
    if member is None or member.status is not MemberStatus.ACTIVE:
        raise NotFound()
    again_on_conflict(lambda: Users(home.directory).choose(user_id, tenant_id))
    return known.current


def choose_again(home: Home, user_id: str, before: str) -> None:
    """The next access token is for the tenant of an earlier choice."""
    again_on_conflict(lambda: Users(home.directory).choose(user_id, before))


def tenants_of(home: Home, user_id: str) -> list[Deps]:
    """The tenants that the person may enter."""
    found = []
    for deps in home.tenants(user_id):
        member = members_of(deps).find(user_id)
        if member is not None and member.status is MemberStatus.ACTIVE:
            found.append(deps)
    return found


def _own_token(home: Home, pool: Pool, user_id: str, email: str, password: str) -> str:
    """A token that may change the person at the pool: for half a minute, never handed out (web/claims.py)."""
    users = Users(home.directory)
    again_on_conflict(lambda: users.open(user_id, home.now + OPEN_FOR))
    try:
        return pool.own_token(email, password)
    finally:
        again_on_conflict(lambda: users.open(user_id, 0))
