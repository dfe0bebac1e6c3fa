"""Buying a number: the quota is reserved, the number bought under the order's name, then recorded; or all undone.

Every step may be cut off. What is reserved is finished by the same order given again, or by the nightly round: a
number that carries the order's name is the one that was bought, so no order ever buys two.
"""

from dataclasses import dataclass, replace

from offhook.domain.errors import CarrierUncertain, Conflict, OffhookError
from offhook.domain.ids import FlowId
from offhook.domain.number_events import NumberAdded
from offhook.domain.numbers.countries import country_of, needs_papers
from offhook.domain.numbers.line import GIVEN_UP, LEASE, Line, LineState, Order, OrderState, Origin
from offhook.domain.numbers.port import (
    Bought,
    BundleState,
    Kind,
    NoneForSale,
    NumberTaken,
    PapersMissing,
    Wanted,
    standing,
)
from offhook.domain.storage import CommitConflict, Write
from offhook.stores.directory import Directory
from offhook.stores.flows import Number
from offhook.stores.outbox import facts
from offhook.stores.quotas import Quota
from offhook.usecases.ivr.numbers import claim
from offhook.usecases.numbers.desk import NumberDesk
from offhook.usecases.retry import again_on_conflict

OFFERED = 5
MEANWHILE = "US"  # where a number comes from while another country's papers are awaited


class PurchaseUnderWay(Conflict):
    """This order is being carried out at this moment; ask again in half a minute."""

    code = "purchase_under_way"


@dataclass(frozen=True, slots=True)
class Purchase:
    """What to buy. order: the same for every repetition of the same wish; number: this one, "" = any that fits.

    meanwhile: if the country's papers are not approved yet, take a number of the United States to begin with.
    """

    order: str
    country: str
    kind: Kind = Kind.LOCAL
    number: str = ""
    contains: str = ""
    area_code: str = ""
    flow_id: str = ""
    name: str = ""
    meanwhile: bool = False


def buy(desk: NumberDesk, wish: Purchase) -> Line:
    """The number bought by this order, now or before.

    Raises QuotaReached, NumberTaken, NoneForSale, PapersMissing, PurchaseUnderWay, and CarrierUnavailable; then
    nothing is bought and nothing counted. Raises CarrierUncertain when that is not known: order it again.
    """
    desk.require_account()
    order = again_on_conflict(lambda: _reserved(desk, wish))
    return desk.line(order.number) if order.state is OrderState.DONE else _finish(desk, order)


def label_of(desk: NumberDesk, order: str) -> str:
    """What the number is called at the carrier."""
    return f"{desk.deps.tenant.id}:{order}"


def unfinished(desk: NumberDesk) -> list[Order]:
    """Orders that nobody is carrying out."""
    now = desk.deps.clock.now()
    reserved = [one for one in desk.deps.config.list(Order) if one.state is OrderState.RESERVED]
    return [one for one in reserved if one.leased_until <= now]


def resume(desk: NumberDesk, order: Order) -> None:
    """Finish an order that was left, or undo it when it is too old and nothing was bought."""
    leased = _leased(desk, order)
    if desk.deps.clock.now() < order.at + GIVEN_UP or desk.carrier.labelled(order.id):
        _finish(desk, leased)
    else:
        undo(desk, leased, "given_up")


def undo(desk: NumberDesk, order: Order, problem: str) -> None:
    """The order has failed and counts no more."""
    after = replace(order, version=order.version + 1, state=OrderState.FAILED, problem=problem)
    desk.deps.items.commit(desk.put(after, order.version), desk.quotas.give_back(Quota.NUMBERS))


def _reserved(desk: NumberDesk, wish: Purchase) -> Order:
    """The order as stored, leased to us unless it is done."""
    known = desk.deps.config.find(Order, label_of(desk, wish.order))
    if known is not None and known.state is OrderState.DONE:
        return known
    if known is not None and known.state is OrderState.RESERVED:
        return _leased(desk, known)
    if wish.number and _has_owner(desk, wish.number):
        raise NumberTaken()  # what our books know need not be asked of the carrier
    order = _order(desk, wish, known.version + 1 if known else 1)
    desk.quotas.commit(Quota.NUMBERS, desk.deps.tenant, desk.put(order, order.version - 1))
    return order


