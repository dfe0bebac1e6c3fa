"""What the user pool asks before it signs a token (its pre-token-generation trigger, version 2)."""

from collections.abc import Mapping
from typing import Any

from offhook import wiring
from offhook.domain.errors import NotFound
from offhook.domain.ids import TenantId
from offhook.stores.active_people import ActivePeople
from offhook.usecases.tenants.membership import claims_of, tenants_of
from offhook.web import tenancy
from offhook.web.observability import invocation, quietly

SELF_SERVICE = "aws.cognito.signin.user.admin"


def answer(event: dict[str, Any], context: object) -> dict[str, Any]:
    """The trigger's answer; what it raises refuses the token."""
    with invocation("tenants", context):
        return add_claims(event)


def add_claims(event: dict[str, Any]) -> dict[str, Any]:
    """The event with tid, role and mver for the access token, and without its right to change the user at the pool.

    Only our own server, while it sets up a second factor with the person's password, gets a token with that right.
    """
    user_id = _subject(event)
    opened = tenants_of(wiring.edge_items(), user_id).open_until > wiring.clock().now()
    suppressed = [] if opened else [SELF_SERVICE]
    claims = claims_for(user_id)
    if claims:
        quietly(lambda: _note_active(claims["tid"], user_id))
    generation = {"claimsToAddOrOverride": claims, "scopesToSuppress": suppressed}
    event["response"] = {"claimsAndScopeOverrideDetails": {"accessTokenGeneration": generation}}
    return event


def claims_for(user_id: str) -> dict[str, str]:
    """Of the tenant that the user chose, else of the first that they may enter; none for who belongs to none."""
    for tenant_id in tenants_of(wiring.edge_items(), user_id).by_preference():
        try:
            standing = tenancy.standing_now(tenant_id, user_id)
        except NotFound:
            continue  # an erased tenant whose handles are on their way out
        if standing is not None:
            return claims_of(tenant_id, standing.member)
    return {}


def _note_active(tenant_id: str, user_id: str) -> None:
    """The pool's price is by people who sign in during a month."""
    tenant = tenancy.context(TenantId(tenant_id))
    with tenancy.scope(tenant):
        deps = tenancy.deps(tenant)
        ActivePeople(deps.items, tenant.id).note(user_id, deps.clock.now())


def _subject(event: Mapping[str, Any]) -> str:
    return str(event["request"]["userAttributes"]["sub"])
