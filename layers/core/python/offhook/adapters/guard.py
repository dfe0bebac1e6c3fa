"""Layer two of tenant isolation: no AWS request leaves this process unless its keys are the ambient tenant's.

The ambient scope is set where a request or record enters: `with tenant_scope(tenant_id):`. Work that belongs to no
tenant (directory look-ups, batches of a stream) says so: `with platform_scope():`. The platform may not touch tenants'
items at all; consumers of streams enter the tenant's scope for each record.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from offhook.domain.errors import TenantViolation
from offhook.domain.ids import TenantId

PLATFORM: Final = "*"
CREDENTIALS: Final = frozenset({"sts", "sso", "sso-oidc"})  # what botocore itself asks to get its credentials

OPEN: Final = frozenset({("cognito-idp", "InitiateAuth"), ("cognito-idp", "RespondToAuthChallenge")})  # signing in

_scope: ContextVar[str | None] = ContextVar("tenant_scope", default=None)
_exempt: ContextVar[bool] = ContextVar("unguarded", default=False)


@contextmanager
def tenant_scope(tenant: TenantId) -> Iterator[None]:
    """Everything inside is for this tenant."""
    if not tenant or set(tenant) & set("#*?/.:' "):
        raise TenantViolation(f"{tenant!r} is no tenant id.")
    yield from _within(tenant)


@contextmanager
def platform_scope() -> Iterator[None]:
    """What is inside is for no tenant in particular."""
    yield from _within(PLATFORM)


@contextmanager
def unguarded() -> Iterator[None]:
    """Clients *made* inside carry no guard: for deployment tools and tests of the emulator, never for the product."""
    token = _exempt.set(True)
    try:
        yield
    finally:
        _exempt.reset(token)


def ambient_tenant() -> TenantId | None:
    """The tenant of the scope we are in; None on the platform and outside every scope."""
    scope = _scope.get()
    return TenantId(scope) if scope and scope != PLATFORM else None


def install() -> None:
    """Guard every client made from now on, by whatever library; again changes nothing."""
    from offhook.adapters.botocore_hooks import on_every_client

    on_every_client(attach)


def attach(client: Any) -> None:
    """Guard one client."""
    if not _exempt.get():  # the least specific name comes last, after whatever else changes the parameters
        client.meta.events.register_last("before-parameter-build", _refuse_foreign, unique_id="tenant-guard")


def allowed(service: str, operation: str, params: Mapping[str, Any]) -> bool:
    """Whether the request may leave in the present scope; raises TenantViolation when it is not understood."""
    scope = _scope.get()
    if service in CREDENTIALS or (service, operation) in OPEN:
        return True
    if service == "dynamodb":
        return _dynamodb(scope, operation, params)
    if scope == PLATFORM:
        return True
    return scope is not None and _other(scope, service, operation, params)


def _dynamodb(scope: str | None, operation: str, params: Mapping[str, Any]) -> bool:
    from offhook.adapters.guards.dynamodb import partitions

    if scope is None:
        return False
    keys = partitions(operation, params)
    if scope == PLATFORM:
        return not any(key.startswith("T#") for key in keys)
    return all(key.startswith(f"T#{scope}#") for key in keys)


def _other(scope: str, service: str, operation: str, params: Mapping[str, Any]) -> bool:
    from offhook.adapters.guards.others import RULES

    rule = RULES.get((service, operation))
    return rule is not None and rule(scope, params)


def _refuse_foreign(params: Any, model: Any, **_: Any) -> None:
    service, operation = model.service_model.service_name, model.name
    if not allowed(service, operation, params):
        raise TenantViolation(f"{service} {operation} is not for {_scope.get() or 'nobody'}.")


def _within(scope: str) -> Iterator[None]:
    token = _scope.set(scope)
    try:
        yield
    finally:
        _scope.reset(token)
