"""A number that stays with another carrier: proven by the first call that was forwarded from it to the right number."""

import pytest
from offhook.domain.errors import Conflict, InvalidInput
from offhook.domain.ids import DAY
from offhook.domain.numbers.line import Line, LineState
from offhook.domain.tenants.plans import QuotaReached
from offhook.stores.flows import Number
from offhook.usecases.numbers import attach, buy, release
from offhook.usecases.numbers.reconcile import reconcile

from tests.unit.numbers.worlds import ME, OTHER, Shop

THEIRS = "+493012345678"


@pytest.fixture
def shop() -> Shop:
    made = Shop()
    for tenant in (ME, OTHER):
        buy.buy(made.desk(tenant), buy.Purchase("first", "US"))
    return made


def state(shop: Shop, tenant=ME) -> LineState | None:
    found = shop.desk(tenant).deps.config.find(Line, THEIRS)
    return found and found.state


def test_it_is_unproven_until_a_call_comes_through_it(shop):
    line = attach.attach(shop.desk(), THEIRS)
    assert (line.state, line.country, line.target) == (LineState.UNPROVEN, "DE", shop.bought()[0])
    assert shop.used() == 2 and THEIRS not in shop.led()
    attach.called_number(shop.desk(), line.target, THEIRS)
    assert state(shop) is LineState.ACTIVE
    assert shop.desk().owner(THEIRS) == ME
    assert shop.facts().count("number_added") == 3
    assert attach.attach(shop.desk(), THEIRS).state is LineState.ACTIVE
    assert shop.used() == 2


@pytest.mark.parametrize("forwarded", ["", "anonymous", "+493012345679", "+1"])
def test_other_calls_prove_nothing(shop, forwarded):
    line = attach.attach(shop.desk(), THEIRS)
    assert attach.called_number(shop.desk(), line.target, forwarded) == line.target
    assert attach.called_number(shop.desk(), "+15005550006", THEIRS) == "+15005550006"
    assert state(shop) is LineState.UNPROVEN


def test_a_call_to_another_tenants_number_proves_nothing_to_the_first(shop):
    attach.attach(shop.desk(), THEIRS)
    (other,) = shop.bought(OTHER)
    assert attach.called_number(shop.desk(OTHER), other, THEIRS) == other
    assert state(shop) is LineState.UNPROVEN and state(shop, OTHER) is None


def test_whoever_proves_it_first_has_it(shop):
    mine, theirs = attach.attach(shop.desk(), THEIRS), attach.attach(shop.desk(OTHER), THEIRS)
    attach.called_number(shop.desk(OTHER), theirs.target, THEIRS)
    attach.called_number(shop.desk(), mine.target, THEIRS)
    assert (state(shop), state(shop, OTHER)) == (LineState.UNPROVEN, LineState.ACTIVE)
    assert shop.desk().owner(THEIRS) == OTHER


def test_a_proof_that_comes_too_late_is_none_and_the_night_forgets_the_number(shop):
    line = attach.attach(shop.desk(), THEIRS)
    shop.clock.advance(7 * DAY // 1000)
    attach.called_number(shop.desk(), line.target, THEIRS)
    assert state(shop) is LineState.UNPROVEN
    reconcile(shop.desk())
    assert state(shop) is None and shop.true()


def test_a_proven_number_with_a_flow_of_its_own_is_what_was_called(shop):
    line = attach.attach(shop.desk(), THEIRS)
    assert attach.called_number(shop.desk(), line.target, THEIRS) == line.target
    shop.desk().deps.config.put(Number(THEIRS, "f_2"))
    assert attach.called_number(shop.desk(), line.target, THEIRS) == THEIRS


def test_it_counts_and_cannot_be_had_beyond_the_plan(shop):
    for n in range(4):
        attach.attach(shop.desk(), f"+49301234567{n}")
    with pytest.raises(QuotaReached):
        attach.attach(shop.desk(), THEIRS)


def test_what_it_is_forwarded_to_must_be_ones_own_and_stays_while_it_is_needed(shop):
    with pytest.raises(InvalidInput) as refused:
        attach.attach(shop.desk(), THEIRS, shop.bought(OTHER)[0])
    assert refused.value.field == "$.target"
    attach.attach(shop.desk(), THEIRS)
    with pytest.raises(Conflict):
        release.release(shop.desk(), shop.bought()[0])
    release.release(shop.desk(), THEIRS)
    release.release(shop.desk(), shop.bought()[0])
    assert shop.used() == 0 and shop.led() == set(shop.bought(OTHER))


def test_without_a_number_of_ones_own_there_is_nothing_to_forward_to(shop):
    release.release(shop.desk(), shop.bought()[0])
    with pytest.raises(Conflict):
        attach.attach(shop.desk(), THEIRS)
    with pytest.raises(InvalidInput):
        attach.attach(shop.desk(), "030 1234")


def test_ones_own_bought_number_cannot_be_attached(shop):
    with pytest.raises(Conflict):
        attach.attach(shop.desk(), shop.bought()[0])


def test_giving_back_an_unproven_number_leaves_its_owner_alone(shop):
    mine, theirs = attach.attach(shop.desk(), THEIRS), attach.attach(shop.desk(OTHER), THEIRS)
    attach.called_number(shop.desk(OTHER), theirs.target, THEIRS)
    release.release(shop.desk(), mine.id)
    assert shop.desk().owner(THEIRS) == OTHER
