"""A number that stays with another carrier and is forwarded to us, proven by a call that came through it."""

from dataclasses import replace

from offhook.domain.errors import Conflict, InvalidInput
from offhook.domain.ivr.numbers import is_e164
from offhook.domain.number_events import NumberAdded
from offhook.domain.numbers.countries import country_of
from offhook.domain.numbers.line import PROOF_TIME, Line, LineState, Origin
from offhook.domain.storage import CommitConflict
from offhook.stores.directory import Directory
from offhook.stores.flows import Number
from offhook.stores.outbox import facts
from offhook.stores.quotas import Quota
from offhook.usecases.ivr.numbers import claim
from offhook.usecases.numbers.desk import NumberDesk, checked

OWN = frozenset({Origin.BOUGHT, Origin.PORTED})


def attach(desk: NumberDesk, number: str, target: str = "") -> Line:
    """The number, unproven, with the number that it must be forwarded to: the target given, or the tenant's first.

    Nothing is claimed before the proof, so that nobody can keep others from their number by naming it. Again is no
    error. Raises InvalidInput, Conflict and QuotaReached.
    """
    desk.require_account()
    known = desk.deps.config.find(Line, checked(number))
    if known is not None and known.origin is Origin.FORWARDED:
        return known
    if known is not None or desk.owner(number) == desk.deps.tenant.id:
        raise Conflict("number_yours")
    now = desk.deps.clock.now()
    line = Line(
        number, country=country_of(number), origin=Origin.FORWARDED, state=LineState.UNPROVEN, since=now,
        target=_target(desk, target), until=now + PROOF_TIME,
    )  # fmt: skip
    desk.quotas.commit(Quota.NUMBERS, desk.deps.tenant, desk.put(line, 0))
    return line


def _target(desk: NumberDesk, wanted: str) -> str:
    usable = [one.id for one in desk.deps.config.list(Line) if one.origin in OWN and one.state is LineState.ACTIVE]
    if not usable:
        raise Conflict("forward_none")
    if wanted and wanted not in usable:
        raise InvalidInput("forward_target", field="$.target")
    return wanted or usable[0]


def called_number(desk: NumberDesk, called: str, forwarded_from: str) -> str:
    """The number that the customer dialled: the one forwarded from, if it is the tenant's and has a flow of its own.

    The first such call to the right target proves the number. The carrier signed what it says here.
    """
    line = desk.deps.config.find(Line, forwarded_from) if is_e164(forwarded_from) else None
    if line is None or line.origin is not Origin.FORWARDED or line.target != called:
        return called
    if line.state is LineState.UNPROVEN and not _proven(desk, line):
        return called
    return line.id if desk.deps.config.find(Number, line.id) else called


def _proven(desk: NumberDesk, line: Line) -> bool:
    now = desk.deps.clock.now()
    if now >= line.until:
        return False
    try:
        claim(Directory(desk.directory), desk.deps.tenant.id, line.id)
    except Conflict:
        return False  # somebody else proved it first
    told = NumberAdded(at=now, number=line.id, country=line.country, origin=line.origin.value)
    after = replace(line.moved(LineState.ACTIVE, now), until=0)
    try:
        desk.deps.items.commit(
            desk.put(after, line.version),
            facts(desk.deps.tenant.id, f"number-{line.id}-{line.since}-{after.version}", [told], now),
        )
    except CommitConflict:
        return False
    return True
