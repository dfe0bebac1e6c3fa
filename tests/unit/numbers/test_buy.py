"""Buying and giving back: exactly one number for an order, whatever is cut off, and a counter that is true."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from offhook.domain.errors import CarrierUnavailable, CarrierUncertain, Conflict, NotFound
from offhook.domain.ids import HOUR, MINUTE, FlowId
from offhook.domain.numbers.line import Line, LineState, Order
from offhook.domain.numbers.port import Kind, NoneForSale, NumberTaken, PapersMissing, Wanted
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.plans import QuotaReached, limits_of
from offhook.stores.directory import Directory
from offhook.stores.flows import Number
from offhook.usecases.ivr.numbers import claim
from offhook.usecases.numbers import buy, release
from offhook.usecases.numbers.reconcile import reconcile

from local.carrier.inprocess import InProcessHttpClient
from tests.unit.numbers.worlds import ME, OTHER, Shop


class Killed(BaseException):
    """The process died here."""


@pytest.fixture
def shop() -> Shop:
    return Shop()


def wish(order: str = "one", **fields: Any) -> buy.Purchase:
    return buy.Purchase(order, fields.pop("country", "US"), **fields)


def test_a_number_is_bought_recorded_counted_led_here_and_told(shop):
    line = buy.buy(shop.desk(), wish(flow_id="f_1", name="Sales"))
    assert shop.bought() == [line.id] and shop.true() and shop.led() == {line.id}
    assert (line.country, line.kind, line.state) == ("US", Kind.LOCAL, LineState.ACTIVE)
    assert shop.desk().deps.config.get(Number, line.id).flow_id == FlowId("f_1")
    assert shop.facts() == ["number_added"]


def test_the_same_order_again_is_the_same_number(shop):
    first = buy.buy(shop.desk(), wish())
    assert buy.buy(shop.desk(), wish()) == first
    assert buy.buy(shop.desk(), wish("two")).id != first.id
    assert len(shop.bought()) == 2 and shop.true()


def test_the_plan_is_asked_before_the_carrier(shop):
    limit = limits_of("starter").numbers
    for n in range(limit):
        buy.buy(shop.desk(), wish(str(n)))
    with pytest.raises(QuotaReached):
        buy.buy(shop.desk(), wish("one too many"))
    assert len(shop.bought()) == limit and shop.true()


def test_a_number_that_somebody_has_is_refused_and_not_counted(shop):
    taken = buy.buy(shop.desk(OTHER), wish()).id
    with pytest.raises(NumberTaken):
        buy.buy(shop.desk(), wish(number=taken))
    assert shop.true() and shop.used() == 0
    assert buy.buy(shop.desk(), wish(contains="0101")).id.endswith("0101")


def test_nothing_for_sale_is_not_counted_and_can_be_ordered_again(shop):
    with pytest.raises(NoneForSale):
        buy.buy(shop.desk(), wish(contains="98765"))
    assert shop.used() == 0
    assert buy.buy(shop.desk(), wish()) and shop.true()


def test_what_is_offered_and_taken_by_somebody_else_meanwhile_is_passed_over(shop):
    desk = shop.desk()
    first = desk.carrier.search(Wanted("US"))[0].number

    def race(wanted: Wanted, limit: int = 20) -> Any:
        offered = type(desk.carrier).search(desk.carrier, wanted, limit)
        shop.carrier.carrier.accounts.buy_number(shop.account(OTHER).sid, first)
        return offered

    with patch.object(desk.carrier, "search", race):
        assert buy.buy(desk, wish()).id != first
    assert shop.true()


def test_a_country_that_asks_for_papers_gets_another_number_meanwhile(shop):
    with pytest.raises(PapersMissing):
        buy.buy(shop.desk(), wish(country="DE"))
    assert shop.used() == 0
    line = buy.buy(shop.desk(), wish("meanwhile", country="DE", kind=Kind.MOBILE, meanwhile=True))
    assert (line.country, line.stands_in_for) == ("US", "DE")
    papers(shop)
    line = buy.buy(shop.desk(), wish("with papers", country="DE", meanwhile=True))
    assert (line.country, line.stands_in_for) == ("DE", "")
    assert shop.true()


def papers(shop: Shop) -> None:
    account = shop.account()
    bundles = shop.carrier.client(account).numbers.v2.regulatory_compliance.bundles
    made = bundles.create(friendly_name="papers", email="a@example.com", iso_country="DE", number_type="local")
    bundles(made.sid).update(status="pending-review")
    shop.carrier.carrier.advance(61)


def test_a_number_that_is_anothers_in_our_books_goes_back_to_the_carrier(shop):
    wanted = shop.desk().carrier.search(Wanted("US"))[0].number
    claim(Directory(shop.aws.edge_items()), OTHER, wanted)
    with pytest.raises(NumberTaken):
        buy.buy(shop.desk(), wish(number=wanted))
    assert shop.bought() == [] and shop.used() == 0


@pytest.mark.parametrize(
    "status", sorted(set(TenantStatus) - {TenantStatus.TRIALING, TenantStatus.ACTIVE, TenantStatus.PAST_DUE})
)
def test_a_tenant_whose_account_is_idle_or_closed_buys_nothing(shop, status):
    shop.restatus(status=status)
    with pytest.raises(Conflict):
        buy.buy(shop.desk(), wish())
    assert shop.used() == 0


def test_a_carrier_that_did_nothing_leaves_nothing_reserved(shop):
    shop.carrier.carrier.faults.add("429", kind="rest", count=1, url="POST ")
    with pytest.raises(CarrierUnavailable):
        buy.buy(shop.desk(), wish())
    assert shop.used() == 0 and shop.true()
    assert buy.buy(shop.desk(), wish()) and shop.true()


def test_a_purchase_of_unknown_end_stays_reserved_until_somebody_looks(shop):
    shop.carrier.carrier.faults.add("timeout_after", kind="rest", count=1, url="POST ")
    with pytest.raises(CarrierUncertain):
        buy.buy(shop.desk(), wish())
    assert shop.used() == 1
    with pytest.raises(buy.PurchaseUnderWay):
        buy.buy(shop.desk(), wish())
    shop.clock.advance(31)
    assert buy.buy(shop.desk(), wish()).id in shop.bought()
    assert len(shop.bought()) == 1 and shop.true()


def test_a_number_given_back_is_nobodys(shop):
    line = buy.buy(shop.desk(), wish(flow_id="f_1"))
    release.release(shop.desk(), line.id)
    assert shop.bought() == [] and shop.led() == set() and shop.used() == 0 and shop.true()
    assert shop.desk().deps.config.find(Number, line.id) is None
    with pytest.raises(NotFound):
        release.release(shop.desk(), line.id)
    assert shop.facts() == ["number_added", "number_released"]
    assert buy.buy(shop.desk(OTHER), wish(number=line.id)).id == line.id


def test_anothers_number_cannot_be_given_back(shop):
    line = buy.buy(shop.desk(OTHER), wish())
    with pytest.raises(NotFound):
        release.release(shop.desk(), line.id)
    assert shop.bought(OTHER) == [line.id]


def test_a_number_that_was_never_counted_can_be_given_back(shop):
    line = buy.buy(shop.desk(), wish())
    desk = shop.desk()
    desk.deps.items.commit(desk.quotas.give_back(buy.Quota.NUMBERS))
    release.release(desk, line.id)
    assert shop.true()


# --- deaths ---------------------------------------------------------------------------------------------------------


class Killer:
    """Counts the moments at which a process may die, and kills at one of them."""

    def __init__(self, at: int) -> None:
        self.at, self.moments = at, 0

    def __call__(self, *seen: object) -> None:
        self.moments += 1
        if self.moments == self.at:
            raise Killed


@contextmanager
def dying(shop: Shop, at: int) -> Iterator[Killer]:
    killer = Killer(at)
    request = InProcessHttpClient.request

    def deadly(self: InProcessHttpClient, *args: Any, **kwargs: Any) -> Any:
        killer()
        answer = request(self, *args, **kwargs)
        killer()
        return answer

    shop.aws.store.before_commit = shop.aws.store.after_commit = killer
    with patch.object(InProcessHttpClient, "request", deadly):
        yield killer
    shop.aws.store.before_commit = shop.aws.store.after_commit = None


def cut_off(shop: Shop, at: int, act: Callable[[], object]) -> int:
    """Act, and die at that moment; returns how many moments there were."""
    with dying(shop, at) as killer, suppress(Killed):
        act()
    shop.clock.advance(31)
    return killer.moments


def story(at: int, then: str) -> int:
    """A purchase cut off at a moment, then ordered again, or left to the nightly round."""
    shop = Shop()
    moments = cut_off(shop, at, lambda: buy.buy(shop.desk(), wish(flow_id="f_1")))
    if then == "again":
        buy.buy(shop.desk(), wish(flow_id="f_1"))
        assert len(shop.bought()) == 1
    elif then == "the same night":
        reconcile(shop.desk())
        assert len(shop.bought()) in ((0, 1) if at <= 1 else (1,))
    else:
        shop.clock.advance(2 * HOUR // 1000)
        reconcile(shop.desk())
    assert shop.true(), f"{then}: {shop.bought()} {shop.lines()} {shop.used()}"
    assert len(shop.led()) == len(shop.bought())
    assert shop.facts().count("number_added") == len(shop.bought())
    return moments


@pytest.mark.parametrize("then", ["again", "the same night", "much later"])
def test_a_purchase_may_be_cut_off_anywhere(then):
    moments = story(0, then)
    assert moments >= 8
    for at in range(1, moments + 1):
        story(at, then)


@pytest.mark.parametrize("then", ["again", "the night"])
def test_a_release_may_be_cut_off_anywhere(then):
    def told(at: int) -> int:
        shop = Shop()
        line = buy.buy(shop.desk(), wish())
        moments = cut_off(shop, at, lambda: release.release(shop.desk(), line.id))
        if then == "again":
            with suppress(NotFound):
                release.release(shop.desk(), line.id)
            assert shop.bought() == []
        reconcile(shop.desk())
        assert shop.true() and shop.led() == set(shop.bought())
        assert shop.facts().count("number_released") == 1 - len(shop.bought())
        return moments

    moments = told(0)
    assert moments >= 6
    for at in range(1, moments + 1):
        told(at)


def test_two_workers_with_one_order_buy_one_number(shop):
    """The second comes between any two steps of the first."""
    steps = story_of_two(0)
    for at in range(1, steps + 1):
        story_of_two(at)


def story_of_two(at: int) -> int:
    shop = Shop()
    moments, busy = 0, False

    def second(*seen: object) -> None:
        nonlocal moments, busy
        if busy:
            return
        moments += 1
        if moments == at:
            busy = True
            with suppress(buy.PurchaseUnderWay):
                buy.buy(shop.desk(), wish())
            busy = False

    shop.aws.store.before_commit = shop.aws.store.after_commit = second
    with suppress(buy.PurchaseUnderWay):
        buy.buy(shop.desk(), wish())
    shop.aws.store.before_commit = shop.aws.store.after_commit = None
    assert len(shop.bought()) == 1 and shop.true(), f"at {at}"
    return moments


def test_a_slow_worker_whose_lease_is_over_records_nothing_twice(shop):
    """It has bought; another took the order over, found the number and recorded it."""
    desk = shop.desk()
    order = buy._reserved(desk, wish())
    bought = buy._buy_one(desk, order)
    shop.clock.advance(31)
    line = buy.buy(shop.desk(), wish())
    buy._claim(desk, bought)
    assert buy._record(desk, order, bought) == line
    assert shop.true() and shop.facts() == ["number_added"]


def test_an_order_that_nobody_could_finish_is_undone(shop):
    shop.carrier.carrier.faults.add("500", kind="rest", url="POST ")
    with pytest.raises(CarrierUncertain):
        buy.buy(shop.desk(), wish())
    shop.clock.advance(2 * HOUR // 1000)
    found = reconcile(shop.desk())
    assert shop.used() == 0 and shop.true() and found.failed == []
    assert [order.problem for order in shop.desk().deps.config.list(Order)] == ["given_up"]


def test_an_unfinished_order_holds_no_other_back(shop):
    for n in range(3):
        desk = shop.desk()
        buy._reserved(desk, wish(str(n), contains="9999999" if n == 1 else ""))
    shop.clock.advance(MINUTE // 1000)
    found = reconcile(shop.desk())
    assert len(found.failed) == 1 and len(shop.bought()) == 2 and shop.true()


def test_a_line_marked_missing_and_bought_again_is_counted_once(shop):
    line = buy.buy(shop.desk(), wish())
    shop.carrier.carrier.accounts.numbers.clear()
    reconcile(shop.desk())
    assert shop.desk().deps.config.get(Line, line.id).state is LineState.MISSING
    again = buy.buy(shop.desk(), wish("two", number=line.id))
    assert again.state is LineState.ACTIVE and again.version > line.version and shop.true()
    assert replace(again, version=0, sid="", since=0) == replace(line, version=0, sid="", since=0)


def test_the_owner_is_who_bought(shop):
    line = buy.buy(shop.desk(), wish())
    assert shop.desk().owner(line.id) == ME
