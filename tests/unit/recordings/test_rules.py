"""Which conversations are recorded, and that a copy which differs leaves the carrier's alone."""

from dataclasses import replace

import pytest
from offhook.adapters.media import TenantMedia
from offhook.adapters.memory.media import SoundVault
from offhook.domain.errors import StoreUnavailable
from offhook.domain.ids import ContactId, TenantId
from offhook.domain.recordings.policy import Mode, RecordingPolicy
from offhook.domain.recordings.recording import EXPECTED
from offhook.domain.recordings.regions import REGIONS, Rule, rule_between
from offhook.domain.recordings.rules import RecordingRules, is_drawn, planned

from tests.unit.recordings.kit import Shelf
from tests.unit.routing.builders import NOTICED, a_contact

ALWAYS, TOKYO = RecordingPolicy(), "+81312345678"
CALLED = a_contact().called_number


def is_recorded(policy=ALWAYS, rules=None, tenant="US", **fields) -> bool:
    contact = replace(a_contact(), **{"flow": NOTICED, **fields})
    plan = planned(contact, policy, rules or RecordingRules(), tenant)
    assert all(one.status == EXPECTED and one.source == contact.room for one in plan)
    return bool(plan)


def test_never_before_the_notice_unless_neither_end_asks_for_one():
    silent = a_contact().flow
    assert is_recorded() and not is_recorded(flow=silent)
    assert not is_recorded(flow=silent, customer_number=TOKYO), "the tenant is in the US"
    assert is_recorded(flow=silent, customer_number=TOKYO, tenant="JP")
    assert not is_recorded(flow=silent, customer_number="", tenant="JP"), "withheld: unknown, so told"


def test_the_stricter_end_holds_and_a_tenant_can_only_be_stricter():
    assert rule_between("JP", "JP", {}) is Rule.FREE and rule_between("JP", "XX", {}) is Rule.ANNOUNCE
    assert not is_recorded(rules=RecordingRules(regions={"US": Rule.NEVER}))
    assert all(region.source for region in REGIONS.values())


@pytest.mark.parametrize("mode", [Mode.ON_DEMAND, Mode.NEVER])
def test_a_queue_or_a_number_that_says_less_is_heard(mode: Mode):
    assert not is_recorded(RecordingPolicy(mode))
    assert not is_recorded(rules=RecordingRules(numbers={CALLED: RecordingPolicy(mode)}))
    assert is_recorded(rules=RecordingRules(numbers={"+15005550999": RecordingPolicy(mode)}))


def test_a_share_is_drawn_by_the_contact_and_comes_out():
    drawn = [replace(a_contact(), id=ContactId(f"c_{n}")) for n in range(2000)]
    share = sum(is_drawn(one, RecordingPolicy(Mode.SHARE, 30)) for one in drawn) / 2000
    assert 0.26 < share < 0.34 and is_drawn(drawn[0], RecordingPolicy(Mode.SHARE, 100))


class Forgetful(SoundVault):
    """Loses the last byte."""

    def put(self, key, sound, facts):
        self.files[key] = sound.content.read()[:-1]


def test_a_copy_that_differs_is_refused_and_the_carrier_keeps_its_own():
    carrier = Shelf({"RE1": b"sound"})
    with pytest.raises(StoreUnavailable):
        TenantMedia(TenantId("t_a"), carrier, Forgetful({})).copy("RE1", "https://carrier/RE1")
    assert carrier.sounds
