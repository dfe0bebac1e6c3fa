"""Browsers that ring: signed in with the product's own voice token, driven by messages, lost with their socket."""

from typing import Any

import jwt
import pytest
from offhook.adapters.carrier.twilio.voice_token import ApiKey, voice_token

from local.carrier.devices import Device, NoSuchRing
from local.carrier.model.call import CallStatus
from local.carrier.testing import APP, NUMBER, World, twiml, world
from local.carrier.voice_tokens import BadToken

AGENT = "a_4"
TALK = twiml("<Say>Hello</Say>", '<Pause length="60"/>')
MENU = twiml('<Gather numDigits="1" timeout="20" action="/key"><Say>Press one</Say></Gather>')


class Browser:
    """A signed-in browser and everything it was told."""

    def __init__(self, w: World, identity: str = AGENT) -> None:
        self.carrier = w.carrier
        self.told: list[dict[str, Any]] = []
        self.device: Device = w.carrier.devices.listen(token(w, identity), self.told.append)

    def kinds(self) -> list[str]:
        return [one["type"] for one in self.told]

    @property
    def call_sid(self) -> str:
        return str(next(one for one in reversed(self.told) if one["type"] == "ring")["call_sid"])


@pytest.fixture
def w() -> World:
    return world({"/answered": TALK, "/menu": MENU, "/key": TALK, "/status": ""})


def token(w: World, identity: str = AGENT) -> str:
    key = w.carrier.accounts.create_key(w.account.sid)
    return signed(w, ApiKey(w.account.sid, key.sid, key.secret), identity)


def signed(w: World, key: ApiKey, identity: str = AGENT) -> str:
    """A token as the product makes it; virtual time goes on until it is valid."""
    made = voice_token(key, identity)
    begins = float(jwt.decode(made, options={"verify_signature": False})["nbf"])
    w.clock.run_until(max(w.clock.now(), begins))
    return made


def ring(w: World, page: str = "/answered", to: str = f"client:{AGENT}") -> str:
    """The product rings an agent through the unmodified client."""
    call = w.client().calls.create(
        to=to, from_=NUMBER, url=APP + page, timeout=20, status_callback=f"{APP}/status",
        status_callback_event=["ringing", "answered", "completed"],
    )  # fmt: skip
    w.carrier.advance(3)
    return str(call.sid)


def ended(w: World, sid: str) -> CallStatus:
    w.carrier.advance(1)
    assert w.carrier.call(sid).over
    return w.carrier.call(sid).status


def test_a_ring_reaches_the_browser_and_its_answer_begins_the_conversation(w: World):
    browser = Browser(w)
    sid = ring(w)
    assert browser.told[-1] == {"type": "ring", "call_sid": sid, "from": NUMBER, "params": {}}
    browser.carrier.devices.accept(browser.device, sid)
    w.carrier.advance(5)
    assert browser.kinds() == ["ready", "ring", "answered"]
    assert "heard: Hello" in w.lines(sid)
    browser.carrier.devices.hang_up(browser.device, sid)
    assert ended(w, sid) is CallStatus.COMPLETED
    assert browser.kinds()[-1] == "hangup"
    assert w.carrier.notifications == []


def test_a_browser_that_declines_is_busy(w: World):
    browser = Browser(w)
    sid = ring(w)
    w.carrier.devices.decline(browser.device, sid)
    assert ended(w, sid) is CallStatus.BUSY


def test_a_ring_that_nobody_answers_is_cancelled_at_the_browser(w: World):
    browser = Browser(w)
    sid = ring(w)
    w.carrier.advance(30)
    assert ended(w, sid) is CallStatus.NO_ANSWER
    assert browser.kinds() == ["ready", "ring", "cancel"]
    with pytest.raises(NoSuchRing):
        w.carrier.devices.accept(browser.device, sid)


def test_a_ring_that_the_product_takes_back_is_cancelled_at_the_browser(w: World):
    browser = Browser(w)
    sid = ring(w)
    w.client().calls(sid).update(status="canceled")
    assert ended(w, sid) is CallStatus.CANCELED
    assert browser.kinds()[-1] == "cancel"


def test_a_device_lost_while_ringing_is_not_reached_at_once(w: World):
    browser = Browser(w)
    sid = ring(w)
    w.carrier.devices.lose(browser.device)
    assert ended(w, sid) is CallStatus.NO_ANSWER


def test_a_device_lost_while_talking_hangs_up(w: World):
    browser = Browser(w)
    sid = ring(w)
    w.carrier.devices.accept(browser.device, sid)
    w.carrier.advance(5)
    w.carrier.devices.lose(browser.device)
    assert ended(w, sid) is CallStatus.COMPLETED
    assert "the browser is gone" in w.lines(sid)


