"""Giving a number back: first it is answered by nothing, then the carrier has it, then it counts no more."""

from offhook.domain.errors import Conflict
from offhook.domain.number_events import NumberReleased
from offhook.domain.numbers.line import Line, LineState
from offhook.domain.storage import CommitConflict, Write
from offhook.stores.flows import Number
from offhook.stores.outbox import facts
from offhook.stores.quotas import Quota
from offhook.usecases.numbers.desk import NumberDesk
from offhook.usecases.retry import again_on_conflict


def release(desk: NumberDesk, number: str) -> None:
    """The number is nobody's afterwards. For ever: it may be somebody else's in a minute.

    Raises NotFound, Conflict while other numbers are forwarded to it, and CarrierUnavailable: then it is answered by
    nothing already, and giving it back again, or the nightly round, goes on.
    """
    line = again_on_conflict(lambda: _marked(desk, number))
    finish(desk, line)


def finish(desk: NumberDesk, line: Line) -> None:
    """Go on with a release that has begun."""
    if line.sid:
        desk.carrier.release(line.sid)
    forget(desk, line)


def forget(desk: NumberDesk, line: Line) -> None:
    """The number is not the tenant's any more, in our books; what the carrier has is the caller's business."""
    if desk.owner(line.id) == desk.deps.tenant.id:
        desk.let_go(line.id)
    now = desk.deps.clock.now()
    told = NumberReleased(at=now, number=line.id, country=line.country, origin=line.origin.value)
    gone: list[Write] = [
        desk.delete(Line, line.id, line.version),
        desk.delete(Number, line.id),
        facts(desk.deps.tenant.id, f"number-{line.id}-{line.since}-{line.version}", [told], now),
    ]
    try:
        desk.deps.items.commit(*gone, desk.quotas.give_back(Quota.NUMBERS))
    except CommitConflict:
        if desk.deps.config.find(Line, line.id) == line and desk.quotas.used(Quota.NUMBERS) == 0:
            desk.deps.items.commit(*gone)  # it was never counted


def _marked(desk: NumberDesk, number: str) -> Line:
    line = desk.line(number)
    if line.state is LineState.RELEASING:
        return line
    if any(one.target == number for one in desk.deps.config.list(Line)):
        raise Conflict("number_forwarded_to")
    marked = line.moved(LineState.RELEASING, desk.deps.clock.now())
    desk.deps.items.commit(desk.put(marked, line.version), desk.delete(Number, number))
    return marked
