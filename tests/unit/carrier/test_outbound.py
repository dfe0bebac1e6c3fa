"""Calls created by REST: pacing, ringing, cancelling, machine detection, refusals (reference sections 1 to 3)."""

import pytest
from twilio.base.exceptions import TwilioRestException

from local.carrier.testing import APP, NUMBER, World, twiml, world
from local.carrier.webhooks.request import WebhookResponse

TARGET = "+14155551111"
ALL = ["initiated", "ringing", "answered", "completed"]


def office() -> World:
    pages = {"/answer": twiml("<Say>Hello</Say>"), "/status": WebhookResponse(204), "/amd": WebhookResponse(204)}
    return world(pages)


def statuses(w: World) -> list[str]:
    return [form["CallStatus"] for form in w.at("/status")]


def test_a_call_is_queued_first_and_reports_its_progress():
    w = office()
    w.carrier.set_script(TARGET, "answer after 3 s")
    call = w.client().calls.create(
        to=TARGET, from_=NUMBER, url=f"{APP}/answer", status_callback=f"{APP}/status", status_callback_event=ALL
    )
    assert (call.status, call.direction, call.duration) == ("queued", "outbound-api", None)
    w.carrier.run_until_idle()
    assert statuses(w) == ["initiated", "ringing", "in-progress", "completed"]
    assert w.at("/status")[0]["CallbackSource"] == "call-progress-events"
    assert w.client().calls(call.sid).fetch().status == "completed"


def test_only_completed_is_reported_by_default():
    w = office()
    w.client().calls.create(to=TARGET, from_=NUMBER, url=f"{APP}/answer", status_callback=f"{APP}/status")
    w.carrier.run_until_idle()
    assert statuses(w) == ["no-answer"] and w.at("/answer") == []


def test_events_joined_in_one_value_are_accepted_and_nothing_is_ever_sent():
    w = office()
    w.carrier.set_script(TARGET, "answer")
    call = w.client().calls.create(
        to=TARGET, from_=NUMBER, url=f"{APP}/answer", status_callback=f"{APP}/status",
        status_callback_event=["initiated ringing"],
    )  # fmt: skip
    w.carrier.run_until_idle()
    assert call.status == "queued" and w.at("/status") == []
    assert [one.code for one in w.carrier.notifications] == [21626]


def test_one_call_a_second_and_account_starts_and_the_rest_wait():
    w = office()
    calls = [w.client().calls.create(to=TARGET, from_=NUMBER, url=f"{APP}/answer") for _ in range(4)]
    other = w.carrier.accounts.create("Other", owner_sid=w.account.sid)
    w.carrier.accounts.buy_number(other.sid, "+14155550101")
    own = w.client(other).calls.create(to=TARGET, from_="+14155550101", url=f"{APP}/answer")
    w.carrier.advance(10)
    assert [w.client().calls(call.sid).fetch().queue_time for call in calls] == ["0", "1000", "2000", "3000"]
    assert w.client(other).calls(own.sid).fetch().queue_time == "0"


def test_a_queued_call_can_be_canceled_and_never_rings():
    w = office()
    w.client().calls.create(to=TARGET, from_=NUMBER, url=f"{APP}/answer")
    second = w.client().calls.create(
        to=TARGET, from_=NUMBER, url=f"{APP}/answer", status_callback=f"{APP}/status", status_callback_event=ALL
    )
    assert w.client().calls(second.sid).update(status="canceled").status == "canceled"
    w.carrier.run_until_idle()
    assert statuses(w) == ["canceled"]


def test_cancel_does_nothing_to_an_answered_call_and_completed_ends_it():
    w = office()
    w.pages["/answer"] = twiml('<Pause length="60"/>')
    w.carrier.set_script(TARGET, "answer")
    sid = w.client().calls.create(to=TARGET, from_=NUMBER, url=f"{APP}/answer").sid
    w.carrier.advance(10)
    assert w.client().calls(sid).update(status="canceled").status == "in-progress"
    assert w.client().calls(sid).update(status="completed").status == "completed"


