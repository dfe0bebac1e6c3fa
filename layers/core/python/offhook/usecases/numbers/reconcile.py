"""The nightly round: what was left half done goes on, and our books are compared with the carrier's.

A number at the carrier that is nobody's here costs without an owner: it is noted for the operator and never released
by itself. A number that the carrier does not know is marked missing. Both are told as facts, once.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from offhook.domain.errors import NotFound, OffhookError
from offhook.domain.ids import Instant
from offhook.domain.number_events import NumberDrifted
from offhook.domain.numbers.line import Line, LineState, Order, OrderState, Origin
from offhook.domain.numbers.port import Bought
from offhook.domain.storage import CommitConflict, Table
from offhook.domain.tenants.lifecycle import EFFECTS
from offhook.stores import keys
from offhook.stores.codec import decode
from offhook.stores.config import C, kind_of
from offhook.stores.outbox import facts
from offhook.stores.quotas import Quota
from offhook.usecases.deps import Deps
from offhook.usecases.numbers import buy, release
from offhook.usecases.numbers.adopt import adopt
from offhook.usecases.numbers.desk import NumberDesk

FRESH = 998  # no other list is asked for with this limit, so that nothing remembered answers instead of the store


@dataclass(frozen=True, slots=True)
class Orphan:
    """A number at the carrier that nobody has here; id: in E.164."""

    id: str
    sid: str
    label: str = ""
    seen_at: Instant = 0
    version: int = 1


@dataclass(slots=True)
class Round:
    """What one round found and did."""

    resumed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    adopted: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def reconcile(desk: NumberDesk) -> Round:
    """One round for one tenant. A suspended account is left alone; a closed one has no numbers any more."""
    done, carrier = Round(), EFFECTS[desk.deps.tenant.status].carrier
    if carrier == "closed":
        _all_gone(desk, done)
    elif carrier == "active":
        _go_on(desk, done)
        _compare(desk, done)
        _recount(desk)
    return done


def orphans(deps: Deps) -> list[Orphan]:
    """What the operator should look at."""
    return deps.config.list(Orphan)


def _go_on(desk: NumberDesk, done: Round) -> None:
    for order in buy.unfinished(desk):
        _try(done, order.id, partial(buy.resume, desk, order))
    now = desk.deps.clock.now()
    for line in desk.deps.config.list(Line):
        if line.state is LineState.RELEASING:
            _try(done, line.id, partial(release.finish, desk, line))
        elif line.state is LineState.UNPROVEN and line.until <= now:
            _try(done, line.id, partial(release.forget, desk, line))


def _try(done: Round, name: str, work: Callable[[], None]) -> None:
    """One thing that cannot go on keeps nothing else back; it is tried again the next night."""
    try:
        work()
        done.resumed.append(name)
    except (OffhookError, CommitConflict):
        done.failed.append(name)


def _compare(desk: NumberDesk, done: Round) -> None:
    theirs = {one.number: one for one in desk.carrier.owned()}
    ours = {line.id: line for line in desk.deps.config.list(Line)}
    for number, bought in theirs.items():
        if number not in ours:
            _unknown(desk, bought, done)
    for line in ours.values():
        if line.origin is not Origin.FORWARDED and line.state in (LineState.ACTIVE, LineState.MISSING):
            _known(desk, line, line.id in theirs, done)
    for orphan in orphans(desk.deps):
        if orphan.id not in theirs or orphan.id in ours:
            desk.deps.config.delete(Orphan, orphan.id)


def _unknown(desk: NumberDesk, bought: Bought, done: Round) -> None:
    with suppress(NotFound):
        adopt(desk, bought.sid, bought.number)
        done.adopted.append(bought.number)
        return
    done.orphans.append(bought.number)
    if desk.deps.config.find(Orphan, bought.number) is None:
        now = desk.deps.clock.now()
        _tell(desk, Orphan(bought.number, bought.sid, bought.label, now), 0, bought.sid, "orphan")


def _known(desk: NumberDesk, line: Line, there: bool, done: Round) -> None:
    now = desk.deps.clock.now()
    if not there:
        done.missing.append(line.id)
    if not there and line.state is LineState.ACTIVE:
        _tell(desk, line.moved(LineState.MISSING, now), line.version, line.sid, "missing")
    elif there and line.state is LineState.MISSING:
        with suppress(CommitConflict):
            desk.deps.items.commit(desk.put(line.moved(LineState.ACTIVE, now), line.version))


def _tell(desk: NumberDesk, thing: Line | Orphan, expect: int, sid: str, drift: str) -> None:
    now = desk.deps.clock.now()
    told = NumberDrifted(at=now, number=thing.id, number_sid=sid, drift=drift)
    with suppress(CommitConflict):  # somebody changed it meanwhile: the next night sees what it is then
        desk.deps.items.commit(
            desk.put(thing, expect), facts(desk.deps.tenant.id, f"drift-{thing.id}-{now}", [told], now)
        )


def _recount(desk: NumberDesk) -> None:
    """Set the counter right, while nothing is under way; refused when it moves meanwhile."""
    seen = desk.quotas.used(Quota.NUMBERS)
    if any(one.state is OrderState.RESERVED for one in _fresh(desk, Order)):
        return
    true = len(_fresh(desk, Line))
    if true != seen:
        with suppress(CommitConflict):
            desk.deps.items.commit(desk.quotas.correct(Quota.NUMBERS, seen, true))


def _fresh(desk: NumberDesk, cls: type[C]) -> list[C]:
    partition = keys.config_list(desk.deps.tenant.id, kind_of(cls))
    return [decode(cls, item.body) for item in desk.deps.items.query(Table.CONFIG, partition, limit=FRESH)]


def _all_gone(desk: NumberDesk, done: Round) -> None:
    for line in desk.deps.config.list(Line):
        _try(done, line.id, partial(release.forget, desk, line))
    for order in buy.unfinished(desk):
        _try(done, order.id, partial(buy.undo, desk, order, "account_closed"))
    for orphan in orphans(desk.deps):
        desk.deps.config.delete(Orphan, orphan.id)
