"""The telephony port on Twilio's client against the simulated carrier, and the fake of the unit tests, alike."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
from offhook.adapters.carrier.twilio.client import CarrierHttpClient, carrier_errors
from offhook.adapters.carrier.twilio.telephony import TwilioTelephony
from offhook.adapters.memory.clock import FrozenClock
from offhook.domain.errors import CallerGone, CarrierUnavailable, CarrierUncertain, InvalidInput
from offhook.domain.ids import CallSid, Instant
from twilio.http.response import Response
from twilio.rest import Client

from local.carrier.inprocess import InProcessHttpClient
from local.carrier.testing import APP, World, twiml, world
from local.carrier.webhooks.request import WebhookResponse
from tests.contract.telephony_contract import AGENT, ROOM, UNKNOWN, TelephonyContract, enter, request_to
from tests.unit.routing.fake_carrier import FakeCarrier

STAY = twiml("<Say>Hello.</Say>", '<Pause length="3600"/>')
DONE = WebhookResponse(204)


class CarrierStage:
    """The simulated carrier in virtual time, used through the unmodified client."""

    def __init__(self) -> None:
        pages = {"/voice": STAY, "/answered": STAY, "/over": STAY, "/status": DONE, "/room": DONE}
        self.world: World = world(pages)
        self.http = InProcessHttpClient(self.world.carrier)
        account = self.world.account
        client = Client(account.sid, account.auth_token, http_client=self.http)
        self.telephony = TwilioTelephony(account.sid, account.auth_token, "https://unused.invalid", APP, client)

    def now(self) -> Instant:
        return round(self.world.clock.now() * 1000)

    def customer(self) -> CallSid:
        sid = CallSid(self.world.call("wait 3600 s"))
        self.world.carrier.advance(3)
        return sid

    def answered(self, to: str = AGENT) -> CallSid:
        self.world.carrier.set_script(to, "answer after 1 s, wait 3600 s")
        sid = self.telephony.ring(request_to(to, self.now()))
        self.world.carrier.advance(5)
        return sid

    def leaves(self, sid: CallSid) -> None:
        self.world.client().calls(sid).update(status="completed")

    def settle(self) -> None:
        self.world.carrier.advance(3)


class FakeStage:
    """The fake that unit tests use."""

    def __init__(self) -> None:
        self.clock = FrozenClock()
        self.telephony = FakeCarrier(self.clock)

    def now(self) -> Instant:
        return self.clock.now()

    def customer(self) -> CallSid:
        return self.telephony.customer(CallSid("CA_customer")).sid

    def answered(self, to: str = AGENT) -> CallSid:
        sid = self.telephony.ring(request_to(to, self.now()))
        self.telephony.legs[sid].status = "in-progress"
        return sid

    def leaves(self, sid: CallSid) -> None:
        self.telephony.end(sid)

    def settle(self) -> None:
        self.clock.advance(3)


class TestTheFake(TelephonyContract):
    @pytest.fixture
    def stage(self) -> FakeStage:
        return FakeStage()


class TestTwilio(TelephonyContract):
    @pytest.fixture
    def stage(self) -> CarrierStage:
        return CarrierStage()


# --- failures, told apart -----------------------------------------------------------------------------------------

Action = Callable[[CarrierStage, CallSid], Any]
ACTIONS: dict[str, Action] = {
    "ring": lambda s, sid: s.telephony.ring(request_to("+14155553333", s.now())),
    "find_ring": lambda s, sid: s.telephony.find_ring(request_to(AGENT, s.now())),
    "hang_up": lambda s, sid: s.telephony.hang_up(sid),
    "redirect": lambda s, sid: s.telephony.redirect(sid, enter("customer")),
    "end_room": lambda s, sid: s.telephony.end_room(ROOM),
    "hold": lambda s, sid: s.telephony.hold(ROOM, sid, True),
    "mute": lambda s, sid: s.telephony.mute(ROOM, sid, True),
    "call": lambda s, sid: s.telephony.call(sid),
    "room_members": lambda s, sid: s.telephony.room_members(ROOM),
    "live_rooms": lambda s, sid: s.telephony.live_rooms(),
    "recording": lambda s, sid: s.telephony.recording("RE" + "0" * 32),
}


def in_a_room() -> tuple[CarrierStage, CallSid]:
    stage = CarrierStage()
    customer, agent = stage.customer(), stage.answered()
    for sid, label in ((agent, "agent"), (customer, "customer")):
        stage.telephony.redirect(sid, enter(label))
    stage.settle()
    return stage, customer


@pytest.mark.parametrize("name", ACTIONS)
def test_a_carrier_that_asks_to_slow_down_has_done_nothing(name):
    stage, sid = in_a_room()
    stage.world.carrier.faults.add("429", kind="rest")
    with pytest.raises(CarrierUnavailable) as refused:
        ACTIONS[name](stage, sid)
    assert not isinstance(refused.value, CarrierUncertain)


@pytest.mark.parametrize("effect", ["500", "503", "500_after", "timeout_after"])
@pytest.mark.parametrize("name", ACTIONS)
def test_a_carrier_that_fails_may_or_may_not_have_acted(name, effect):
    stage, sid = in_a_room()
    stage.world.carrier.faults.add(effect, kind="rest")
    with pytest.raises(CarrierUncertain):
        ACTIONS[name](stage, sid)


@pytest.mark.parametrize("effect", ["500_after", "timeout_after"])
def test_a_leg_whose_answer_was_lost_is_found(effect):
    stage = CarrierStage()
    stage.world.carrier.faults.add(effect, kind="rest", count=1)
    request = request_to(AGENT, stage.now())
    with pytest.raises(CarrierUncertain):
        stage.telephony.ring(request)
    assert stage.telephony.find_ring(request) is not None


def test_a_leg_declined_a_moment_ago_is_not_taken_for_the_leg_of_the_next_offer():
    stage = CarrierStage()
    stage.world.carrier.set_script(AGENT, "decline")
    stage.telephony.ring(request_to(AGENT, stage.now()))
    stage.world.carrier.advance(2)
    again = request_to(AGENT, stage.now())
    assert stage.telephony.find_ring(again) is None
    stage.world.carrier.set_script(AGENT, "answer after 9 s")
    second = stage.telephony.ring(again)
    assert stage.telephony.find_ring(again) == second


def test_an_address_that_can_never_be_rung_is_refused_as_such():
    stage = CarrierStage()
    with pytest.raises(InvalidInput):
        stage.telephony.ring(request_to("nobody", stage.now()))


@pytest.mark.parametrize("name", ACTIONS)
def test_credentials_that_are_refused_are_no_fault_of_the_address(name):
    stage, sid = in_a_room()
    client = Client(stage.world.account.sid, "wrong", http_client=stage.http)
    stage.telephony = TwilioTelephony("AC", "wrong", "https://unused.invalid", APP, client)
    with pytest.raises(CarrierUnavailable) as refused:
        ACTIONS[name](stage, sid)
    assert not isinstance(refused.value, CarrierUncertain)


class _EndsRooms(InProcessHttpClient):
    """The room ends in the moment between looking for it and using it."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        answer = super().request(method, url, *args, **kwargs)
        if method == "GET" and url.endswith("/Conferences.json"):
            for room in list(self._carrier.rooms.all.values()):
                path = url.replace("/Conferences.json", f"/Conferences/{room.sid}.json")
                super().request("POST", path, None, {"Status": "completed"}, kwargs.get("headers"), kwargs.get("auth"))
        return answer


