"""Signing a business up: open routes that tell nobody which addresses are known, and the workers of the set-up."""

from contextlib import suppress
from typing import Annotated

from chalice.app import Response
from msgspec import Meta, Struct

from offhook import wiring
from offhook.domain.errors import NotFound, Unauthenticated
from offhook.domain.ids import DAY, Instant, day_of
from offhook.domain.tenants.context import TenantContext
from offhook.domain.tenants.sign_up import LinkInvalid, SignUp, SignUpStatus, checked, tenant_of
from offhook.stores.sign_ups import SignUpList, Tries, UnderWay
from offhook.usecases.tenants import sign_up, sign_up_sweep
from offhook.web import tenancy
from offhook.web.app import OffhookApp
from offhook.web.responses import accepted, ok
from offhook.web.workers import for_tenant, schedule_worker

Text = Annotated[str, Meta(min_length=1, max_length=256)]


class Application(Struct, forbid_unknown_fields=True):
    """A business that wants to join; country: ISO 3166, language: en-US or zh-CN, industry: whose starter it gets."""

    company: Text
    country: Text
    time_zone: Text
    language: Text
    email: Text
    industry: Text = "generic"
    demo_data: bool = False


class Verification(Struct, forbid_unknown_fields=True):
    """The secret of the link, and who the owner will be."""

    secret: Text
    password: Text
    name: Text


class Asked(Struct):
    """The sign-up of that id waits for the link to be followed."""

    id: str
    status: SignUpStatus


class AskedAgain(Struct):
    """The same for every id."""

    id: str


def routes(app: OffhookApp) -> None:
    """/sign-ups and what goes on with one."""

    @app.public("/sign-ups", methods=["POST"])
    def apply() -> Response:
        """202, whoever asks: a mail is on its way, unless that mailbox got enough of them today."""
        given = app.body(Application)
        asked = checked(
            SignUp(
                wiring.world().ids.new("join"),
                given.email,
                given.company,
                given.country,
                given.time_zone,
                given.language,
                given.industry,
                given.demo_data,
            )
        )
        app.asking("sign_up", asked.email)
        if sign_up.admitted(wiring.edge_items(), asked.email, wiring.clock().now()):
            tenant = _stranger(asked.id)
            with tenancy.scope(tenant):
                sign_up.begin(tenancy.deps(tenant), wiring.edge_items(), asked)
        return accepted(Asked(asked.id, SignUpStatus.WAITING))

    @app.public("/sign-ups/{sign_up_id}", methods=["GET"])
    def progress(sign_up_id: str) -> Response:
        """How far it is, for who shows the secret of a link as bearer token."""
        tenant, secret = _stranger(sign_up_id), _bearer(app)
        with tenancy.scope(tenant):
            return ok(sign_up.progress(tenancy.deps(tenant), secret))

    @app.public("/sign-ups/{sign_up_id}/verification", methods=["POST"])
    def verify(sign_up_id: str) -> Response:
        """The address is proved; the tenant is set up from now on."""
        tenant, given = _stranger(sign_up_id), app.body(Verification)
        with tenancy.scope(tenant):
            deps, owners = tenancy.deps(tenant), wiring.owner_accounts()

            def proved() -> Response:
                return accepted(sign_up.verify(deps, owners, given.secret, given.password, given.name))

            return app.trying("verify", sign_up_id, proved)

    @app.public("/sign-ups/{sign_up_id}/mails", methods=["POST"])
    def ask_again(sign_up_id: str) -> Response:
        """One more mail, within limits; 202 for every id."""
        app.asking("mail", sign_up_id)
        with suppress(LinkInvalid):
            tenant = _stranger(sign_up_id)
            with tenancy.scope(tenant):
                sign_up.ask_again(tenancy.deps(tenant), wiring.edge_items(), sign_up_id)
        return accepted(AskedAgain(sign_up_id))


@schedule_worker
def sign_ups() -> None:
    """A look at everything that is not finished; what was counted the day before yesterday is forgotten."""
    under_way, now = SignUpList(wiring.edge_items()), wiring.clock().now()
    for entry in list(under_way):
        if _is_over(entry, now):
            under_way.remove(entry)
    Tries(wiring.edge_items(), now).forget(day_of(now - 2 * DAY))


def _is_over(entry: UnderWay, now: Instant) -> bool:
    """Whether nothing is left to look after; a tenant that cannot be looked at now can be the next time."""
    over: list[bool] = []
    try:
        for_tenant(entry.tenant, lambda deps: over.append(sign_up_sweep.look_after(deps, entry)))
    except NotFound:
        return now > entry.since + sign_up_sweep.NEVER_BEGUN
    except Exception:  # logged where it happened
        return False
    return over == [True]


def _stranger(sign_up_id: str) -> TenantContext:
    """The tenant-to-be, of which nothing is known here; raises LinkInvalid for what is no id."""
    return TenantContext(tenant_of(sign_up_id))


def _bearer(app: OffhookApp) -> str:
    request = app.current_request
    scheme, _, secret = str(request.headers.get("authorization", "") if request else "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        raise Unauthenticated("The secret of the link is needed as a bearer token.")
    return secret.strip()
