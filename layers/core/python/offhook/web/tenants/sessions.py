"""Signing in, and who one is then."""

from typing import Annotated

from chalice.app import Response
from msgspec import Meta, Struct

from offhook import wiring
from offhook.domain.tenants.permissions import Permission
from offhook.web.app import OffhookApp
from offhook.web.responses import ok

Text = Annotated[str, Meta(min_length=1, max_length=4096)]


class SignIn(Struct, forbid_unknown_fields=True):
    """E-mail address and password."""

    email: Text
    password: Text


class Refresh(Struct, forbid_unknown_fields=True):
    """The refresh token of an earlier sign-in."""

    refresh_token: Text


def routes(app: OffhookApp) -> None:
    """/sessions, /sessions/refresh, /me."""

    @app.public("/sessions", methods=["POST"])
    def sign_in() -> Response:
        """Tokens for an e-mail address and its password."""
        given = app.body(SignIn)
        return ok(wiring.user_pool().sign_in(given.email, given.password))

    @app.public("/sessions/refresh", methods=["POST"])
    def refresh() -> Response:
        """A new access token."""
        return ok(wiring.user_pool().refresh(app.body(Refresh).refresh_token))

    @app.api("/me", permission=Permission.PROFILE_OWN)
    def me() -> Response:
        """Who is signed in, where, and what they may do."""
        identity = app.identity()
        tenant = identity.tenant
        return ok(
            {
                "user_id": identity.user_id,
                "agent_id": identity.agent_id,
                "role": identity.role,
                "permissions": sorted(identity.permissions),
                "tenant": {
                    "id": tenant.id,
                    "name": tenant.name,
                    "time_zone": tenant.time_zone,
                    "language": tenant.language,
                    "status": tenant.status,
                    "plan": tenant.plan,
                },
            }
        )
