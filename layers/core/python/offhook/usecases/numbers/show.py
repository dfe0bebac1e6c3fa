"""What a tenant sees of its numbers, of numbers for sale, and of the papers that a country asks for."""

from typing import TypedDict

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import Instant
from offhook.domain.numbers.countries import all_countries, needs_papers
from offhook.domain.numbers.line import Line, LineState, Origin
from offhook.domain.numbers.port import BundleState, Kind, Offered, Wanted, standing
from offhook.stores.flows import Number
from offhook.usecases.deps import Deps
from offhook.usecases.numbers.desk import NumberDesk

MOST_DIGITS = 10


class LineView(TypedDict):
    """How the tenant has a number. prove_until: a call must have come by then; forward_to: of a forwarded one."""

    number: str
    country: str
    kind: Kind
    origin: Origin
    state: LineState
    since: Instant
    forward_to: str
    prove_until: Instant | None
    stands_in_for: str


class NumberView(TypedDict):
    """A number and the flow that answers it."""

    id: str
    flow_id: str
    name: str
    version: int
    line: LineView | None


class PapersView(TypedDict):
    """How far the papers are that a country asks for."""

    country: str
    kind: Kind
    state: BundleState
    can_buy: bool


def numbers(deps: Deps) -> list[NumberView]:
    """Every number with the flow that answers it ("" = none) and how the tenant has it (None = seeded)."""
    lines = {one.id: one for one in deps.config.list(Line)}
    answered = {one.id: one for one in deps.config.list(Number)}
    return [_number(one, answered.get(one), lines.get(one)) for one in sorted(lines | answered)]


def _number(number: str, answered: Number | None, line: Line | None) -> NumberView:
    given = answered or Number(number, flow_id="", version=0)  # type: ignore[arg-type]  # no flow
    return {
        "id": number,
        "flow_id": given.flow_id,
        "name": given.name,
        "version": given.version,
        "line": shown(line) if line else None,
    }


def shown(line: Line) -> LineView:
    """A line without what only we and the carrier need."""
    return {
        "number": line.id,
        "country": line.country,
        "kind": line.kind,
        "origin": line.origin,
        "state": line.state,
        "since": line.since,
        "forward_to": line.target,
        "prove_until": line.until or None,
        "stands_in_for": line.stands_in_for,
    }


def for_sale(desk: NumberDesk, asked: dict[str, str]) -> list[Offered]:
    """Numbers that fit: country, kind, contains, area_code. Raises InvalidInput naming the parameter."""
    for name in asked:
        if name not in ("country", "kind", "contains", "area_code"):
            raise InvalidInput("parameter_unknown", field=name)
    wanted = Wanted(
        country(asked.get("country", ""), "country"),
        kind_of(asked.get("kind", Kind.LOCAL.value), "kind"),
        digits(asked.get("contains", ""), "contains"),
        digits(asked.get("area_code", ""), "area_code"),
    )
    return desk.carrier.search(wanted)


def papers(desk: NumberDesk, asked: dict[str, str]) -> PapersView:
    """What the country asks for before it sells numbers of the kind, and how far that is."""
    place, kind = country(asked.get("country", ""), "country"), kind_of(asked.get("kind", "local"), "kind")
    if not needs_papers(place):
        return {"country": place, "kind": kind, "state": BundleState.NOT_NEEDED, "can_buy": True}
    best = standing(desk.carrier.bundles(place, kind))
    state = best.state if best else BundleState.NONE
    return {"country": place, "kind": kind, "state": state, "can_buy": state is BundleState.APPROVED}


def country(given: str, field: str) -> str:
    """ISO 3166; raises InvalidInput."""
    if given.upper() not in all_countries():
        raise InvalidInput("country_code", field=field)
    return given.upper()


def kind_of(given: str, field: str) -> Kind:
    """The kind of that name; raises InvalidInput."""
    if given not in set(Kind):
        raise InvalidInput("not_one_of", field=field, known=[*Kind])
    return Kind(given)


def digits(given: str, field: str) -> str:
    """Digits alone, or nothing; raises InvalidInput."""
    if given and not (given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS):
        raise InvalidInput("number_digits", field=field, most=MOST_DIGITS)
    return given
