"""From a global handle to a tenant, and into its scope: the edge's only way to a tenant, cached for seconds."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offhook import wiring
from offhook.adapters.cached_items import CachedItems
from offhook.adapters.guard import tenant_scope
from offhook.adapters.secrets import CARRIER_TOKENS
from offhook.domain.errors import NotFound
from offhook.domain.ids import TenantId
from offhook.domain.tenants.context import TenantContext
from offhook.stores.directory import Directory
from offhook.usecases.deps import Deps
from offhook.web.recent import Recent

if TYPE_CHECKING:
    from offhook.usecases.tenants.membership import Standing

MEMBERS_KEPT_S = 4.0  # with the five seconds of configuration (teams, permission sets) less than ten
ACCOUNTS_KEPT_S = 60.0
DOUBTED_AFTER_S = 5.0
DOUBTED_MEMBER_S = 0.0
CURSOR_KEY = "cursor_key"


@dataclass(frozen=True, slots=True)
class Account:
    """A carrier account: whose it is and the tokens that sign for it, the newer first."""

    tenant: TenantContext
    tokens: tuple[str, ...]


def scope(tenant: TenantContext) -> AbstractContextManager[object]:
    """Everything inside reads and writes for this tenant only."""
    return tenant_scope(tenant.id)


def deps(tenant: TenantContext) -> Deps:
    """The tenant's stores and ports."""
    return wiring.deps_for(tenant)


def as_stored(known: Deps) -> Deps:
    """The same without what this process remembers: a change must not begin from what another process has changed."""
    items = known.items
    return replace(known, items=items.as_stored()) if isinstance(items, CachedItems) else known


def context(tenant_id: TenantId) -> TenantContext:
    """The tenant's name, zone, language, region."""
    return wiring.tenant_context(tenant_id)


def has_moved_on(tenant: TenantContext) -> bool:
    """Whether plan, status or settings are others than those that this process remembered."""
    wiring.world().forget_tenant(tenant.id)
    return context(tenant.id) != tenant


def standing(tenant_id: TenantId, user_id: str, version: int) -> "Standing | None":
    """What the user is in the tenant, None = nothing; at most ten seconds old, and never older than the version.

    Raises NotFound when there is no such tenant. version: of the membership that a token was made for; a newer token
    is proof that what is remembered is old, an older one must not end a session that something else has made true.
    """
    who = f"{tenant_id} {user_id}"
    known = _members.get(who)
    if known is None or known.member.version != version:
        return _members.get(who, within_s=DOUBTED_MEMBER_S)
    return known


def accounts(account_sid: str) -> Iterator[Account]:
    """The account as remembered and, should that not satisfy the caller, as it is now (tokens rotate)."""
    remembered = _accounts.get(account_sid)
    if remembered is not None:
        yield remembered
    if _accounts.is_older(account_sid, DOUBTED_AFTER_S):
        if remembered is not None:
            wiring.secrets(remembered.tenant).cache.forget(remembered.tenant.id, CARRIER_TOKENS)
        current = _accounts.get(account_sid, within_s=DOUBTED_AFTER_S)
        if current is not None and current != remembered:
            yield current


def cursor_secret(tenant: TenantContext) -> bytes:
    """What the tenant's cursors are signed with; made when first needed."""
    from secrets import token_hex

    secrets = wiring.secrets(tenant)
    found = secrets.get(CURSOR_KEY)
    if found is None:
        secrets.put(CURSOR_KEY, token_hex(32))
        found = secrets.get(CURSOR_KEY)
    return bytes.fromhex(found or "")


def standing_now(tenant_id: TenantId, user_id: str) -> "Standing | None":
    """What the user is in the tenant as it is stored; raises NotFound when there is no such tenant."""
    from offhook.usecases.tenants.membership import standing_of

    if not tenant_id:
        raise NotFound()
    tenant = context(tenant_id)
    with scope(tenant):
        return standing_of(deps(tenant), user_id)


def forget_members() -> None:
    """Nothing that is remembered of members is true any more (this process has changed one)."""
    _members.forget()


def _load_standing(who: str) -> "Standing | None":
    tenant_id, _, user_id = who.partition(" ")
    return standing_now(TenantId(tenant_id), user_id)


def _load_account(account_sid: str) -> Account | None:
    tenant_id = Directory(wiring.edge_items()).tenant_of("ACCOUNT", account_sid)
    if tenant_id is None:
        return None
    tenant = context(tenant_id)
    with scope(tenant):
        return Account(tenant, wiring.secrets(tenant).carrier_tokens())


_members: "Recent[Standing | None]" = Recent(_load_standing, MEMBERS_KEPT_S, belongs_to=wiring.world)
_accounts: Recent[Account | None] = Recent(_load_account, ACCOUNTS_KEPT_S, belongs_to=wiring.world)
