"""Disturbances on request, the same for the same seed."""

import pytest
from requests.exceptions import ReadTimeout
from twilio.base.exceptions import TwilioRestException

from local.carrier.testing import APP, NUMBER, World, twiml, world
from local.carrier.webhooks.request import WebhookResponse

TARGET = "+14155551111"
ALL = ["initiated", "ringing", "answered", "completed"]


def dialled(w: World) -> None:
    w.pages |= {"/answer": twiml("<Say>Hello</Say>"), "/status": WebhookResponse(204)}
    w.carrier.set_script(TARGET, "answer after 1 s")
    w.client().calls.create(
        to=TARGET, from_=NUMBER, url=f"{APP}/answer", status_callback=f"{APP}/status", status_callback_event=ALL
    )
    w.carrier.run_until_idle()


def sequence(w: World) -> list[str]:
    return [form["SequenceNumber"] for form in w.at("/status")]


def test_a_duplicate_has_the_same_content_and_token():
    w = world()
    w.carrier.faults.add("duplicate", kind="status", delay_s=0)
    dialled(w)
    assert sorted(sequence(w)) == ["0", "0", "1", "1", "2", "2", "3", "3"]
    tokens = {one.headers["I-Twilio-Idempotency-Token"] for one in w.seen if one.path == "/status"}
    assert len(tokens) == 4


def test_dropped_callbacks_never_come_and_a_count_limits_the_damage():
    w = world()
    w.carrier.faults.add("drop", kind="status", count=2)
    dialled(w)
    assert sequence(w) == ["2", "3"]


def test_reordered_callbacks_overtake_one_another():
    orders = set()
    for seed in range(5):
        w = world(seed=seed)
        w.carrier.faults.add("reorder", kind="status", delay_s=30)
        dialled(w)
        assert sorted(sequence(w)) == ["0", "1", "2", "3"]
        orders.add(tuple(sequence(w)))
    assert orders != {("0", "1", "2", "3")}


def test_a_delay_is_as_long_as_asked():
    w = world()
    w.carrier.faults.add("delay", url="/status$", delay_s=20, count=1)
    dialled(w)
    assert sequence(w)[-1] == "0"


def test_faults_are_the_same_for_the_same_seed():
    def run() -> list[str]:
        w = world(seed=3)
        for effect in ("duplicate", "drop", "reorder"):
            w.carrier.faults.add(effect, kind="status", probability=0.4)
        dialled(w)
        return sequence(w)

    assert run() == run()


def test_a_dropped_document_request_is_a_failed_connection():
    w = world({"/voice": twiml("<Say>Hi</Say>")})
    w.carrier.faults.add("drop", kind="voice", count=1)
    w.call()
    w.carrier.run_until_idle()
    assert w.seen == [] and w.carrier.notifications[0].code == 11205


def test_a_lost_answer_to_a_document_request_reached_the_application():
    w = world({"/voice": twiml("<Say>Hi</Say>")})
    w.carrier.faults.add("answer_lost", kind="voice")
    sid = w.call()
    w.carrier.run_until_idle()
    assert len(w.seen) == 1 and "heard: Hi" not in w.lines(sid)


@pytest.mark.parametrize(("effect", "code", "status"), [("429", 20429, 429), ("500", 20500, 500), ("503", 20503, 503)])
def test_a_refused_rest_request_did_nothing(effect: str, code: int, status: int):
    w = world()
    w.carrier.faults.add(effect, kind="rest", url="POST .*/Calls", count=1)
    with pytest.raises(TwilioRestException) as refused:
        dialled(w)
    assert (refused.value.code, refused.value.status) == (code, status)
    assert w.client().calls.list() == []


@pytest.mark.parametrize("effect", ["500_after", "timeout_after"])
def test_a_lost_rest_answer_had_its_effect(effect: str):
    w = world()
    w.carrier.faults.add(effect, url="POST .*/Calls", count=1)
    with pytest.raises((TwilioRestException, ReadTimeout)):
        dialled(w)
    assert len(w.client().calls.list()) == 1


def test_an_unknown_effect_is_refused():
    with pytest.raises(ValueError, match="unknown effect"):
        world().carrier.faults.add("explode")
