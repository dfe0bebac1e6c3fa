"""Looking tenants up: by id, number, carrier account, or part of the name."""

from collections.abc import Callable, Iterator

from offhook.domain.errors import NotFound
from offhook.domain.ids import TenantId
from offhook.domain.tenants.context import TenantContext
from offhook.stores.directory import Directory

Load = Callable[[TenantId], TenantContext]
HANDLES = ("NUMBER", "ACCOUNT")


def find_tenants(
    directory: Directory, load: Load, query: str, status: str, after: str, limit: int
) -> tuple[list[TenantContext], str | None]:
    """A page of the tenants that match, by id, and where the next one begins (None = this was the last).

    query: "" = all; a whole id, number or account sid finds its tenant, anything else is looked for in the names.
    """
    exact = _exact(directory, query)
    candidates = iter([exact] if exact else (t for t in directory.tenants() if t > after))
    found: list[TenantContext] = []
    for tenant in _loaded(candidates, load):
        if not _matches(tenant, "" if exact else query, status):
            continue
        if len(found) == limit:
            return found, found[-1].id
        found.append(tenant)
    return found, None


def _exact(directory: Directory, query: str) -> TenantId | None:
    if not query:
        return None
    handles = (directory.tenant_of(kind, query) for kind in HANDLES)
    return next((tenant for tenant in handles if tenant), None)


def _loaded(candidates: Iterator[TenantId], load: Load) -> Iterator[TenantContext]:
    for tenant_id in candidates:
        try:
            yield load(tenant_id)
        except NotFound:
            continue  # listed before its item was written, or on its way out


def _matches(tenant: TenantContext, query: str, status: str) -> bool:
    named = query.casefold() in tenant.name.casefold() or query == tenant.id
    return named and status in ("", tenant.status)
