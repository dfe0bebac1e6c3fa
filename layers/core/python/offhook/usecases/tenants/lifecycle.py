"""Moving a tenant through its life: one commit of the state with its fact, then hints to what must follow."""

from dataclasses import replace
from typing import Any

from offhook.domain.errors import Conflict, Forbidden, InvalidInput
from offhook.domain.ids import Instant
from offhook.domain.messages import Message, Topic
from offhook.domain.storage import Item, Put, Write
from offhook.domain.tenant_events import TenantStatusChanged
from offhook.domain.tenants.context import TenantContext
from offhook.domain.tenants.lifecycle import EFFECTS, Trigger, due
from offhook.domain.tenants.tenant import Tenant
from offhook.stores import keys
from offhook.stores.codec import encode
from offhook.stores.config import kind_of
from offhook.stores.outbox import facts
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict


class NotActive(Forbidden):
    """The tenant is not active: it makes no calls."""

    code = "tenant_not_active"


def move(deps: Deps, trigger: Trigger, reason: str) -> Tenant:
    """Move the tenant; raises Conflict when its state does not allow that. reason: who or what, for the record."""
    moved = again_on_conflict(lambda: _move(deps, trigger, reason))
    follow(deps)
    return moved


def follow(deps: Deps) -> None:
    """Have the carrier's account brought into the state that the tenant's asks for."""
    deps.outgoing.send(Message(deps.tenant.id, Topic.TENANT_STATUS, ""))


def moving(tenant: Tenant, trigger: Trigger, reason: str, now: Instant) -> tuple[Tenant, tuple[Write, ...]]:
    """The tenant after the trigger and the writes that make it so, to be committed with whatever else changes."""
    after = tenant.moved(trigger, now)
    event = TenantStatusChanged(at=now, from_state=tenant.status, to_state=after.status, reason=reason)
    fact = facts(tenant.id, f"tenant_status-{after.version}", [event], now)
    return after, (stored(after, expect=tenant.version), fact)


def stored(tenant: Tenant, expect: int) -> Put:
    """The write of the tenant's own item. expect: the version that was read, 0 = there is none."""
    key = keys.config(tenant.id, kind_of(Tenant), tenant.id)
    return Put(Item(key, version=tenant.version, body=encode(tenant)), expect=expect)


def changed(deps: Deps, **fields: Any) -> Tenant:
    """Change fields of the tenant's item that have no rules of their own; again changes nothing."""

    def attempt() -> Tenant:
        found = deps.config.get(Tenant, deps.tenant.id)
        after = replace(found, **fields)
        if after == found:
            return found
        after = replace(after, version=found.version + 1)
        deps.items.commit(stored(after, expect=found.version))
        return after

    return again_on_conflict(attempt)


def move_if_due(deps: Deps) -> Tenant:
    """End a trial, a grace period, a suspension or a closing window that has lasted long enough."""
    tenant = deps.config.get(Tenant, deps.tenant.id)
    trigger = due(tenant.status, tenant.since, deps.clock.now())
    if trigger is None:
        return tenant
    try:
        return again_on_conflict(lambda: _move_if_due(deps))
    except Conflict:
        return deps.config.get(Tenant, deps.tenant.id)


def close(deps: Deps, confirmed: str, by: str) -> Tenant:
    """The owner closes the tenant: it can be reopened for thirty days. confirmed: its name, typed once more."""
    if " ".join(confirmed.split()).casefold() != deps.tenant.name.casefold():
        raise InvalidInput("company_confirmed", field="$.confirm")
    return move(deps, Trigger.CLOSE, f"closed by {by}")


def require_calls_out(tenant: TenantContext) -> None:
    """Raise NotActive for a tenant that may not make calls."""
    if not EFFECTS[tenant.status].calls_out:
        raise NotActive()


def _move(deps: Deps, trigger: Trigger, reason: str) -> Tenant:
    tenant = deps.config.get(Tenant, deps.tenant.id)
    after, writes = moving(tenant, trigger, reason, deps.clock.now())
    deps.items.commit(*writes)
    return after


def _move_if_due(deps: Deps) -> Tenant:
    tenant = deps.config.get(Tenant, deps.tenant.id)
    trigger = due(tenant.status, tenant.since, deps.clock.now())
    return _move(deps, trigger, "time is over") if trigger else tenant
