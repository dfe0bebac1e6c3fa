"""Numbers: what there is, bought, attached, ported, released, answered by a flow; and where may be called."""

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated
from urllib.parse import unquote

from chalice.app import Response
from msgspec import Meta, Struct

from offhook import wiring
from offhook.domain.errors import OffhookError
from offhook.domain.tenants.permissions import Permission
from offhook.lazily import lazily
from offhook.web.app import OffhookApp
from offhook.web.carrier import CarrierRequest
from offhook.web.responses import created, listed, no_content, ok
from offhook.web.written import Acts, Written

if TYPE_CHECKING:
    from offhook.domain.numbers.line import Port
    from offhook.usecases.ivr import numbers as assignment
    from offhook.usecases.numbers import attach, buy, calling, ports, reconcile, release, show
    from offhook.usecases.numbers.desk import NumberDesk
else:
    (assignment,) = lazily("offhook.usecases.ivr", "numbers")
    attach, buy, calling, ports, reconcile, release, show = lazily(
        "offhook.usecases.numbers", "attach", "buy", "calling", "ports", "reconcile", "release", "show"
    )

Text = Annotated[str, Meta(max_length=200)]
Countries = Annotated[tuple[Annotated[str, Meta(max_length=2)], ...], Meta(max_length=250)]


class BuyText(Struct, forbid_unknown_fields=True):
    """What to buy: this number, or any that fits; `meanwhile`: another to begin with, while papers are awaited."""

    country: Text
    kind: Text = "local"
    number: Text = ""
    contains: Text = ""
    area_code: Text = ""
    flow_id: Text = ""
    name: Text = ""
    meanwhile: bool = False


class AttachText(Struct, forbid_unknown_fields=True):
    """A number that stays where it is; target: the number of ours that it is forwarded to, "" = the first."""

    number: Text
    target: Text = ""


class CountriesText(Struct, forbid_unknown_fields=True):
    """ISO countries that may be called."""

    countries: Countries
    emergency: bool = False


class CountriesView(Struct):
    """ISO countries that may be called, and whether emergency services may be."""

    countries: tuple[str, ...]
    emergency: bool
    version: int


def routes(app: OffhookApp) -> None:
    """/numbers and what is below it."""
    _own(app)
    _dealing(app)
    _PORT_INS.register(app)
    _calling(app)


def _own(app: OffhookApp) -> None:
    @app.api("/numbers", methods=["GET"], permission=Permission.NUMBERS_READ)
    def list_numbers() -> Response:
        """The tenant's numbers, their flows, and how the tenant has them."""
        return listed(show.numbers(app.deps()))

    @app.api("/numbers/{number}", methods=["PUT"], permission=Permission.NUMBERS_WRITE)
    def assign_number(number: str) -> Response:
        """Calls to the number get the flow the body names."""
        from offhook.stores.directory import Directory

        directory, text = Directory(wiring.edge_items()), app.body(assignment.NumberText)
        assigned = assignment.assign(app.deps(), directory, number, text)
        return ok(assigned, version=assigned.version)

    @app.api("/numbers/{number}", methods=["DELETE"], permission=Permission.NUMBERS_WRITE)
    def unassign_number(number: str) -> Response:
        """The number is answered by nothing; it stays the tenant's."""
        assignment.unassign(app.deps(), number)
        return no_content()

    @app.api("/numbers/{number}/release", methods=["POST"], permission=Permission.NUMBERS_BUY)
    def release_number(number: str) -> Response:
        """The number is given back, for ever."""

        def released() -> Response:
            release.release(desk(app), unquote(number))
            return no_content()

        return app.once(released, repeatable=True)


