"""The first run of a tenant: ticks come from what is there; going live waits for what callers would notice."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from offhook import wiring
from offhook.domain.errors import InvalidInput
from offhook.domain.ids import ContactId, FlowId, TenantId
from offhook.domain.ivr.calendar import Calendar, Opening, Override
from offhook.domain.routing.contact import ContactState
from offhook.domain.tenants.onboarding import Estimate, Milestone, NotReady
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.flows import FlowDraft, Number
from offhook.usecases.deps import Deps
from offhook.usecases.tenants import onboarding
from offhook.wiring.memory import MemoryWorld

from tests.unit.routing.builders import a_contact

NO_CARRIER: Any = None
ME = TenantId("t_one")
OFFICE = Calendar("office", "Office", "UTC", weekly=((Opening("09:00", "18:00"),),))
SIZE = Estimate(accounts=10_000, share_percent=5, calls_each=1.2, handle_s=240)


@pytest.fixture
def deps() -> Iterator[Deps]:
    made = MemoryWorld(telephony=lambda _tenant: NO_CARRIER)
    made.add_tenant(Tenant(ME))
    with wiring.use(made):
        yield made.deps_for(made.tenant_context(ME))


@pytest.fixture
def begun(deps: Deps) -> Deps:
    """As a set-up leaves it: hours nobody looked at, a flow that is published, a number that leads to it."""
    deps.config.put(OFFICE)
    deps.config.put(FlowDraft(FlowId("f_main"), "Main menu", "{}", published=1, latest=1))
    deps.config.put(Number("+14155550100", FlowId("f_main")))
    onboarding.begin(deps)
    return deps


def done(deps: Deps) -> set[Milestone]:
    return {step.name for step in onboarding.present(deps).steps if step.done}


def talked(deps: Deps, name: str = "c_1", at: int = 1000) -> None:
    """A contact that an agent talks on."""
    deps.contacts.start(a_contact(ContactState.CONNECTED, id=ContactId(name), tenant_id=ME, started_at=at), ())


def test_a_set_up_has_a_number_and_a_flow_and_the_rest_is_to_do(begun: Deps) -> None:
    assert done(begun) == {Milestone.NUMBER, Milestone.FLOW}
    shown = onboarding.present(begun)
    assert (shown.offered, shown.number) == (True, "+14155550100")


def test_hours_count_once_somebody_stored_them(begun: Deps) -> None:
    changed = begun.config.change(begun.config.get(Calendar, "office"))
    assert Milestone.HOURS in done(begun)
    begun.config.change(replace(changed, override=Override.OPEN))
    assert Milestone.HOURS not in done(begun), "held open by hand"


def test_a_number_counts_when_a_published_flow_answers_it(begun: Deps) -> None:
    begun.config.put(Number("+14155550100", FlowId("f_other")))
    assert Milestone.NUMBER not in done(begun)


def test_the_first_answered_call_is_found_and_remembered(begun: Deps) -> None:
    begun.contacts.start(a_contact(ContactState.WAITING, id=ContactId("c_0"), tenant_id=ME, started_at=1), ())
    assert Milestone.TEST_CALL not in done(begun), "a call nobody answered"
    talked(begun)
    assert onboarding.present(begun).tested == "c_1"
    talked(begun, "c_2", at=500)
    assert onboarding.present(begun).tested == "c_1"


def test_going_live_names_what_is_left_and_keeps_its_first_time(begun: Deps) -> None:
    with pytest.raises(NotReady, match="hours, test_call"):
        onboarding.go_live(begun)
    assert onboarding.present(begun).live_at is None
    begun.config.change(begun.config.get(Calendar, "office"))
    talked(begun)
    first = onboarding.go_live(begun)
    assert first.live_at is not None
    assert not first.offered
    assert onboarding.go_live(begun) == first


def test_a_size_is_kept_and_a_wrong_one_changes_nothing(begun: Deps) -> None:
    assert onboarding.keep_estimate(begun, SIZE).estimate == SIZE
    with pytest.raises(InvalidInput) as refused:
        onboarding.keep_estimate(begun, replace(SIZE, share_percent=101))
    assert refused.value.field == "$.share_percent"
    assert onboarding.present(begun).estimate == SIZE


def test_a_list_that_was_dismissed_leads_nobody_and_can_come_back(begun: Deps) -> None:
    assert not onboarding.dismiss(begun, dismissed=True).offered
    onboarding.begin(begun)
    assert not onboarding.present(begun).offered
    assert onboarding.dismiss(begun, dismissed=False).offered


def test_a_tenant_that_did_not_sign_up_is_led_nowhere(deps: Deps) -> None:
    assert not onboarding.present(deps).offered
