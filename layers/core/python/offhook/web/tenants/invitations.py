"""Inviting people, and accepting with the link that was mailed."""

from typing import Annotated

from chalice.app import Response
from msgspec import Meta, Struct

from offhook import wiring
from offhook.domain.ids import ProfileId
from offhook.domain.tenants.invitation import InvitationInvalid, hash_of
from offhook.domain.tenants.lifecycle import EFFECTS, ApiAccess
from offhook.domain.tenants.permissions import Permission as P
from offhook.settings import settings
from offhook.stores.directory import Directory
from offhook.usecases.tenants import invitations
from offhook.usecases.tenants.invitations import Post, Wish, view_of
from offhook.usecases.tenants.membership import members_of
from offhook.web import tenancy
from offhook.web.app import OffhookApp
from offhook.web.observability import named
from offhook.web.responses import created, listed, no_content, ok
from offhook.web.tenants.people import AccessGiven

Text = Annotated[str, Meta(min_length=1, max_length=256)]


class Invite(AccessGiven, forbid_unknown_fields=True, kw_only=True):
    """Who is invited, as what. profile_id: the routing profile of their agent."""

    email: Text
    name: Annotated[str, Meta(max_length=80)] = ""
    profile_id: Annotated[str, Meta(max_length=128)] = ""

    def wish(self) -> Wish:
        """As the use case takes it."""
        return Wish(self.email, self.grant(), self.name, ProfileId(self.profile_id))


class Accept(Struct, forbid_unknown_fields=True):
    """The secret of the link, and the password: a new one, or the one that the person has already."""

    link: Text
    password: Text
    name: Annotated[str, Meta(max_length=80)] = ""


class TenantJoined(Struct):
    """Where the person is a member now."""

    id: str
    name: str


class Joined(Struct):
    """The new member."""

    user_id: str
    email: str
    tenant: TenantJoined


def routes(app: OffhookApp) -> None:
    """/invitations."""

    @app.api("/invitations", methods=["GET"], permission=P.PEOPLE_READ)
    def open_invitations() -> Response:
        """Those that nobody accepted yet."""
        return listed([view_of(one) for one in invitations.open_invitations(app.deps())])

    @app.api("/invitations", methods=["POST"], permission=P.PEOPLE_WRITE)
    def invite() -> Response:
        """Mail somebody a link."""
        wish = app.body(Invite).wish()
        return app.once(lambda: _sent(app, wish))

    @app.api("/invitations/{invitation_id}/mails", methods=["POST"], permission=P.PEOPLE_WRITE)
    def resend(invitation_id: str) -> Response:
        """Mail a new link; the one before ends."""
        return app.once(lambda: ok(view_of(invitations.resend(app.deps(), _post(app), invitation_id))))

    @app.api("/invitations/{invitation_id}", methods=["DELETE"], permission=P.PEOPLE_WRITE)
    def withdraw(invitation_id: str) -> Response:
        """The link ends."""
        invitations.withdraw(app.deps(), wiring.edge_items(), invitation_id)
        return no_content()

    @app.public("/invitations/accepted", methods=["POST"])
    def accept() -> Response:
        """Become a member; then sign in."""
        given = app.body(Accept)
        return app.trying("verify", given.link, lambda: _accept(given))


def _sent(app: OffhookApp, wish: Wish) -> Response:
    made = invitations.invite(app.deps(), _post(app), app.identity(), wish)
    return created(view_of(made), f"/v1/tenants/invitations/{made.id}", version=made.version)


def _post(app: OffhookApp) -> Post:
    given = settings()
    me = members_of(app.deps()).find(app.identity().user_id)
    by = me.name if me else ""
    return Post(wiring.mailer(), wiring.edge_items(), given.app_url or given.public_api_url, by)


def _accept(given: Accept) -> Response:
    """The link names its tenant; a link of none, and one of a tenant at rest, are not valid."""
    tenant_id = Directory(wiring.edge_items()).tenant_of(invitations.HANDLE, hash_of(given.link))
    if tenant_id is None:
        raise InvitationInvalid()
    tenant = tenancy.context(tenant_id)
    if EFFECTS[tenant.status].api is not ApiAccess.FULL:
        raise InvitationInvalid()
    with tenancy.scope(tenant), named(tenant.id):
        pool, directory = wiring.user_pool(), wiring.edge_items()
        member = invitations.accept(tenancy.deps(tenant), directory, pool, given.link, given.password, given.name)
    joined = Joined(member.id, member.email, TenantJoined(tenant.id, tenant.name))
    return created(joined, f"/v1/tenants/people/{member.id}")
