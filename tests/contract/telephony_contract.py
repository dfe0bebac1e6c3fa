"""What every implementation of the telephony port must do; subclasses give a stage with people on it."""

from typing import Protocol

import pytest
from offhook.domain.documents import EnterRoom
from offhook.domain.errors import CallerGone
from offhook.domain.ids import CallSid, Instant
from offhook.domain.telephony import RingRequest, Telephony

AGENT, OTHER = "+14155551111", "+14155552222"
ROOM = "room-c_1-1"
UNKNOWN = CallSid("CA" + "0" * 32)


class Stage(Protocol):
    """A carrier with people: the telephony under test, a customer on the line, agents who answer."""

    telephony: Telephony

    def now(self) -> Instant:
        """The carrier's time."""
        ...

    def customer(self) -> CallSid:
        """A customer's call that is up and stays up."""
        ...

    def answered(self, to: str = AGENT) -> CallSid:
        """An agent's leg, rung through the port and answered."""
        ...

    def leaves(self, sid: CallSid) -> None:
        """A person hangs up."""
        ...

    def settle(self) -> None:
        """Let what was asked for happen."""
        ...


def request_to(to: str, made_at: Instant) -> RingRequest:
    """A ring of an offer made then."""
    return RingRequest(to, "+14155550100", "/answered", "/status", 20, made_at)


def enter(label: str, room: str = ROOM) -> tuple[EnterRoom]:
    """The document that leads into the room."""
    over = "/over" if label == "customer" else None
    return (EnterRoom(room=room, label=label, ends_room=label == "customer", events_path="/room", ended_path=over),)


class TelephonyContract:
    """Subclasses give `stage`."""

    @pytest.fixture
    def stage(self) -> Stage:
        raise NotImplementedError

    def together(self, stage: Stage) -> tuple[CallSid, CallSid]:
        """Customer and agent in the room."""
        customer, agent = stage.customer(), stage.answered()
        stage.telephony.redirect(agent, enter("agent"))
        stage.telephony.redirect(customer, enter("customer"))
        stage.settle()
        return customer, agent

    def test_a_leg_that_was_started_is_known_to_the_carrier(self, stage):
        sid = stage.telephony.ring(request_to(AGENT, stage.now()))
        facts = stage.telephony.call(sid)
        assert facts is not None and facts.sid == sid
        assert facts.status in ("queued", "initiated", "ringing") and facts.direction == "outbound-api"

    def test_a_leg_is_found_by_the_request_that_started_it(self, stage):
        request = request_to(AGENT, stage.now())
        assert stage.telephony.find_ring(request) is None
        sid = stage.telephony.ring(request)
        assert stage.telephony.find_ring(request) == sid

    def test_a_leg_to_somebody_else_is_not_found(self, stage):
        stage.telephony.ring(request_to(OTHER, stage.now()))
        assert stage.telephony.find_ring(request_to(AGENT, stage.now())) is None

    def test_a_leg_of_an_earlier_offer_is_not_found(self, stage):
        stage.telephony.ring(request_to(AGENT, stage.now()))
        assert stage.telephony.find_ring(request_to(AGENT, stage.now() + 30_000)) is None

    def test_hanging_up_ends_a_ringing_leg_and_again_is_no_error(self, stage):
        sid = stage.telephony.ring(request_to(AGENT, stage.now()))
        for _ in range(3):
            stage.telephony.hang_up(sid)
            stage.settle()
        facts = stage.telephony.call(sid)
        assert facts is not None and facts.status in ("completed", "canceled")

    def test_hanging_up_ends_an_answered_leg(self, stage):
        sid = stage.answered()
        stage.telephony.hang_up(sid)
        stage.settle()
        assert stage.telephony.call(sid).status == "completed"

    def test_hanging_up_what_never_was_is_no_error(self, stage):
        stage.telephony.hang_up(UNKNOWN)

    def test_an_unknown_call_has_no_facts(self, stage):
        assert stage.telephony.call(UNKNOWN) is None

    def test_a_redirected_call_is_in_the_room(self, stage):
        sid = stage.customer()
        stage.telephony.redirect(sid, enter("customer"))
        stage.settle()
        assert stage.telephony.room_members(ROOM) == (sid,)
        assert stage.telephony.live_rooms() == (ROOM,)

    def test_redirecting_a_call_that_is_over_says_that_the_caller_is_gone(self, stage):
        sid = stage.customer()
        stage.leaves(sid)
        stage.settle()
        with pytest.raises(CallerGone):
            stage.telephony.redirect(sid, enter("customer"))

    def test_redirecting_what_never_was_says_that_the_caller_is_gone(self, stage):
        with pytest.raises(CallerGone):
            stage.telephony.redirect(UNKNOWN, enter("customer"))

    def test_both_are_in_the_room_and_nobody_after_the_customer_has_left(self, stage):
        customer, agent = self.together(stage)
        assert set(stage.telephony.room_members(ROOM)) == {customer, agent}
        stage.leaves(customer)
        stage.settle()
        assert stage.telephony.room_members(ROOM) == ()
        assert stage.telephony.call(agent).status == "completed"

    def test_the_customer_stays_in_the_room_when_the_agent_has_left(self, stage):
        customer, agent = self.together(stage)
        stage.leaves(agent)
        stage.settle()
        assert stage.telephony.room_members(ROOM) == (customer,)

    def test_ending_a_room_empties_it_and_the_customers_call_goes_on(self, stage):
        customer, _ = self.together(stage)
        for _ in range(2):
            stage.telephony.end_room(ROOM)
            stage.settle()
        assert stage.telephony.room_members(ROOM) == () and stage.telephony.live_rooms() == ()
        assert stage.telephony.call(customer).status == "in-progress"

    def test_a_room_that_never_was_is_empty_and_ended(self, stage):
        stage.telephony.end_room("room-c_9-9")
        assert stage.telephony.room_members("room-c_9-9") == ()

    @pytest.mark.parametrize("control", ["hold", "mute"])
    def test_hold_and_mute_work_in_the_room_again_and_again(self, stage, control):
        customer, agent = self.together(stage)
        for on in (True, True, False, False):
            getattr(stage.telephony, control)(ROOM, customer if control == "hold" else agent, on)

    @pytest.mark.parametrize("control", ["hold", "mute"])
    def test_hold_and_mute_of_somebody_not_in_the_room_say_that_the_caller_is_gone(self, stage, control):
        customer, _ = self.together(stage)
        with pytest.raises(CallerGone):
            getattr(stage.telephony, control)("room-c_9-9", customer, True)
        stage.leaves(customer)
        stage.settle()
        with pytest.raises(CallerGone):
            getattr(stage.telephony, control)(ROOM, customer, True)
