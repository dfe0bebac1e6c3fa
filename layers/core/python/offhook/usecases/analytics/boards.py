"""What a wallboard shows now: figures of the floor for its tiles, and today's half-hours for its trends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from offhook.domain.analytics.boards import TRENDS, Board, Tile, TileKind
from offhook.domain.ids import MINUTE, Instant
from offhook.domain.tenants.scope import Scope
from offhook.stores.counters import Counters
from offhook.usecases.analytics.floor import Floor, FloorQueue, live_floor
from offhook.usecases.analytics.scoped import seen_floor
from offhook.usecases.deps import Deps

TREND_KEPT = 5 * MINUTE
HalfHours = Callable[[str], list["HalfHour"] | None]


@dataclass(frozen=True, slots=True)
class HalfHour:
    """The measures of half an hour. start: local time with its offset (ISO 8601)."""

    start: str
    measures: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Kept:
    """Half-hours as they were computed last. at: when they were asked for last."""

    at: Instant
    points: tuple[HalfHour, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One half-hour of a trend."""

    start: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """A queue in a table of queues. oldest_at: since when the caller waits who came first."""

    name: str
    waiting: int
    oldest_at: Instant | None
    service_level: float | None
    abandoned: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A tile with what it shows. queue: its name; since: the beginning of a longest wait, to count on from."""

    kind: TileKind
    measure: str
    queue: str
    title: str
    target: float | None
    wide: bool
    value: float | None = None
    since: Instant | None = None
    points: tuple[Point, ...] = ()
    states: dict[str, int] | None = None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardNow:
    """A board as it is at as_of."""

    name: str
    columns: int
    as_of: Instant
    tiles: tuple[Shown, ...]


def board_now(deps: Deps, board: Board, scope: Scope, half_hours: HalfHours | None = None) -> BoardNow:
    """The board with the figures that somebody of this scope may see.

    half_hours: computes today's, of a queue or "" of all, which may take seconds; asked once in five minutes for each,
    whoever looks. Where it is None, or answers None because it cannot: trends as they were computed last.
    """
    floor = seen_floor(live_floor(deps), scope)
    tiles = tuple(_shown(deps, tile, floor, scope, half_hours) for tile in board.tiles)
    return BoardNow(board.name, board.columns, floor.as_of, tiles)


def _shown(deps: Deps, tile: Tile, floor: Floor, scope: Scope, half_hours: HalfHours | None) -> Shown:
    queues = [queue for queue in floor.queues if tile.queue in ("", queue.id)]
    name = queues[0].name if tile.queue and queues else ""
    value: float | None = None
    since: Instant | None = None
    points: tuple[Point, ...] = ()
    lines: tuple[Line, ...] = ()
    states: dict[str, int] | None = None
    match tile.kind:
        case TileKind.STATES:
            states = floor.agent_states
        case TileKind.QUEUES:
            lines = tuple(Line(q.name, q.waiting, q.oldest_at, q.service_level, q.abandoned) for q in queues)
        case TileKind.TREND:
            points = _trend(deps, tile, scope, half_hours)
        case TileKind.NUMBER | TileKind.GAUGE:
            if queues or not tile.queue:
                value, since = _figure(tile.measure, floor, queues)
    return Shown(
        tile.kind, tile.measure, name, tile.title, tile.target, tile.wide, value, since, points, states, lines
    )  # fmt: skip


def _figure(measure: str, floor: Floor, queues: Sequence[FloorQueue]) -> tuple[float | None, Instant | None]:
    match measure:
        case "contacts":
            return floor.contacts, None
        case "available" | "busy" | "wrap_up" | "away":
            return floor.agent_states.get(measure, 0), None
        case "longest_wait":
            since = min((q.oldest_at for q in queues if q.oldest_at is not None), default=None)
            return max((q.longest_wait_s for q in queues), default=0.0), since
        case "service_level":
            return _mean([(q.service_level, q.offered - q.short_abandoned) for q in queues]), None
        case "asa":
            return _mean([(q.asa, q.answered) for q in queues]), None
        case "aht":
            return _mean([(q.aht, q.handled) for q in queues]), None
        case _:
            return sum(getattr(q, measure) for q in queues), None


def _mean(parts: Sequence[tuple[float | None, int]]) -> float | None:
    """Of several queues, each with as many contacts as count there."""
    whole = sum(n for value, n in parts if value is not None)
    return sum(value * n for value, n in parts if value is not None) / whole if whole > 0 else None


def _trend(deps: Deps, tile: Tile, scope: Scope, half_hours: HalfHours | None) -> tuple[Point, ...]:
    if tile.queue and not scope.may_see_queue(tile.queue):
        return ()
    counters = Counters(deps.items, deps.tenant.id)
    name = tile.queue or ",".join(sorted(scope.queues)) if scope.queues is not None else tile.queue
    who = "" if scope.agents is None else ",".join(sorted(scope.agents))
    kept, version = counters.trend(Kept, f"{name}/{who}")
    now = deps.clock.now()
    if half_hours is not None and (kept is None or now - kept.at >= TREND_KEPT):
        found = half_hours(tile.queue)
        kept = Kept(now, tuple(found) if found is not None else kept.points if kept else ())
        counters.keep_trend(kept, f"{name}/{who}", version, now)
    points = kept.points if kept else ()
    return tuple(Point(point.start, point.measures.get(tile.measure)) for point in points)


MEASURES = tuple(sorted(TRENDS))