def test_a_device_that_is_lost_twice_or_without_a_call_changes_nothing(w: World):
    browser = Browser(w)
    w.carrier.devices.lose(browser.device)
    w.carrier.devices.lose(browser.device)
    assert ended(w, ring(w)) is CallStatus.NO_ANSWER


def test_all_browsers_of_an_agent_ring_and_the_first_has_the_call(w: World):
    one, two = Browser(w), Browser(w)
    sid = ring(w)
    w.carrier.devices.accept(two.device, sid)
    w.carrier.advance(2)
    assert (one.kinds(), two.kinds()) == (["ready", "ring", "cancel"], ["ready", "ring", "answered"])
    for act in ("accept", "decline", "hang_up"):
        with pytest.raises(NoSuchRing):
            getattr(w.carrier.devices, act)(one.device, sid)


def test_one_of_two_browsers_may_go_while_both_ring(w: World):
    one, two = Browser(w), Browser(w)
    sid = ring(w)
    w.carrier.devices.lose(one.device)
    w.carrier.advance(1)
    assert w.carrier.call(sid).status is CallStatus.RINGING
    w.carrier.devices.accept(two.device, sid)
    assert w.carrier.call(sid).in_progress


def test_an_open_browser_rings_although_a_script_would_answer(w: World):
    w.carrier.register_client(AGENT)
    w.carrier.set_script(f"client:{AGENT}", "answer after 1 s")
    browser = Browser(w)
    sid = ring(w)
    assert w.carrier.call(sid).status is CallStatus.RINGING
    w.carrier.devices.lose(browser.device)
    again = ring(w)
    assert w.carrier.call(again).in_progress


def test_digits_and_mute_are_of_the_one_who_talks(w: World):
    browser = Browser(w)
    sid = ring(w, "/menu")
    with pytest.raises(NoSuchRing):
        w.carrier.devices.digits(browser.device, sid, "1")
    w.carrier.devices.accept(browser.device, sid)
    w.carrier.advance(3)
    for on in (True, True, False):
        w.carrier.devices.mute(browser.device, sid, on)
    with pytest.raises(ValueError, match="digits"):
        w.carrier.devices.digits(browser.device, sid, "one")
    w.carrier.devices.digits(browser.device, sid, "1")
    w.carrier.advance(1)
    assert w.at("/key")[0]["Digits"] == "1"
    assert [line for line in w.lines(sid) if "muted" in line] == ["muted the microphone", "unmuted the microphone"]


def test_the_same_identity_of_another_account_does_not_ring(w: World):
    other = w.carrier.accounts.create("Other", owner_sid=w.account.sid)
    key = w.carrier.accounts.create_key(other.sid)
    told: list[dict[str, Any]] = []
    w.carrier.devices.listen(signed(w, ApiKey(other.sid, key.sid, key.secret)), told.append)
    assert ended(w, ring(w)) is CallStatus.NO_ANSWER
    assert [one["type"] for one in told] == ["ready"]


def test_a_token_that_ended_rings_nowhere_until_it_is_renewed(w: World):
    browser = Browser(w)
    w.clock.run_until(browser.device.bearer.expires_at + 1)
    assert ended(w, ring(w)) is CallStatus.NO_ANSWER


def test_a_device_renews_its_own_token_only(w: World):
    browser = Browser(w)
    w.carrier.devices.renew(browser.device, token(w))
    assert browser.kinds() == ["ready", "ready"]
    with pytest.raises(NoSuchRing):
        w.carrier.devices.renew(browser.device, token(w, "a_5"))


def test_a_token_must_be_signed_by_a_key_of_the_account_and_allow_to_be_rung(w: World):
    key = w.carrier.accounts.create_key(w.account.sid)
    stranger = w.carrier.accounts.create("Stranger")
    forged = signed(w, ApiKey(w.account.sid, key.sid, "no-such-secret-of-this-account-at-all"))
    foreign = signed(w, ApiKey(stranger.sid, key.sid, key.secret))
    unknown = signed(w, ApiKey(w.account.sid, "SK" + "0" * 32, key.secret))
    silent = _without_voice(ApiKey(w.account.sid, key.sid, key.secret))
    for bad in ("", "x.y.z", forged, foreign, unknown, silent):
        with pytest.raises(BadToken):
            w.carrier.devices.listen(bad, lambda _: None)
    good = token(w)
    w.clock.run_until(w.carrier.devices.listen(good, lambda _: None).bearer.expires_at)
    with pytest.raises(BadToken, match="ended"):
        w.carrier.devices.listen(good, lambda _: None)


def _without_voice(key: ApiKey) -> str:
    from twilio.jwt.access_token import AccessToken

    return str(AccessToken(key.account_sid, key.sid, key.secret, identity=AGENT).to_jwt())