def test_a_redirect_of_a_ringing_call_is_21220():
    w = office()
    sid = w.client().calls.create(to=TARGET, from_=NUMBER, url=f"{APP}/answer").sid
    w.carrier.advance(3)
    with pytest.raises(TwilioRestException) as refused:
        w.client().calls(sid).update(url=f"{APP}/answer")
    assert refused.value.code == 21220


def test_inline_twiml_runs_and_a_relative_action_in_it_leads_nowhere():
    w = office()
    w.carrier.set_script(TARGET, "answer, press 1")
    inline = twiml('<Gather numDigits="1" action="/relative"><Say>Key?</Say></Gather>')
    sid = w.client().calls.create(to=TARGET, from_=NUMBER, twiml=inline).sid
    w.carrier.run_until_idle()
    assert "heard: Key?" in w.lines(sid) and [one.code for one in w.carrier.notifications] == [11100]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"to": ""}, 21201), ({"from_": ""}, 21213), ({"to": "nobody"}, 21211), ({"from_": "+14150000000"}, 21210),
        ({"url": ""}, 21205), ({"url": "/relative"}, 21609), ({"status_callback": "https://a_b.example/x"}, 21609),
    ],
)  # fmt: skip
def test_bad_parameters_are_refused_with_the_carriers_codes(changes: dict[str, str], code: int):
    w = office()
    with pytest.raises(TwilioRestException) as refused:
        w.client().calls.create(**({"to": TARGET, "from_": NUMBER, "url": f"{APP}/answer"} | changes))
    assert (refused.value.code, refused.value.status) == (code, 400)
    assert w.carrier.calls.all == {}


def detected(mode: str, script: str, **more: str) -> World:
    w = office()
    w.carrier.set_script(TARGET, script)
    w.client().calls.create(to=TARGET, from_=NUMBER, url=f"{APP}/answer", machine_detection=mode, **more)
    w.carrier.run_until_idle()
    return w


@pytest.mark.parametrize(
    ("mode", "script", "found"),
    [
        ("Enable", "answer", "human"),
        ("Enable", "voicemail", "machine_start"),
        ("DetectMessageEnd", "voicemail", "machine_end_beep"),
    ],
)
def test_synchronous_detection_delays_the_document_and_names_who_answered(mode: str, script: str, found: str):
    w = detected(mode, script)
    form = w.at("/answer")[0]
    assert form["AnsweredBy"] == found and int(form["MachineDetectionDuration"]) > 3000


def test_asynchronous_detection_does_not_delay_the_document():
    w = office()
    w.pages["/answer"] = twiml('<Pause length="30"/>')
    w.carrier.set_script(TARGET, "voicemail after 1 s")
    w.client().calls.create(
        to=TARGET, from_=NUMBER, url=f"{APP}/answer", machine_detection="Enable", async_amd="true",
        async_amd_status_callback=f"{APP}/amd",
    )  # fmt: skip
    w.carrier.run_until_idle()
    assert "AnsweredBy" not in w.at("/answer")[0]
    assert w.at("/amd")[0]["AnsweredBy"] == "machine_start" and "From" not in w.at("/amd")[0]
    assert [one.path for one in w.seen] == ["/answer", "/amd"]


def test_calls_are_listed_newest_first_filtered_and_in_pages():
    w = office()
    sids = [w.client().calls.create(to=TARGET, from_=NUMBER, url=f"{APP}/answer").sid for _ in range(5)]
    w.client().calls.create(to="+14155559999", from_=NUMBER, url=f"{APP}/answer")
    client = w.client()
    assert [call.sid for call in client.calls.list(to=TARGET, page_size=2)] == sids[::-1]
    assert client.calls.list(status="completed") == []


def test_a_recorded_call_tells_its_recording_in_the_last_callback():
    w = office()
    w.pages["/answer"] = twiml('<Pause length="9"/>')
    w.carrier.set_script(TARGET, "answer")
    w.client().calls.create(to=TARGET, from_=NUMBER, url=f"{APP}/answer", record=True, status_callback=f"{APP}/status")
    w.carrier.run_until_idle()
    assert w.at("/status")[-1]["RecordingDuration"] == "9"
