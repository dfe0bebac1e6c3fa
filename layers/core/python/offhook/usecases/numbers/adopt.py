"""A number that the tenant has at the carrier and that our books do not know yet: recorded, and counted as it is."""

from dataclasses import replace

from offhook.domain.errors import NotFound
from offhook.domain.number_events import NumberAdded
from offhook.domain.numbers.countries import country_of
from offhook.domain.numbers.line import Line, LineState, Origin
from offhook.domain.storage import CommitConflict
from offhook.stores.outbox import facts
from offhook.stores.quotas import Quota
from offhook.usecases.numbers.desk import NumberDesk

ANY = 10**9  # the number is there and costs: it counts, whatever the plan says; nothing more can be bought then


def adopt(desk: NumberDesk, sid: str, number: str, origin: Origin = Origin.BOUGHT) -> Line:
    """The tenant's line, recorded now or before; the directory must lead the number to the tenant already."""
    known = desk.deps.config.find(Line, number)
    if known is not None and not (known.origin is Origin.FORWARDED and origin is Origin.PORTED):
        return known
    if known is not None:
        return _moved_here(desk, known, sid)
    if desk.owner(number) != desk.deps.tenant.id:
        raise NotFound("You have no such number.")
    now = desk.deps.clock.now()
    line = Line(number, sid=sid, country=country_of(number), origin=origin, since=now)
    told = NumberAdded(at=now, number=number, country=line.country, origin=origin.value)
    try:
        desk.deps.items.commit(
            desk.put(line, 0),
            facts(desk.deps.tenant.id, f"number-{number}-{now}-1", [told], now),
            desk.quotas.take(Quota.NUMBERS, ANY),
        )
    except CommitConflict:
        return desk.line(number)
    return line


def _moved_here(desk: NumberDesk, known: Line, sid: str) -> Line:
    """A number that was forwarded to us and is now with our carrier; it is counted already."""
    here = known.moved(LineState.ACTIVE, desk.deps.clock.now())
    line = replace(here, sid=sid, origin=Origin.PORTED, target="", until=0)
    desk.deps.items.commit(desk.put(line, known.version))
    return line