def _has_owner(desk: NumberDesk, number: str) -> bool:
    """Whether somebody has it; what the tenant itself has lost at the carrier may be bought back."""
    mine = desk.deps.config.find(Line, number)
    return desk.owner(number) is not None and not (mine and mine.state is LineState.MISSING)


def _order(desk: NumberDesk, wish: Purchase, version: int) -> Order:
    now, country = desk.deps.clock.now(), wish.country
    awaited = wish.meanwhile and needs_papers(country) and not _bundle(desk, country, wish.kind)
    return Order(
        id=label_of(desk, wish.order),
        version=version,
        country=MEANWHILE if awaited else country,
        kind=Kind.LOCAL if awaited else wish.kind,
        contains="" if awaited else wish.contains,
        area_code="" if awaited else wish.area_code,
        number="" if awaited else wish.number,
        flow_id=wish.flow_id,
        name=wish.name,
        stands_in_for=country if awaited else "",
        at=now,
        leased_until=now + LEASE,
    )


def _leased(desk: NumberDesk, order: Order) -> Order:
    now = desk.deps.clock.now()
    if order.leased_until > now:
        raise PurchaseUnderWay()
    leased = replace(order, version=order.version + 1, leased_until=now + LEASE)
    desk.deps.items.commit(desk.put(leased, order.version))
    return leased


def _finish(desk: NumberDesk, order: Order) -> Line:
    try:
        bought = _bought_before(desk, order) or _buy_one(desk, order)
        _claim(desk, bought)
    except CarrierUncertain:
        raise  # it stays reserved until somebody has looked
    except OffhookError as refused:
        undo(desk, order, refused.code)
        raise
    return _record(desk, order, bought)


def _bought_before(desk: NumberDesk, order: Order) -> Bought | None:
    return next(iter(desk.carrier.labelled(order.id)), None)


def _buy_one(desk: NumberDesk, order: Order) -> Bought:
    bundle = _required_bundle(desk, order)
    wanted = Wanted(order.country, order.kind, order.contains, order.area_code)
    offered = [order.number] if order.number else [one.number for one in desk.carrier.search(wanted, OFFERED)]
    for number in offered:
        try:
            return desk.carrier.buy(number, order.id, bundle)
        except NumberTaken:
            continue
    raise NumberTaken() if order.number else NoneForSale()


def _required_bundle(desk: NumberDesk, order: Order) -> str:
    if not needs_papers(order.country):
        return ""
    found = _bundle(desk, order.country, order.kind)
    if not found:
        raise PapersMissing("papers_missing", country=order.country)
    return found


def _bundle(desk: NumberDesk, country: str, kind: Kind) -> str:
    """The sid of the approved bundle, "" = none."""
    best = standing(desk.carrier.bundles(country, kind))
    return best.sid if best and best.state is BundleState.APPROVED else ""


def _claim(desk: NumberDesk, bought: Bought) -> None:
    """Calls to the number lead to the tenant; a number that is another's in our books goes back at once."""
    try:
        claim(Directory(desk.directory), desk.deps.tenant.id, bought.number)
    except Conflict:
        desk.carrier.release(bought.sid)
        raise NumberTaken() from None


def _record(desk: NumberDesk, order: Order, bought: Bought) -> Line:
    """The number is the tenant's, and the order done, in one commit; done by somebody else is as good."""
    now = desk.deps.clock.now()
    known = desk.deps.config.find(Line, bought.number)
    line = Line(
        bought.number,
        (known.version if known else 0) + 1,
        bought.sid,
        country_of(bought.number),
        order.kind,
        Origin.BOUGHT,
        since=now,
        stands_in_for=order.stands_in_for,
    )
    done = replace(order, version=order.version + 1, state=OrderState.DONE, number=bought.number)
    told = NumberAdded(at=now, number=line.id, country=line.country, origin=line.origin.value)
    writes: list[Write] = [
        desk.put(done, order.version),
        desk.put(line, line.version - 1),
        facts(desk.deps.tenant.id, f"number-{order.id}-{done.version}", [told], now),
    ]
    if order.flow_id:
        writes.append(desk.put(Number(line.id, FlowId(order.flow_id), name=order.name), None))
    if known:
        writes.append(desk.quotas.give_back(Quota.NUMBERS))  # it was counted already
    try:
        desk.deps.items.commit(*writes)
    except CommitConflict:
        current = desk.deps.config.get(Order, order.id)
        if current.state is not OrderState.DONE:
            raise
    return desk.line(bought.number)