@pytest.mark.parametrize("name", ["end_room", "room_members", "hold", "mute"])
def test_a_room_that_ends_while_it_is_looked_at_is_a_room_that_is_over(name):
    stage, sid = in_a_room()
    account = stage.world.account
    client = Client(account.sid, account.auth_token, http_client=_EndsRooms(stage.world.carrier))
    stage.telephony = TwilioTelephony(account.sid, account.auth_token, "https://unused.invalid", APP, client)
    if name in ("hold", "mute"):
        with pytest.raises(CallerGone):
            ACTIONS[name](stage, sid)
    else:
        assert ACTIONS[name](stage, sid) in ((), None)


@pytest.mark.parametrize(
    "failure, uncertain",
    [
        (requests.ConnectTimeout(), False),
        (requests.ReadTimeout(), True),
        (requests.ConnectionError("reset by peer after the request was sent"), True),
        (requests.exceptions.ChunkedEncodingError(), True),
    ],
)
def test_only_a_connection_that_never_came_about_did_nothing(failure, uncertain):
    with pytest.raises(CarrierUnavailable) as told, carrier_errors():
        raise failure
    assert isinstance(told.value, CarrierUncertain) is uncertain


def test_the_client_asks_the_carrier_of_the_settings_and_nobody_else():
    seen = []

    class Session(requests.Session):
        def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
            seen.append(request.url)
            raise requests.ConnectTimeout

    http = CarrierHttpClient("https://carrier.example/")
    http.session = Session()
    telephony = TwilioTelephony("AC1", "t", "", APP, Client("AC1", "t", http_client=http))
    with pytest.raises(CarrierUnavailable):
        telephony.call(UNKNOWN)
    assert seen == [f"https://carrier.example/2010-04-01/Accounts/AC1/Calls/{UNKNOWN}.json"]
