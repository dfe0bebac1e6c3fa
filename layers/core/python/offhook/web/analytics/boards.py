"""Wallboards: configured, read by who watches the floor, and by televisions with a link."""

from functools import partial
from typing import Annotated

from chalice.app import Response
from msgspec import Meta, Struct

from offhook import wiring
from offhook.domain.analytics.boards import Board, LinkInvalid, check_board, digest_of
from offhook.domain.errors import Unauthenticated
from offhook.domain.tenants.lifecycle import EFFECTS, ApiAccess
from offhook.domain.tenants.permissions import Permission as P
from offhook.domain.tenants.scope import Scope
from offhook.stores.board_links import HANDLE
from offhook.stores.directory import Directory
from offhook.usecases.analytics import board_links
from offhook.usecases.analytics.boards import MEASURES, BoardNow, HalfHour, board_now
from offhook.usecases.analytics.reports import standard_query
from offhook.usecases.analytics.scoped import seen_report
from offhook.usecases.deps import Deps
from offhook.web import tenancy
from offhook.web.analytics.queries import computed
from offhook.web.app import OffhookApp
from offhook.web.observability import log, named
from offhook.web.resources import Resource
from offhook.web.responses import created, listed, no_content
from offhook.web.shown_once import shown_once


class LinkText(Struct, forbid_unknown_fields=True):
    """name: which television; days: how long it is good for."""

    name: Annotated[str, Meta(max_length=200)]
    days: int = 30


class _Boards(Resource[Board]):
    """Whose links end with the board."""

    def _delete(self, app: OffhookApp, entity_id: str) -> Response:
        answer = super()._delete(app, entity_id)
        board_links.end_all(app.deps(), wiring.edge_items(), entity_id)
        return answer


def routes(app: OffhookApp) -> None:
    """/boards, what is below, and /tv."""
    _Boards(Board, "/boards", "b", P.FLOOR_WATCH, P.BOARDS_WRITE, check_board).register(app)
    _figures(app)
    _links(app)


def _figures(app: OffhookApp) -> None:
    @app.api("/boards/{entity_id}/figures", permission=P.FLOOR_WATCH)
    def figures(entity_id: str) -> BoardNow:
        """What the board shows now: ?trends=new has them computed first, where they are older than five minutes."""
        deps = app.deps()
        return _now(app, deps, deps.config.get(Board, entity_id), app.identity().scope)

    @app.public("/tv", methods=["GET"])
    def television() -> BoardNow:
        """What a board shows now, for who shows the secret of a link to it as bearer token: ?trends=new as above."""
        return _followed(app, _bearer(app))


def _links(app: OffhookApp) -> None:
    @app.api("/boards/{entity_id}/links", permission=P.BOARDS_WRITE)
    def list_links(entity_id: str) -> Response:
        """Those that were made and not ended, without their secrets."""
        return listed(board_links.links_of(app.deps(), wiring.edge_items(), entity_id))

    @app.api("/boards/{entity_id}/links", methods=["POST"], permission=P.BOARDS_WRITE)
    def make_link(entity_id: str) -> Response:
        """A link for a television: it shows this board, as its maker sees it; the secret is not shown again."""

        def make() -> tuple[Response, str]:
            text, by = app.body(LinkText), app.identity().user_id
            link, secret = board_links.make(
                app.deps(), wiring.edge_items(), entity_id, by, text.name, text.days
            )  # fmt: skip
            return created(link, f"/v1/analytics/boards/{entity_id}/links/{link.id}"), secret

        return shown_once(app, make, "secret")

    @app.api("/boards/{entity_id}/links/{link_id}", methods=["DELETE"], permission=P.BOARDS_WRITE)
    def end_link(entity_id: str, link_id: str) -> Response:
        """It shows nothing any more."""
        board_links.end(app.deps(), wiring.edge_items(), entity_id, link_id)
        return no_content()


def _followed(app: OffhookApp, secret: str) -> BoardNow:
    """The link names its tenant; one of none, and one of a tenant at rest, shows nothing."""
    tenant_id = Directory(wiring.edge_items()).tenant_of(HANDLE, digest_of(secret))
    if tenant_id is None:
        raise LinkInvalid()
    tenant = tenancy.context(tenant_id)
    if EFFECTS[tenant.status].api is not ApiAccess.FULL:
        raise LinkInvalid()
    with tenancy.scope(tenant), named(tenant.id):
        deps = tenancy.deps(tenant)
        board, scope = board_links.followed(deps, secret)
        app.known("board", digest_of(secret))
        return _now(app, deps, board, scope)


def _now(app: OffhookApp, deps: Deps, board: Board, scope: Scope) -> BoardNow:
    anew = app.query().get("trends", "") == "new"
    return board_now(deps, board, scope, partial(_half_hours, deps, scope) if anew else None)


def _half_hours(deps: Deps, scope: Scope, queue: str) -> list[HalfHour] | None:
    """Today's, as the report of volume has them; None while reports cannot be computed."""
    try:
        asked = seen_report({"queue": queue} if queue else {}, scope)
        query = standard_query("volume", deps.tenant, asked, deps.clock.now())
        report = computed(deps, "volume", query)
    except Exception:
        log().exception("no trend")
        return None
    return [
        HalfHour(str(row["interval"]), {name: _number(row[name]) for name in MEASURES}) for row in report.rows
    ]  # fmt: skip


def _number(cell: object) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None


def _bearer(app: OffhookApp) -> str:
    request = app.current_request
    scheme, _, secret = str(request.headers.get("authorization", "") if request else "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise Unauthenticated("The secret of the link is needed as a bearer token.")
    return secret.strip()
