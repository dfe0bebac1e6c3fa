"""Who is behind a request: the access token names the person, the directory their tenant and role."""

from chalice.app import Request

from offhook.domain.errors import Unauthenticated
from offhook.domain.tenants.context import Identity
from offhook.domain.tenants.permissions import permissions_of
from offhook.web import tenancy


def identify(request: Request) -> Identity:
    """The person of the bearer token; raises Unauthenticated."""
    scheme, _, token = str(request.headers.get("authorization", "")).partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated("A bearer token is needed.")
    return identity_of(token.strip())


def identity_of(access_token: str) -> Identity:
    """The person an access token was given to, with what their role permits now."""
    from offhook.web.tokens import user_of

    user_id = user_of(access_token)
    member = tenancy.membership(user_id)
    if member is None:
        raise Unauthenticated("This person belongs to no tenant.")
    tenant = tenancy.context(member.tenant_id)
    return Identity(tenant, user_id, member.agent_id, member.role, permissions_of(member.role))
