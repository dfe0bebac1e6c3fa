"""The usage statement of a month, and its close; usage that comes after the close is on the next statement."""

from datetime import UTC, datetime, time
from decimal import Decimal

from offhook.domain.errors import Conflict
from offhook.domain.ids import DAY, Instant, month_of
from offhook.domain.metering.statement import Statement, StatementLine, due_cents, statement_lines, total_of
from offhook.domain.storage import CommitConflict
from offhook.stores.ledger import Ledger
from offhook.usecases.deps import Deps
from offhook.usecases.metering.months import after_month, month_charges, parse_month

CLOSE_AFTER = 5 * DAY  # by then the providers have said their last word about the month
__all__ = ["NotYet", "Statement", "StatementLine", "close", "due_cents", "is_due", "of", "previous_month", "restate"]


class NotYet(Conflict):
    """The month can be closed from the fifth day after its end on."""

    code = "month_not_over"


def of(deps: Deps, month: str) -> Statement:
    """The statement of a month (2026-01): as it was closed, or as it is so far. Raises InvalidInput for no month."""
    closed = _closed(deps, parse_month(month))
    return closed or Statement(month, lines=(lines := _lines(deps, month)), total=total_of(lines))


def is_due(month: str, now: Instant) -> bool:
    """Whether the month may be closed."""
    end = datetime.combine(after_month(month), time(), UTC)
    return now >= round(end.timestamp() * 1000) + CLOSE_AFTER


def close(deps: Deps, month: str) -> Statement:
    """Close the month: what is on the statement now stays. Again: the same, to the byte. Raises NotYet."""
    now = deps.clock.now()
    if not is_due(parse_month(month), now):
        raise NotYet("month_not_over")
    return _closed(deps, month) or _keep(deps, month, version=1)


def restate(deps: Deps, month: str) -> Statement:
    """A new version of a closed month, with what came late; the one before stays as it is. Raises NotYet."""
    closed = _closed(deps, parse_month(month))
    if closed is None:
        raise NotYet("month_not_closed")
    return _keep(deps, month, closed.version + 1)


def _keep(deps: Deps, month: str, version: int) -> Statement:
    lines = _lines(deps, month)
    made = Statement(
        month, status="closed", version=version, closed_at=deps.clock.now(), lines=lines, total=total_of(lines)
    )
    try:
        Ledger(deps.items, deps.tenant.id).close(made)
    except CommitConflict:  # somebody else closed it just now
        return _closed(deps, month) or made
    return made


def _closed(deps: Deps, month: str) -> Statement | None:
    found = (one for one in Ledger(deps.items, deps.tenant.id).statements() if one.month == month)
    return next(found, None)


def _lines(deps: Deps, month: str) -> tuple[StatementLine, ...]:
    """The month's own, then what became known of earlier months after they were closed."""
    own = statement_lines(month, month_charges(deps, month))
    others = [one for one in Ledger(deps.items, deps.tenant.id).statements() if one.month != month]
    late = [line for closed in others if closed.month < month for line in _late(deps, closed, others)]
    return (*own, *late)


def _late(deps: Deps, closed: Statement, others: list[Statement]) -> list[StatementLine]:
    """How what is known now of a closed month differs from all that was charged for it."""
    billed: dict[str, list[StatementLine]] = {}
    for line in (line for one in others for line in one.lines if line.origin_period == closed.month):
        billed.setdefault(line.id.removesuffix(LATE), []).append(line)
    now = {line.id: line for line in statement_lines(closed.month, month_charges(deps, closed.month))}
    found = (_difference(name, now.get(name), billed.get(name, [])) for name in sorted(now.keys() | billed.keys()))
    return [line for line in found if line is not None]


LATE = ":late"


def _difference(name: str, now: StatementLine | None, billed: list[StatementLine]) -> StatementLine | None:
    amount = (now.amount if now else 0) - sum(line.amount for line in billed)
    quantity = _decimal(now.quantity if now else "0") - sum((_decimal(line.quantity) for line in billed), Decimal(0))
    included = _decimal(now.included if now else "0") - sum((_decimal(line.included) for line in billed), Decimal(0))
    like = now or billed[0]
    if not (amount or quantity):
        return None
    return StatementLine(
        id=name + LATE,
        meter=like.meter,
        feature=like.feature,
        description=f"{like.description} of an earlier month",
        plan=like.plan,
        quantity=f"{quantity.normalize():f}",
        unit=like.unit,
        included=f"{included.normalize():f}",
        unit_price=like.unit_price,
        amount=amount,
        origin_period=like.origin_period,
    )


def _decimal(text: str) -> Decimal:
    return Decimal(text)


def previous_month(now: Instant) -> str:
    """The month before the one of this instant."""
    first = datetime.fromtimestamp(now / 1000, UTC).replace(day=1, hour=0)
    return month_of(round(first.timestamp() * 1000) - DAY)
