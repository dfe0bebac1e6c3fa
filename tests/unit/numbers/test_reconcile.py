"""The nightly round: orphans, missing numbers, numbers unknown to the books, counters, idle and closed accounts."""

import pytest
from offhook.domain.errors import CarrierUnavailable
from offhook.domain.numbers.line import Line, LineState
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.stores.directory import Directory
from offhook.usecases.ivr.numbers import claim
from offhook.usecases.numbers import buy, release
from offhook.usecases.numbers.reconcile import orphans, reconcile

from local.carrier.model.account import AccountStatus
from local.runner.seed import keep_in_books
from tests.unit.numbers.worlds import ME, OTHER, Shop

STRAY = "+14155550777"


@pytest.fixture
def shop() -> Shop:
    made = Shop()
    for n in range(2):
        buy.buy(made.desk(), buy.Purchase(str(n), "US"))
    return made


def stray(shop: Shop, tenant=ME) -> None:
    shop.carrier.carrier.accounts.buy_number(shop.account(tenant).sid, STRAY, "bought by hand")


def test_when_all_agree_nothing_happens(shop):
    rows = dict(shop.aws.store.rows)
    found = reconcile(shop.desk())
    assert (found.orphans, found.missing, found.adopted, found.failed) == ([], [], [], [])
    assert shop.aws.store.rows == rows


def test_a_number_that_nobody_has_here_is_noted_and_told_once_and_never_released(shop):
    stray(shop)
    for _ in range(3):
        assert reconcile(shop.desk()).orphans == [STRAY]
        shop.clock.advance(86_400)
    (noted,) = orphans(shop.desk().deps)
    assert (noted.id, noted.label) == (STRAY, "bought by hand")
    assert shop.facts().count("number_drifted") == 1
    assert STRAY in shop.bought() and shop.used() == 2
    assert orphans(shop.desk(OTHER).deps) == []


def test_an_orphan_that_is_gone_or_has_an_owner_is_none_any_more(shop):
    stray(shop)
    reconcile(shop.desk())
    claim(Directory(shop.aws.edge_items()), ME, STRAY)
    assert reconcile(shop.desk()).adopted == [STRAY]
    reconcile(shop.desk())
    assert orphans(shop.desk().deps) == [] and shop.true() and shop.used() == 3


def test_the_number_of_a_seeded_tenant_is_counted_once_however_often_it_is_seeded(shop):
    stray(shop)
    claim(Directory(shop.aws.edge_items()), ME, STRAY)
    for _ in range(2):
        keep_in_books(shop.desk(), STRAY)
    assert (STRAY in shop.lines(), shop.used(), shop.true()) == (True, 3, True)


def test_a_number_led_here_without_a_record_is_taken_into_the_books_also_beyond_the_plan(shop):
    for n in range(2, 5):
        buy.buy(shop.desk(), buy.Purchase(str(n), "US"))
    stray(shop)
    claim(Directory(shop.aws.edge_items()), ME, STRAY)
    reconcile(shop.desk())
    assert shop.used() == 6 and shop.true()


def test_a_number_that_the_carrier_does_not_know_is_marked_and_comes_back(shop):
    account = shop.carrier.carrier.accounts
    sid, kept = next(iter(account.numbers.items()))
    del account.numbers[sid]
    for _ in range(2):
        assert reconcile(shop.desk()).missing == [kept.phone_number]
    assert shop.desk().line(kept.phone_number).state is LineState.MISSING
    assert shop.facts().count("number_drifted") == 1
    account.numbers[sid] = kept
    reconcile(shop.desk())
    assert shop.desk().line(kept.phone_number).state is LineState.ACTIVE and shop.true()


def test_a_missing_number_can_be_given_up(shop):
    shop.carrier.carrier.accounts.numbers.clear()
    reconcile(shop.desk())
    for line in shop.desk().deps.config.list(Line):
        release.release(shop.desk(), line.id)
    assert shop.true() and shop.used() == 0


def test_a_counter_that_is_wrong_is_set_right(shop):
    desk = shop.desk()
    desk.deps.items.commit(desk.quotas.take(buy.Quota.NUMBERS, 100, 7))
    reconcile(desk)
    assert shop.used() == 2


def test_a_counter_is_left_alone_while_something_is_under_way(shop):
    desk = shop.desk()
    buy._reserved(desk, buy.Purchase("busy", "US"))
    reconcile(desk)
    assert shop.used() == 3


def test_a_suspended_account_is_left_alone(shop):
    shop.account().status = AccountStatus.SUSPENDED
    shop.restatus(status=TenantStatus.SUSPENDED)
    shop.carrier.carrier.accounts.numbers.clear()
    assert reconcile(shop.desk()).missing == []
    assert shop.used() == 2


def test_a_closed_account_has_no_numbers(shop):
    stray(shop)
    reconcile(shop.desk())
    buy._reserved(shop.desk(), buy.Purchase("left", "US"))
    shop.clock.advance(60)
    shop.carrier.carrier.accounts.close(shop.account())
    shop.restatus(status=TenantStatus.CLOSED)
    reconcile(shop.desk())
    assert shop.used() == 0 and shop.led() == set() and orphans(shop.desk().deps) == []
    assert shop.desk().deps.config.list(Line) == [] and shop.true()


def test_a_carrier_that_is_away_changes_nothing(shop):
    shop.carrier.carrier.faults.add("503", kind="rest")
    rows = dict(shop.aws.store.rows)
    with pytest.raises(CarrierUnavailable):
        reconcile(shop.desk())
    assert shop.aws.store.rows == rows
