"""Who is behind a request: the access token names person and tenant, the membership says what they may do."""

from chalice.app import Request

from offhook.domain.errors import Forbidden, NotFound, Unauthenticated
from offhook.domain.tenants.context import Identity
from offhook.domain.tenants.permissions import Permission
from offhook.web import tenancy


class SessionOutdated(Unauthenticated):
    """What this person may do has changed since the access token was made; a new one says what it is now."""

    code = "session_outdated"


def identify(request: Request) -> Identity:
    """The person of the bearer token; raises Unauthenticated."""
    scheme, _, token = str(request.headers.get("authorization", "")).partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated("A bearer token is needed.")
    return identity_of(token.strip())


def identity_of(access_token: str) -> Identity:
    """The person an access token was given to, with what they may do now (at most ten seconds old)."""
    from offhook.domain.tenants.membership import access_of
    from offhook.web.tokens import claims_of

    claims = claims_of(access_token)
    try:
        standing = tenancy.standing(claims.tenant_id, claims.user_id, claims.version)
        tenant = tenancy.context(claims.tenant_id)
    except NotFound as gone:
        raise Unauthenticated("This person belongs to no tenant.") from gone
    if standing is None:
        raise Unauthenticated("This person belongs to no tenant.")
    member = standing.member
    if member.version != claims.version:
        raise SessionOutdated()
    access = access_of(member, standing.custom, tenant.status)
    role = member.role or member.permission_set
    return Identity(tenant, claims.user_id, member.agent_id, role, access.permissions, standing.scope, access.withheld)


def refusal(identity: Identity, permission: Permission) -> Forbidden:
    """Why this person may not do what needs the permission."""
    from offhook.domain.tenants.membership import SecondFactorNeeded, TenantAtRest

    for reason in (SecondFactorNeeded, TenantAtRest):
        if identity.withheld == reason.code:
            return reason()
    return Forbidden(f"This needs the permission {permission}.")
