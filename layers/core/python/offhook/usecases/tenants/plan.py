"""The plan of a tenant: another one, if it is large enough for what is there; and what is used of it."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import TypedDict

from offhook.domain.errors import Conflict, InvalidInput
from offhook.domain.storage import Item, Put
from offhook.domain.tenant_events import PlanChanged
from offhook.domain.tenants.plans import Limits, Quota, exceeded, limits_for, limits_of, plan_of
from offhook.domain.tenants.tenant import Tenant
from offhook.stores import keys
from offhook.stores.codec import encode
from offhook.stores.config import kind_of
from offhook.stores.outbox import facts
from offhook.stores.quotas import Quotas
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.tenants import lifecycle

HIGHEST = 10**15


class PlanTooSmall(Conflict):
    """More is in use than the plan allows; give some back first."""

    code = "plan_too_small"


def change(deps: Deps, plan: str) -> Tenant:
    """Put the tenant on the plan, also with `@version`; on it already is no error. For billing, which decides who pays.

    Raises UnknownPlan, and PlanTooSmall naming what is too much. The counters are part of the commit, so that nothing
    is added meanwhile; who decided on the old plan in the five seconds before may still add under its limits.
    """
    wanted = plan_of(plan).id
    return again_on_conflict(lambda: _change(deps, wanted))


def _change(deps: Deps, wanted: str) -> Tenant:
    tenant = deps.config.get(Tenant, deps.tenant.id)
    if plan_of(tenant.plan).id == wanted:
        return tenant
    _require_room(deps, wanted)
    after = replace(tenant, version=tenant.version + 1, plan=wanted)
    key = keys.config(deps.tenant.id, kind_of(Tenant), tenant.id)
    quotas, now = Quotas(deps.items, deps.tenant.id), deps.clock.now()
    told = PlanChanged(at=now, previous_plan=plan_of(tenant.plan).id, plan=wanted)
    deps.items.commit(
        Put(Item(key, version=after.version, body=encode(after)), expect=tenant.version),
        facts(deps.tenant.id, f"plan-{after.version}", [told], now),
        *(quotas.take(quota, limits_of(wanted).of(quota), 0) for quota in Quota),
    )
    return after


def _require_room(deps: Deps, wanted: str) -> None:
    used = Quotas(deps.items, deps.tenant.id).all()
    over = exceeded(limits_of(wanted), used)
    if over:
        named = ", ".join(f"{used[q]} {q.value.replace('_', ' ')} of {limits_of(wanted).of(q)}" for q in over)
        raise PlanTooSmall("plan_too_small", field="$.plan", plan=wanted, over=named)


def set_limits(deps: Deps, wanted: Mapping[str, int]) -> Tenant:
    """What this tenant may have and do in place of what its plan says; {} = as the plan says. For the operator desk.

    Raises InvalidInput naming what is no limit. What is in use beyond a lower one stays; no more is added.
    """
    known = {one.name for one in fields(Limits)}
    for name, value in wanted.items():
        if name not in known:
            raise InvalidInput("not_one_of", field="$.limits", known=sorted(known))
        if not 1 <= value <= HIGHEST:
            raise InvalidInput("value_limits", field=f"$.limits.{name}", least=1, most=HIGHEST)
    return lifecycle.changed(deps, limits=tuple(sorted(wanted.items())))


class QuotaUse(TypedDict):
    """How many there are of how many."""

    used: int
    limit: int


class Standing(TypedDict):
    """quotas, rates: by their names in the plan catalogue."""

    plan: str
    quotas: dict[str, QuotaUse]
    rates: dict[str, int]
    features: list[str]


def standing(deps: Deps) -> Standing:
    """The plan, its limits, and how many of each quota are in use."""
    plan, limits = plan_of(deps.tenant.plan), limits_for(deps.tenant)
    used = Quotas(deps.items, deps.tenant.id).all()
    return {
        "plan": plan.id,
        "quotas": {q.value: {"used": used[q], "limit": limits.of(q)} for q in Quota},
        "rates": {name: value for name, value in asdict(limits).items() if name not in set(Quota)},
        "features": sorted(plan.features),
    }