def _dealing(app: OffhookApp) -> None:
    @app.api("/numbers/available", methods=["GET"], permission=Permission.NUMBERS_READ)
    def list_available() -> Response:
        """Numbers for sale: ?country=&kind=&contains=&area_code=, kind one of local, mobile, toll_free."""
        return listed(show.for_sale(desk(app), dict(app.query())))

    @app.api("/numbers/papers", methods=["GET"], permission=Permission.NUMBERS_READ)
    def show_papers() -> Response:
        """What a country asks for before it sells, and how far that is: ?country=&kind=."""
        return ok(show.papers(desk(app), dict(app.query())))

    @app.api("/numbers", methods=["POST"], permission=Permission.NUMBERS_BUY)
    def buy_number() -> Response:
        """Buy one; the same Idempotency-Key never buys two, also after a crash."""
        text = app.body(BuyText)
        return app.once(lambda: _bought(app, text), repeatable=True)

    @app.api("/numbers/attachments", methods=["POST"], permission=Permission.NUMBERS_BUY)
    def attach_number() -> Response:
        """A number of another carrier, forwarded to one of the tenant's; the first call that comes so proves it."""
        text = app.body(AttachText)
        return app.once(lambda: _attached(app, text), repeatable=True)


def _bought(app: OffhookApp, text: BuyText) -> Response:
    from offhook.stores.flows import FlowDraft

    if text.flow_id:
        app.deps().config.get(FlowDraft, text.flow_id)
    wish = buy.Purchase(
        _order(app), show.country(text.country, "$.country"), show.kind_of(text.kind, "$.kind"),
        _number(text.number), show.digits(text.contains, "$.contains"), show.digits(text.area_code, "$.area_code"),
        text.flow_id, text.name.strip(), text.meanwhile,
    )  # fmt: skip
    line = buy.buy(desk(app), wish)
    return created(show.shown(line), f"/v1/ivr/numbers/{line.id}")


def _number(given: str) -> str:
    from offhook.usecases.numbers.desk import checked

    return checked(given) if given else ""


def _order(app: OffhookApp) -> str:
    """The same for each repetition of the same request."""
    request = app.current_request
    key = str(request.headers.get("idempotency-key", "")) if request else ""
    return sha256(key.encode()).hexdigest()[:24] if key else app.deps().ids.new("o_")


def _attached(app: OffhookApp, text: AttachText) -> Response:
    line = attach.attach(desk(app), text.number, text.target)
    return created(show.shown(line), f"/v1/ivr/numbers/{line.id}")


def _port_acts() -> "Acts[Port, ports.PortText]":
    from offhook.domain.numbers.line import Port

    return Acts(Port, ports.PortText, ports.submit, ports.amend, ports.cancel)


PORT_INS = {
    "list": "Requests to bring numbers here, and how far they are.",
    "create": "A new request.",
    "get": "One request.",
    "change": "Say it anew (what was rejected is submitted again); needs If-Match.",
    "delete": "The numbers stay where they are.",
}
_PORT_INS = Written("/numbers/port-ins", "port", Permission.NUMBERS_READ, Permission.NUMBERS_BUY, _port_acts, PORT_INS)


def _calling(app: OffhookApp) -> None:
    @app.api("/numbers/allowed-countries", methods=["GET"], permission=Permission.NUMBERS_READ)
    def show_countries() -> Response:
        """Countries that may be called."""
        found = calling.rules(app.deps())
        return ok(CountriesView(found.countries, found.emergency, found.version), version=found.version)

    @app.api("/numbers/allowed-countries", methods=["PUT"], permission=Permission.NUMBERS_WRITE)
    def allow_countries() -> Response:
        """Set them, and whether emergency services may be called; needs If-Match."""
        text = app.body(CountriesText)
        changed = calling.allow(app.deps(), text.countries, app.expected_version(), text.emergency)
        return ok(CountriesView(changed.countries, changed.emergency, changed.version), version=changed.version)


def desk(app: OffhookApp) -> "NumberDesk":
    """The caller's tenant, with the stores of this request, its account at the carrier, the directory."""
    return replace(wiring.number_desk(app.identity().tenant), deps=app.deps())


def called_number(call: CarrierRequest) -> str:
    """The number that the customer dialled, which may be forwarded to the one that the carrier called us for.

    A forwarded call that cannot be looked into is answered as what it reached.
    """
    called, forwarded_from = call.params.get("To", ""), call.params.get("ForwardedFrom", "")
    if not forwarded_from or forwarded_from == called:
        return called
    try:
        return attach.called_number(wiring.number_desk(call.tenant), called, forwarded_from)
    except OffhookError:
        from offhook.web.observability import log

        log().exception("forwarded number not looked up")
        return called
