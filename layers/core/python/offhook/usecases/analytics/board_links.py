"""Links by which a television shows a board without anybody signed in: made, listed, ended, followed."""

from dataclasses import dataclass

from offhook.domain.analytics.boards import (
    MOST_LINKS,
    Board,
    BoardLink,
    LinkInvalid,
    check_days,
    digest_of,
    expiry,
)
from offhook.domain.errors import Conflict, InvalidInput, NotFound
from offhook.domain.ids import Instant
from offhook.domain.storage import Items
from offhook.domain.tenants.membership import access_of
from offhook.domain.tenants.permissions import Permission
from offhook.domain.tenants.scope import Scope
from offhook.stores.board_links import BoardLinks
from offhook.usecases.deps import Deps
from offhook.usecases.tenants.membership import standing_of


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link without its secret."""

    id: str
    name: str
    made_by: str
    made_at: Instant
    expires_at: Instant


@dataclass(frozen=True, slots=True)
class LinkMade:
    """A new link. secret: shown this once; "" when the request is repeated."""

    id: str
    name: str
    made_by: str
    made_at: Instant
    expires_at: Instant
    secret: str = ""


def view_of(link: BoardLink) -> LinkView:
    """As shown."""
    return LinkView(link.id, link.name, link.made_by, link.made_at, link.expires_at)


def links_of(deps: Deps, directory: Items, board_id: str) -> list[LinkView]:
    """Those of a board; raises NotFound."""
    deps.config.get(Board, board_id)
    return [view_of(one) for one in _links(deps, directory).of(board_id)]


def make(deps: Deps, directory: Items, board_id: str, by: str, name: str, days: int) -> tuple[LinkMade, str]:
    """A new link and its secret, which is kept nowhere; raises NotFound, InvalidInput, or Conflict with too many."""
    deps.config.get(Board, board_id)
    check_days(days)
    if not 1 <= len(name.strip()) <= 80:
        raise InvalidInput("name_length", field="$.name", most=80)
    if len(_links(deps, directory).of(board_id)) >= MOST_LINKS:
        raise Conflict("board_links", most=MOST_LINKS)
    secret, now = f"{deps.ids.new('tv')}{deps.ids.new('')}", deps.clock.now()
    link = BoardLink(
        deps.ids.new("bl"), board_id, name.strip(), digest_of(secret), by, now, expiry(now, days)
    )  # fmt: skip
    _links(deps, directory).keep(link)
    return LinkMade(link.id, link.name, by, now, link.expires_at), secret


def end(deps: Deps, directory: Items, board_id: str, link_id: str) -> None:
    """The link shows nothing any more; raises NotFound."""
    link = deps.config.find(BoardLink, link_id)
    if link is None or link.board_id != board_id:
        raise NotFound("There is no such link.")
    _links(deps, directory).end(link)


def end_all(deps: Deps, directory: Items, board_id: str) -> None:
    """The board is gone, and every link to it."""
    for link in _links(deps, directory).of(board_id):
        _links(deps, directory).end(link)


def followed(deps: Deps, secret: str) -> tuple[Board, Scope]:
    """The board of the link, and what its maker may see now.

    Raises LinkInvalid: unknown, expired, ended, the board is gone, or the maker may no longer watch the floor.
    """
    wanted = digest_of(secret)
    link = next((one for one in deps.config.list(BoardLink) if one.secret_hash == wanted), None)
    if link is None or not link.knows(secret, deps.clock.now()):
        raise LinkInvalid()
    board, maker = deps.config.find(Board, link.board_id), standing_of(deps, link.made_by)
    if board is None or maker is None:
        raise LinkInvalid()
    if Permission.FLOOR_WATCH not in access_of(maker.member, maker.custom, deps.tenant.status).permissions:
        raise LinkInvalid()
    return board, maker.scope


def _links(deps: Deps, directory: Items) -> BoardLinks:
    return BoardLinks(deps.config, directory, deps.tenant.id)
