"""Signing in and out, and who one is then; the tenant one works for; one's own password and second factor."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from chalice.app import Response
from msgspec import Meta, Struct

from offhook import wiring
from offhook.adapters.cognito import Challenge, WeakPassword
from offhook.domain.errors import InvalidInput, Unauthenticated
from offhook.domain.ids import TenantId
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.permissions import Permission
from offhook.usecases.deps import Deps
from offhook.usecases.tenants import sessions
from offhook.usecases.tenants.sessions import Home
from offhook.web import tenancy
from offhook.web.app import OffhookApp
from offhook.web.responses import listed, no_content, ok

Text = Annotated[str, Meta(min_length=1, max_length=4096)]
Password = Annotated[str, Meta(min_length=1, max_length=256)]
Code = Annotated[str, Meta(min_length=1, max_length=64)]
Own = Permission.PROFILE_OWN


class SignIn(Struct, forbid_unknown_fields=True):
    """E-mail address and password."""

    email: Text
    password: Text


class Answer(Struct, forbid_unknown_fields=True):
    """The answer to a challenge: the code of the authenticator, or a new password."""

    challenge: Text
    session: Text
    user: Text
    answer: Password


class Refresh(Struct, forbid_unknown_fields=True):
    """The refresh token of an earlier sign-in."""

    refresh_token: Text


class TenantChosen(Struct, forbid_unknown_fields=True):
    """Which tenant, and the refresh token that the new access token comes from."""

    tenant_id: Text
    refresh_token: Text


class Forgotten(Struct, forbid_unknown_fields=True):
    """Whose password."""

    email: Text


class Reset(Struct, forbid_unknown_fields=True):
    """The code that was mailed, and the new password."""

    email: Text
    code: Code
    password: Password


class PasswordChange(Struct, forbid_unknown_fields=True):
    """The present password and the new one."""

    password: Password
    new_password: Password


class OwnPassword(Struct, forbid_unknown_fields=True):
    """The present password: whoever found an open browser does not know it."""

    password: Password


class SecondFactor(Struct, forbid_unknown_fields=True):
    """The present password, and a code of the authenticator."""

    password: Password
    code: Code


class TenantName(Struct):
    """A tenant of the caller."""

    id: str
    name: str


class Here(TenantName):
    """The tenant that one works for."""

    time_zone: str
    language: str
    status: TenantStatus
    plan: str


class Me(Struct):
    """Who is signed in; agent_id: "" = no agent; withheld: why permissions are fewer than the role has.

    second_factor: whether signing in asks for a code; operator: whether the operator desk is open to them.
    """

    user_id: str
    agent_id: str
    role: str
    permissions: list[str]
    withheld: str
    second_factor: bool
    tenant: Here
    operator: bool


def routes(app: OffhookApp) -> None:
    """/sessions, /passwords, /me."""
    _sessions(app)
    _passwords(app)
    _me(app)


def _sessions(app: OffhookApp) -> None:
    @app.public("/sessions", methods=["POST"])
    def sign_in() -> Response:
        """Tokens for an e-mail address and its password, or the challenge that is to be answered first."""
        given = app.body(SignIn)
        pool = wiring.user_pool()
        return app.trying("sign_in", given.email, lambda: ok(pool.sign_in(given.email, given.password)))

    @app.public("/sessions", methods=["DELETE"])
    def sign_out() -> Response:
        """The session of the refresh token ends; its access token lives out its minutes."""
        wiring.user_pool().sign_out(app.body(Refresh).refresh_token)
        return no_content()

    @app.public("/sessions/challenges", methods=["POST"])
    def answer() -> Response:
        """Tokens, or the next challenge."""
        given, pool = app.body(Answer), wiring.user_pool()
        challenge = Challenge(given.challenge, given.session, given.user)
        return app.trying("sign_in", given.user, lambda: ok(pool.answer(challenge, given.answer)))

    @app.public("/sessions/refresh", methods=["POST"])
    def refresh() -> Response:
        """A new access token."""
        return ok(wiring.user_pool().refresh(app.body(Refresh).refresh_token))

    @app.api("/sessions/tenants", permission=Own)
    def tenants() -> Response:
        """The tenants that the caller may work for."""
        found = sessions.tenants_of(_home(), app.identity().user_id)
        return listed([TenantName(deps.tenant.id, deps.tenant.name) for deps in found])

    @app.api("/sessions/tenant", methods=["POST"], permission=Own)
    def switch() -> Response:
        """Tokens for another tenant of the caller."""
        given = app.body(TenantChosen)
        home, user_id = _home(), app.identity().user_id
        before = sessions.choose_tenant(home, user_id, TenantId(given.tenant_id))
        try:
            return ok(wiring.user_pool().refresh(given.refresh_token))
        except Unauthenticated as refused:
            sessions.choose_again(home, user_id, before)
            raise InvalidInput("refresh_token", field="$.refresh_token") from refused


def _passwords(app: OffhookApp) -> None:
    @app.public("/passwords/forgotten", methods=["POST"])
    def forgotten() -> Response:
        """A code is mailed, if there is such a person; the answer is the same if not."""
        email = app.body(Forgotten).email
        app.asking("mail", email)
        wiring.user_pool().forgot(email)
        return no_content()

    @app.public("/passwords", methods=["PUT"])
    def reset() -> Response:
        """A new password for the code that was mailed; every session of the person ends."""
        given, pool = app.body(Reset), wiring.user_pool()
        app.trying("sign_in", given.email, lambda: pool.reset(given.email, given.code, given.password))
        found = pool.find(given.email)
        if found is not None:
            pool.sign_out_everywhere(found.id)
            sessions.password_changed(_home(), found.id)
            tenancy.forget_members()
        return no_content()


def _me(app: OffhookApp) -> None:
    @app.api("/me", permission=Own)
    def me() -> Response:
        """Who is signed in, where, what they may do, and why that is less than their role says."""
        from offhook.web.operator.access import is_operator

        me = app.identity()
        tenant = me.tenant
        here = Here(tenant.id, tenant.name, tenant.time_zone, tenant.language, tenant.status, tenant.plan)
        may = sorted(me.permissions)
        return ok(Me(me.user_id, me.agent_id, me.role, may, me.withheld, me.second_factor, here, is_operator(me)))

    @app.api("/me/password", methods=["PUT"], permission=Own)
    def change_password() -> Response:
        """Every session of the caller ends, this one too."""
        given, pool, user_id = app.body(PasswordChange), wiring.user_pool(), app.identity().user_id
        pool.require_password(pool.email_of(user_id), given.password)
        try:
            pool.set_password(user_id, given.new_password)
        except WeakPassword as weak:
            raise WeakPassword(weak.fault, field="$.new_password", **weak.params) from weak
        pool.sign_out_everywhere(user_id)
        sessions.password_changed(_home(), user_id)
        tenancy.forget_members()
        return no_content()

    @app.api("/me/second-factor", methods=["POST"], permission=Own)
    def begin_second_factor() -> Response:
        """A secret for an authenticator; it counts once a code of it was shown."""
        password = app.body(OwnPassword).password
        return ok(sessions.begin_second_factor(_home(), wiring.user_pool(), app.identity().user_id, password))

    @app.api("/me/second-factor", methods=["PUT"], permission=Own)
    def finish_second_factor() -> Response:
        """From now on signing in asks for a code; refresh the access token to go on."""
        given = app.body(SecondFactor)
        pool, user_id = wiring.user_pool(), app.identity().user_id
        sessions.finish_second_factor(_home(), pool, user_id, given.password, given.code)
        tenancy.forget_members()
        return no_content()


def _home() -> Home:
    return Home(wiring.edge_items(), _enter, wiring.clock().now())


@contextmanager
def _enter(tenant_id: TenantId) -> Iterator[Deps]:
    tenant = tenancy.context(tenant_id)
    with tenancy.scope(tenant):
        yield tenancy.deps(tenant)
