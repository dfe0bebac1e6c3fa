"""Programs that come with an API key: which tenant's, whether it counts, and what it may do."""

from secrets import token_hex

from chalice.app import Request

from offhook import wiring
from offhook.adapters.secrets import KIND, Secrets
from offhook.domain.errors import Unauthenticated
from offhook.domain.ids import AgentId, TenantId
from offhook.domain.integrations import api_keys
from offhook.domain.integrations.api_keys import ApiKey, Parts
from offhook.domain.storage import CommitConflict, Item, Put
from offhook.domain.tenants.context import Identity, TenantContext
from offhook.domain.tenants.lifecycle import EFFECTS, ApiAccess
from offhook.domain.tenants.membership import TenantAtRest
from offhook.domain.tenants.permissions import LEAVING
from offhook.stores import keys
from offhook.stores.api_keys import HANDLE, KeyUse
from offhook.stores.directory import Directory
from offhook.web import tenancy
from offhook.web.recent import Recent

PEPPER = "key_pepper"
ROLE = "integration"
USE_NOTED_S = 300.0
HANDLES_KEPT_S = 10.0


def identity_of_key(token: str, request: Request) -> Identity:
    """The program that the key was made for; raises Unauthenticated, the same for whatever is wrong with it."""
    parts = api_keys.parse(token)
    tenant_id = _tenants.get(parts.key_id) if parts else None
    if parts is None or tenant_id is None:
        raise _refused()
    tenant = tenancy.context(tenant_id)
    with tenancy.scope(tenant):
        key = _key(tenant, parts, _address(request))
        _noted.get(f"{tenant_id} {key.id}")
    return _identity(tenant, key)


def pepper_of(tenant: TenantContext) -> str:
    """What the tenant's keys are digested with; made when first needed, the same for all who need it first."""
    secrets = wiring.secrets(tenant)
    found = secrets.get(PEPPER)
    if found is None:
        _make_pepper(secrets)
        found = secrets.get(PEPPER)
    return found or ""


def _make_pepper(secrets: Secrets) -> None:
    sealed = secrets.cipher.encrypt(secrets.tenant, token_hex(32).encode())
    try:
        secrets.items.commit(Put(Item(keys.config(secrets.tenant, KIND, PEPPER), body=sealed), expect=0))
    except CommitConflict:
        return


def _key(tenant: TenantContext, parts: Parts, address: str) -> ApiKey:
    deps = tenancy.deps(tenant)
    key = deps.config.find(ApiKey, parts.key_id)
    if key is None or not api_keys.counts(key, pepper_of(tenant), parts.secret, address, deps.clock.now()):
        raise _refused()
    return key


def _identity(tenant: TenantContext, key: ApiKey) -> Identity:
    allowed, withheld = frozenset(key.scopes), ""
    access = EFFECTS[tenant.status].api
    if access is not ApiAccess.FULL:
        allowed = allowed & LEAVING if access is ApiAccess.LEAVE else frozenset()
        withheld = TenantAtRest.code
    return Identity(tenant, f"key:{key.id}", AgentId(""), ROLE, allowed, withheld=withheld)


def _address(request: Request) -> str:
    """Who connected to us; what a header says of it may be a lie."""
    return str((request.context.get("identity") or {}).get("sourceIp", ""))


def _refused() -> Unauthenticated:
    return Unauthenticated("The API key is not valid.")


def _tenant_of(key_id: str) -> TenantId | None:
    return Directory(wiring.edge_items()).tenant_of(HANDLE, key_id)


def _note(place: str) -> bool:
    tenant_id, _, key_id = place.partition(" ")
    deps = tenancy.deps(tenancy.context(TenantId(tenant_id)))
    KeyUse(deps.items, deps.tenant.id).note(key_id, deps.clock.now())
    return True


_tenants: Recent[TenantId | None] = Recent(_tenant_of, HANDLES_KEPT_S, belongs_to=wiring.world)
_noted: Recent[bool] = Recent(_note, USE_NOTED_S, belongs_to=wiring.world)
