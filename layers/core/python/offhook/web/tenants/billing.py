"""What a tenant pays: its subscription, the provider's pages, invoices; and the provider's signed webhook."""

import json
from typing import Annotated, TypedDict, cast

from chalice.app import Response
from msgspec import Meta, Struct

from offhook import wiring
from offhook.domain.billing.account import BillingAccount
from offhook.domain.billing.port import BillingEvent, BillingProvider, Invoice, Subscription
from offhook.domain.errors import InvalidInput, NotFound
from offhook.domain.ids import DAY, Instant
from offhook.domain.tenants.permissions import Permission
from offhook.stores.billing import BillingStore
from offhook.stores.directory import Directory
from offhook.usecases.billing import apply, daily, mails, subscribe
from offhook.usecases.billing.subscribe import HANDLE, Pages
from offhook.usecases.deps import Deps
from offhook.web import json_api, tenancy
from offhook.web.app import OffhookApp
from offhook.web.forms import raw_body
from offhook.web.observability import count, log, named
from offhook.web.responses import accepted, ok

WEBHOOK = "/billing/webhook"
SIGNATURE = "stripe-signature"
LOOK_BACK = 3 * DAY
MOST_INVOICES = 99  # the provider lists at most a hundred at a time
P = Permission.PLAN_MANAGE


