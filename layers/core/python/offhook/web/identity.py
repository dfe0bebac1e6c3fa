"""Who is behind a request: the access token names person and tenant, the membership says what they may do."""

from typing import TYPE_CHECKING

from chalice.app import Request

from offhook.domain.errors import Forbidden, NotFound, Unauthenticated
from offhook.domain.ids import TenantId
from offhook.domain.tenants.context import Identity
from offhook.domain.tenants.permissions import Permission
from offhook.web import tenancy

if TYPE_CHECKING:
    from offhook.usecases.tenants.membership import Standing


class SessionOutdated(Unauthenticated):
    """What this person may do has changed since the access token was made; a new one says what it is now."""

    code = "session_outdated"


def identify(request: Request) -> Identity:
    """The person, or the program, of the bearer token; raises Unauthenticated."""
    scheme, _, token = str(request.headers.get("authorization", "")).partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated("A bearer token is needed.")
    token = token.strip()
    if token.startswith("cck_"):
        from offhook.web.api_keys import identity_of_key

        return identity_of_key(token, request)
    return identity_of(token)


def identity_of(access_token: str) -> Identity:
    """The person an access token was given to, with what they may do now (at most ten seconds old)."""
    from offhook.domain.tenants.membership import access_of
    from offhook.web.tokens import claims_of

    claims = claims_of(access_token)
    standing = require_current(claims.tenant_id, claims.user_id, claims.version)
    member, tenant = standing.member, tenancy.context(claims.tenant_id)
    access = access_of(member, standing.custom, tenant.status)
    role = member.role or member.permission_set
    return Identity(
        tenant, member.id, member.agent_id, role, access.permissions, standing.scope, access.withheld, member.version,
        member.second_factor,
    )  # fmt: skip


def require_current(tenant_id: TenantId, user_id: str, version: int) -> "Standing":
    """The member, who may still come in as what they were; raises Unauthenticated.

    version: of the membership when the session (an access token, a live connection) was made.
    """
    try:
        standing = tenancy.standing(tenant_id, user_id, version)
    except NotFound as gone:
        raise Unauthenticated("This person belongs to no tenant.") from gone
    if standing is None:
        raise Unauthenticated("This person belongs to no tenant.")
    if standing.member.version != version:
        raise SessionOutdated()
    return standing


def refusal(identity: Identity, permission: Permission) -> Forbidden:
    """Why this person may not do what needs the permission."""
    from offhook.domain.tenants.membership import SecondFactorNeeded, TenantAtRest

    for reason in (SecondFactorNeeded, TenantAtRest):
        if identity.withheld == reason.code:
            return reason()
    return Forbidden(f"This needs the permission {permission}.")
