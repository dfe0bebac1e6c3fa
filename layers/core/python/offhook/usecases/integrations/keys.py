"""API keys as people make them: shown once, listed without their secret, revoked at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from msgspec import Struct

from offhook.domain.ids import Instant
from offhook.domain.integrations import api_keys
from offhook.domain.integrations.api_keys import ApiKey
from offhook.domain.storage import Items
from offhook.domain.tenants.context import Identity
from offhook.domain.tenants.permissions import Permission
from offhook.domain.tenants.plans import Quota
from offhook.stores.api_keys import HANDLE, KeyUse, forget_handle
from offhook.stores.counted import Counted
from offhook.stores.directory import Directory
from offhook.usecases.deps import Deps


class KeyText(Struct, frozen=True, forbid_unknown_fields=True):
    """expires_at: milliseconds since 1970 UTC, left out = never; networks: where from, none = anywhere."""

    name: str
    scopes: tuple[Permission, ...]
    expires_at: Instant | None = None
    networks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key without its secret. last_used_at: to some minutes."""

    id: str
    name: str
    scopes: tuple[Permission, ...]
    created_by: str
    created_at: Instant
    expires_at: Instant | None
    networks: tuple[str, ...]
    last_used_at: Instant | None


@dataclass(frozen=True, slots=True)
class Issued:
    """What is answered once."""

    key: KeyView
    token: str


def issue(
    deps: Deps, directory: Items, by: Identity, text: KeyText, pepper: Callable[[], str], chance: bytes
) -> Issued:
    """A new key; raises InvalidInput, AboveOwnRights and QuotaReached. chance: see api_keys.secret_of; pepper: made
    with the first key.

    A process that dies between the two writes leaves a key that nobody knows and that can be revoked.
    """
    secret, key_id = api_keys.secret_of(chance), deps.ids.new("k")[2 : 2 + api_keys.ID_CHARS]
    now = deps.clock.now()
    made = ApiKey(
        id=key_id,
        version=1,
        name=text.name.strip(),
        scopes=text.scopes,
        digest="",
        created_by=by.user_id,
        created_at=now,
        expires_at=text.expires_at,
        networks=text.networks,
    )
    api_keys.check(made, by.permissions, now)
    made = replace(made, digest=api_keys.digest_of(pepper(), secret))
    Counted(deps.items, deps.tenant.id, Quota.API_KEYS).create(made, deps.tenant)
    Directory(directory).register(HANDLE, key_id, deps.tenant.id)
    return Issued(_view(made, None), api_keys.token_of(key_id, secret))


def all_keys(deps: Deps) -> list[KeyView]:
    """Every key of the tenant."""
    found = deps.config.list(ApiKey)
    used = KeyUse(deps.items, deps.tenant.id).last([key.id for key in found])
    return [_view(key, at) for key, at in zip(found, used, strict=True)]


def one_key(deps: Deps, key_id: str) -> KeyView:
    """The key; raises NotFound."""
    key = deps.config.get(ApiKey, key_id)
    (used,) = KeyUse(deps.items, deps.tenant.id).last([key_id])
    return _view(key, used)


def revoke(deps: Deps, directory: Items, key_id: str) -> None:
    """It counts no more, in every process within five seconds; raises NotFound."""
    deps.config.get(ApiKey, key_id)
    Counted(deps.items, deps.tenant.id, Quota.API_KEYS).delete(ApiKey, key_id)
    forget_handle(directory, key_id)
    KeyUse(deps.items, deps.tenant.id).forget(key_id)


def _view(key: ApiKey, used: Instant | None) -> KeyView:
    return KeyView(
        id=key.id,
        name=key.name,
        scopes=key.scopes,
        created_by=key.created_by,
        created_at=key.created_at,
        expires_at=key.expires_at,
        networks=key.networks,
        last_used_at=used,
    )