class Subscribe(Struct, forbid_unknown_fields=True):
    """plan: of GET /plans; email: where receipts go."""

    plan: Annotated[str, Meta(min_length=1, max_length=64)]
    email: Annotated[str, Meta(pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{1,63}$")]
    seats: Annotated[int, Meta(ge=1, le=100_000)] = 1


class NewPlan(Struct, forbid_unknown_fields=True):
    """seats: left out = as many as now."""

    plan: Annotated[str, Meta(min_length=1, max_length=64)]
    seats: Annotated[int, Meta(ge=1, le=100_000)] | None = None


class Seats(Struct, forbid_unknown_fields=True):
    """How many are paid for."""

    seats: Annotated[int, Meta(ge=1, le=100_000)]


class Renewal(Struct, forbid_unknown_fields=True):
    """Whether the subscription goes on after the period that is paid for."""

    renews: bool


class Subscribed(Struct):
    """subscribed: whether the subscription counts; email: where receipts go."""

    subscription: Subscription | None
    email: str
    subscribed: bool


class PageLink(Struct):
    """A page of the payment provider."""

    url: str


class CheckoutLink(PageLink):
    """With its end, in milliseconds since 1970."""

    expires_at: Instant


class InvoiceHead(TypedDict):
    """An invoice without its lines; money in cents."""

    id: str
    status: str
    currency: str
    number: str
    subtotal: int
    tax: int
    total: int
    amount_due: int
    amount_paid: int
    balance_used: int
    refunded: int
    attempts: int
    next_attempt_at: Instant
    created_at: Instant
    period_start_at: Instant
    period_end_at: Instant
    page_url: str


class Received(Struct):
    """The event was taken."""

    received: bool


def routes(app: OffhookApp) -> None:
    """/billing and what is below it."""

    @app.api("/billing", permission=P)
    def state() -> Response:
        """What the tenant is subscribed to, as the provider last said."""
        return ok(_shown(BillingStore(app.deps().items, app.deps().tenant.id).account()))

    @app.api("/billing/checkout", methods=["POST"], permission=P)
    def check_out() -> Response:
        """A page of the payment provider to subscribe on; the one before it is closed."""
        given = app.body(Subscribe)

        def made() -> Response:
            page = subscribe.checkout(app.deps(), _provider(), _pages(), given.plan, given.seats, given.email)
            return accepted(CheckoutLink(page.url, page.expires_at))

        return app.once(made, repeatable=True)

    @app.api("/billing/portal", methods=["POST"], permission=P)
    def portal() -> Response:
        """A page of the payment provider to change cards, pay what is open, and cancel; open for minutes."""
        return app.once(lambda: ok(PageLink(subscribe.portal_link(app.deps(), _provider(), _pages().app_url))))

    @app.api("/billing/plan", methods=["PUT"], permission=P)
    def change_plan() -> Response:
        """Another plan from now on; the difference for the rest of the period is paid at once."""
        given = app.body(NewPlan)
        return ok(_shown(subscribe.change_plan(app.deps(), _provider(), given.plan, given.seats)))

    @app.api("/billing/seats", methods=["PUT"], permission=P)
    def change_seats() -> Response:
        """Another number of seats from now on, pro-rated."""
        return ok(_shown(subscribe.change_seats(app.deps(), _provider(), app.body(Seats).seats)))

    @app.api("/billing/renewal", methods=["PUT"], permission=P)
    def renew() -> Response:
        """Cancel at the end of the period, or take that back."""
        return ok(_shown(subscribe.renew(app.deps(), _provider(), app.body(Renewal).renews)))

    @app.api("/billing/invoices", permission=P)
    def list_invoices() -> Response:
        """Newest first."""
        cursors = app.cursors()
        page = cursors.page(app.query())
        customer, limit = _customer(app.deps()), min(page.limit, MOST_INVOICES)
        found = _provider().invoices(customer, limit + 1, page.after) if customer else []
        more = found[limit - 1].id if len(found) > limit else None
        return ok(cursors.answer([_row(one) for one in found[:limit]], more))

    @app.api("/billing/invoices/{invoice_id}", permission=P)
    def show_invoice(invoice_id: str) -> Response:
        """With its lines."""
        customer = _customer(app.deps())
        if not customer:
            raise NotFound()
        return ok(_provider().invoice(invoice_id, customer))

    _open_webhook(app)


def _open_webhook(app: OffhookApp) -> None:
    """No limit for strangers here: at the turn of a month many events come from few addresses."""

    def told() -> Response:
        """Something happened at the payment provider."""
        return json_api.guarded(lambda: _told(app))

    app.permissions[WEBHOOK, "POST"] = None
    app.route(WEBHOOK, methods=["POST"], content_types=[])(told)


def _told(app: OffhookApp) -> Response:
    from offhook.adapters.stripe import reading, signature

    request = app.current_request
    assert request is not None
    body = raw_body(request)
    given = str(request.headers.get(SIGNATURE, ""))
    signature.verify(body, given, wiring.till().webhook_secrets(), wiring.clock().now())
    try:
        told = reading.event(json.loads(body))
    except (ValueError, LookupError, TypeError, AttributeError) as bad:
        raise InvalidInput("event_malformed", field="$") from bad
    take(told)
    return ok(Received(True))


def take(told: BillingEvent) -> None:
    """Apply one event, whoever's it is; nobody's is none of our business."""
    if told.type.startswith("v1.billing.meter."):
        count("UsageRefused")
        log().error("usage refused by the payment provider", extra={"event": told.type, "event_id": told.id})
    tenant_id = Directory(wiring.edge_items()).tenant_of(HANDLE, told.customer_id) if told.customer_id else None
    if tenant_id is None:
        return
    tenant = tenancy.context(tenant_id)
    with tenancy.scope(tenant), named(tenant_id, ""):
        deps = tenancy.deps(tenant)
        apply.event(deps, _provider(), told)
        mails.send(deps, _provider(), wiring.mailer, _pages().app_url)


def catch_up() -> None:
    """What the webhooks missed; an event that fails does not stop the others."""
    for told in _provider().events(wiring.clock().now() - LOOK_BACK):
        try:
            take(told)
        except Exception:
            log().exception("an event of the payment provider failed")
            count("WorkFailed")


def look_after(deps: Deps) -> None:
    """The tenant's day."""
    daily.look_after(deps, _provider(), wiring.mailer, _pages().app_url)


def _provider() -> BillingProvider:
    return wiring.till().provider()


def _pages() -> Pages:
    return Pages(wiring.till().app_url, wiring.edge_items())


def _customer(deps: Deps) -> str:
    return BillingStore(deps.items, deps.tenant.id).account().customer_id


def _row(found: Invoice) -> InvoiceHead:
    return cast(InvoiceHead, {name: getattr(found, name) for name in InvoiceHead.__annotations__})


def _shown(account: BillingAccount) -> Subscribed:
    return Subscribed(account.subscription, account.email, account.live is not None)
