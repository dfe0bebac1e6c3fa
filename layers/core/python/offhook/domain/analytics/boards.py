"""Wallboards: what a screen on the wall shows of the floor, and the links by which a television reads one of them."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest

from offhook.domain.errors import InvalidInput, NotFound
from offhook.domain.ids import DAY, Instant

MOST_TILES = 24
MOST_LINKS = 20
LONGEST_LINK = 366
NOW = frozenset({"waiting", "longest_wait", "contacts", "available", "busy", "wrap_up", "away"})
TODAY = frozenset({"offered", "answered", "abandoned", "handled", "service_level", "asa", "aht"})
TRENDS = TODAY - {"handled"} | {"longest_wait"}
OF_QUEUES = (NOW & {"waiting", "longest_wait"}) | TODAY


class LinkInvalid(NotFound):
    """This link shows nothing, or not any more."""

    code = "link_invalid"


class TileKind(StrEnum):
    """How a tile shows it."""

    NUMBER = "number"
    GAUGE = "gauge"
    TREND = "trend"
    STATES = "states"
    QUEUES = "queues"


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile. measure: of NOW or TODAY, of TRENDS for a trend, "" for states and queues; queue: "" = all.

    target: what is good enough, None = nothing is said of it; title: in place of the measure's name; wide: two columns.
    """

    kind: TileKind
    measure: str = ""
    queue: str = ""
    title: str = ""
    target: float | None = None
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """Tiles, in order, in so many columns."""

    id: str
    name: str
    tiles: tuple[Tile, ...] = ()
    columns: int = 4
    version: int = 1


@dataclass(frozen=True, slots=True)
class BoardLink:
    """A link to one board, for who has its secret. made_by: who sees what it shows, and with whom it ends."""

    id: str
    board_id: str
    name: str
    secret_hash: str
    made_by: str
    made_at: Instant
    expires_at: Instant
    version: int = 1

    def knows(self, secret: str, now: Instant) -> bool:
        """Whether the secret is that of the link, in time."""
        return compare_digest(self.secret_hash, digest_of(secret)) and now < self.expires_at


def digest_of(secret: str) -> str:
    """What is kept of a link's secret."""
    return sha256(secret.encode(errors="replace")).hexdigest()


def check_board(board: Board) -> None:
    """A name, columns and tiles that can be shown; raises InvalidInput naming the field."""
    if not 1 <= len(board.name.strip()) <= 80:
        raise InvalidInput("name_length", field="$.name", most=80)
    if not 1 <= board.columns <= 8:
        raise InvalidInput("board_columns", field="$.columns", most=8)
    if len(board.tiles) > MOST_TILES:
        raise InvalidInput("board_tiles", field="$.tiles", most=MOST_TILES)
    for number, tile in enumerate(board.tiles):
        _check_tile(tile, f"$.tiles[{number}]")


def check_days(days: int) -> None:
    """How long a link is good for; raises InvalidInput."""
    if not 1 <= days <= LONGEST_LINK:
        raise InvalidInput("link_days", field="$.days", most=LONGEST_LINK)


def expiry(now: Instant, days: int) -> Instant:
    """When a link that is made now ends."""
    return now + days * DAY


def _check_tile(tile: Tile, at: str) -> None:
    if tile.measure not in _measures(tile.kind):
        raise InvalidInput("tile_measure", field=f"{at}.measure", measure=tile.measure or "nothing")
    if tile.queue and tile.kind is not TileKind.QUEUES and tile.measure not in OF_QUEUES:
        raise InvalidInput("tile_queue", field=f"{at}.queue")
    if len(tile.title) > 80:
        raise InvalidInput("title_length", field=f"{at}.title", most=80)
    if tile.target is not None and not 0 <= tile.target <= 1_000_000:
        raise InvalidInput("tile_target", field=f"{at}.target")


def _measures(kind: TileKind) -> frozenset[str]:
    match kind:
        case TileKind.NUMBER:
            return NOW | TODAY
        case TileKind.GAUGE:
            return frozenset({"service_level"})
        case TileKind.TREND:
            return TRENDS
        case _:
            return frozenset({""})
