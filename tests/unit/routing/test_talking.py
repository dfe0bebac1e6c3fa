"""Controls in conversation: hold, mute and hang up; the carrier acts first and the record follows."""

from collections.abc import Callable

import pytest
from offhook.domain.errors import CallerGone, CarrierUnavailable, NotFound
from offhook.domain.ids import AgentId, ContactId
from offhook.usecases.routing import desk, talking

from tests.unit.routing.builders import ADA, Floor

Control = Callable[[Floor, AgentId, ContactId], object]
CONTROLS: dict[str, Control] = {
    "hold": lambda f, a, c: talking.hold(f.deps, a, c, True),
    "mute": lambda f, a, c: talking.mute(f.deps, a, c, True),
    "hang_up": lambda f, a, c: talking.hang_up(f.deps, a, c),
}


def test_hold_and_resume_are_recorded_with_their_time():
    floor = Floor()
    contact = floor.talk("carol")
    talking.hold(floor.deps, ADA, contact, True)
    assert floor.contact(contact).call_sid in floor.carrier.held
    floor.clock.advance(12)
    talking.hold(floor.deps, ADA, contact, False)
    assert floor.carrier.held == set()
    assert [e["held_s"] for e in floor.events("call_resumed")] == [12.0]


def test_holding_twice_is_holding_once():
    floor = Floor()
    contact = floor.talk("carol")
    talking.hold(floor.deps, ADA, contact, True)
    floor.clock.advance(3)
    talking.hold(floor.deps, ADA, contact, True)
    assert len(floor.events("call_held")) == 1


def test_mute_is_the_agents_leg_and_shows_at_the_desk():
    floor = Floor()
    contact = floor.talk("carol")
    talking.mute(floor.deps, ADA, contact, True)
    assert floor.carrier.muted == {floor.contact(contact).assignment.call_sid}
    assert desk.desk(floor.deps, ADA).work.muted
    talking.mute(floor.deps, ADA, contact, False)
    assert not desk.desk(floor.deps, ADA).work.muted


@pytest.mark.parametrize("name", CONTROLS)
def test_nobody_touches_anothers_conversation(name):
    floor = Floor()
    contact = floor.talk("carol")
    floor.agent("ben")
    with pytest.raises(NotFound):
        CONTROLS[name](floor, AgentId("ben"), contact)
    with pytest.raises(NotFound):
        CONTROLS[name](floor, ADA, ContactId("c_none"))


@pytest.mark.parametrize("name", CONTROLS)
def test_a_conversation_that_is_over_has_no_controls(name):
    floor = Floor()
    contact = floor.talk("carol")
    floor.customer_hangs_up(contact)
    before = floor.contact(contact)
    with pytest.raises(CallerGone):
        CONTROLS[name](floor, ADA, contact)
    assert floor.contact(contact) == before


@pytest.mark.parametrize("name", ["hold", "mute"])
def test_what_the_carrier_did_not_do_is_not_recorded(name):
    floor = Floor()
    contact = floor.talk("carol")
    before = floor.contact(contact)
    floor.carrier.fail[name] = [CarrierUnavailable()]
    with pytest.raises(CarrierUnavailable):
        CONTROLS[name](floor, ADA, contact)
    assert floor.contact(contact) == before
