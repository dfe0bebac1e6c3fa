"""Dialling people: ringing, screening, bridging, ending (reference sections 1 and 2)."""

import pytest

from local.carrier.testing import CALLER, NUMBER, World, twiml, world
from local.carrier.webhooks.request import WebhookResponse

ANNA, BOB = "+14155551111", "+14155552222"


def dialling(target: str = f"<Number>{ANNA}</Number>", attributes: str = "") -> World:
    return world(
        {"/voice": twiml(f'<Dial action="/after" {attributes}>{target}</Dial>'), "/after": twiml("<Say>Bye</Say>")}
    )


def test_the_caller_is_bridged_with_whoever_answers_and_the_action_tells_of_it():
    w = dialling()
    w.carrier.set_script(ANNA, "answer after 3 s, hang up 20 s after connecting")
    sid = w.call()
    w.carrier.run_until_idle()
    form = w.at("/after")[0]
    assert (form["DialCallStatus"], form["DialBridged"], form["DialCallDuration"]) == ("completed", "true", "20")
    child = w.carrier.call(form["DialCallSid"])
    assert (child.direction, child.parent_sid, child.from_) == ("outbound-dial", sid, CALLER)
    assert f"connected with {ANNA}" in w.lines(sid) and "heard: Bye" in w.lines(sid)


@pytest.mark.parametrize(("script", "status"), [("busy", "busy"), ("fail", "failed"), ("do not answer", "no-answer")])
def test_whoever_does_not_answer_is_told_by_its_status(script: str, status: str):
    w = dialling()
    w.carrier.set_script(ANNA, script)
    w.call()
    w.carrier.run_until_idle()
    assert (w.at("/after")[0]["DialCallStatus"], w.at("/after")[0]["DialBridged"]) == (status, "false")


def test_ringing_lasts_five_seconds_longer_than_configured():
    w = dialling(attributes='timeout="10"')
    w.call()
    w.carrier.run_until_idle()
    assert 15 <= w.seen[1].at - w.seen[0].at < 16.5


def test_the_first_of_several_to_answer_wins_and_the_others_stop_ringing():
    w = dialling(f"<Number>{ANNA}</Number><Number>{BOB}</Number>")
    w.carrier.set_script(ANNA, "answer after 9 s")
    w.carrier.set_script(BOB, "answer after 2 s, hang up 5 s after connecting")
    w.call()
    w.carrier.run_until_idle()
    by_number = {call.to: call for call in w.carrier.calls.all.values()}
    assert (by_number[ANNA].status, by_number[BOB].status) == ("canceled", "completed")


def test_sequential_dialling_rings_the_next_after_the_one_before():
    w = dialling(f"<Number>{ANNA}</Number><Number>{BOB}</Number>", 'sequential="true"')
    w.carrier.set_script(ANNA, "busy")
    w.carrier.set_script(BOB, "answer, hang up 5 s after connecting")
    w.call()
    w.carrier.run_until_idle()
    assert w.at("/after")[0]["DialBridged"] == "true"


def test_a_screening_document_that_hangs_up_is_completed_but_not_bridged():
    w = dialling(f'<Number url="/screen">{ANNA}</Number>')
    w.pages["/screen"] = twiml('<Gather numDigits="1" timeout="2"><Say>Press a key</Say></Gather>', "<Hangup/>")
    w.carrier.set_script(ANNA, "answer")
    w.call()
    w.carrier.run_until_idle()
    form = w.at("/after")[0]
    assert (form["DialCallStatus"], form["DialBridged"]) == ("completed", "false")


def test_dial_inside_a_screening_document_is_refused():
    w = dialling(f'<Number url="/screen">{ANNA}</Number>')
    w.pages["/screen"] = twiml(f"<Dial>{BOB}</Dial>")
    w.carrier.set_script(ANNA, "answer, hang up 3 s after connecting")
    w.call()
    w.carrier.run_until_idle()
    assert [one.code for one in w.carrier.notifications] == [12200]
    assert BOB not in {call.to for call in w.carrier.calls.all.values()}


def test_a_caller_who_hangs_up_ends_the_other_leg_and_the_action_is_still_requested():
    w = dialling()
    w.carrier.set_script(ANNA, "answer after 2 s")
    w.call("hang up 10 s after connecting")
    w.carrier.run_until_idle()
    assert w.at("/after")[0]["CallStatus"] == "completed"
    assert w.carrier.live_calls() == []


def test_answer_on_bridge_keeps_the_caller_ringing():
    w = dialling(attributes='answerOnBridge="true"')
    w.carrier.set_script(ANNA, "answer after 6 s, hang up 5 s after connecting")
    sid = w.call()
    w.carrier.advance(4)
    assert w.carrier.call(sid).status == "ringing"
    w.carrier.advance(4)
    assert w.carrier.call(sid).status == "in-progress"


def test_rest_redirect_of_a_dialling_caller_asks_the_action_and_follows_only_the_new_document():
    w = dialling()
    w.pages["/new"] = twiml("<Say>Somewhere else</Say>")
    w.carrier.set_script(ANNA, "answer after 1 s")
    sid = w.call()
    w.carrier.advance(10)
    w.client().calls(sid).update(url="https://app.example.test/new")
    w.carrier.run_until_idle()
    assert len(w.at("/after")) == 1 and "heard: Somewhere else" in w.lines(sid)
    assert "heard: Bye" not in w.lines(sid)


def test_a_redirected_callee_leaves_the_bridge_without_a_duration():
    w = dialling()
    w.carrier.set_script(ANNA, "answer after 1 s")
    w.call()
    w.carrier.advance(10)
    child = next(call for call in w.carrier.live_calls() if call.to == ANNA)
    w.client().calls(child.sid).update(twiml=twiml("<Say>You alone</Say>"))
    w.carrier.run_until_idle()
    form = w.at("/after")[0]
    assert form["DialCallStatus"] == "completed" and "DialCallDuration" not in form
    assert "heard: You alone" in w.lines(child.sid)


def test_hangup_on_star_lets_the_caller_leave_the_bridge():
    w = dialling(attributes='hangupOnStar="true"')
    w.carrier.set_script(ANNA, "answer after 1 s")
    sid = w.call("press * after 8 s")
    w.carrier.run_until_idle()
    assert "heard: Bye" in w.lines(sid)


def test_progress_callbacks_of_a_dialled_number_are_separate_and_numbered():
    events = 'statusCallback="/status" statusCallbackEvent="initiated ringing answered completed"'
    w = dialling(f"<Number {events}>{ANNA}</Number>")
    w.pages["/status"] = WebhookResponse(204)
    w.carrier.set_script(ANNA, "answer after 1 s, hang up 61 s after connecting")
    w.call()
    w.carrier.run_until_idle()
    forms = w.at("/status")
    assert [form["CallStatus"] for form in forms] == ["initiated", "ringing", "in-progress", "completed"]
    assert [form["SequenceNumber"] for form in forms] == ["0", "1", "2", "3"]
    assert (forms[-1]["CallDuration"], forms[-1]["Duration"]) == ("61", "2")
    assert forms[0]["Timestamp"].endswith("+0000") and "ParentCallSid" in forms[0]


def test_an_unregistered_browser_does_not_ring_and_a_registered_one_can_be_driven_live():
    w = dialling("<Client>agent_1</Client>")
    w.call()
    w.carrier.run_until_idle()
    assert w.at("/after")[0]["DialCallStatus"] == "no-answer"
    w.carrier.register_client("agent_1")
    sid = w.call()
    w.carrier.advance(2)
    (ringing,) = w.carrier.ringing_at("client:agent_1")
    w.carrier.answer(ringing.sid)
    w.carrier.advance(1)
    assert w.carrier.hearing(sid) == {ringing.sid}
    w.carrier.hang_up(ringing.sid)
    w.carrier.run_until_idle()
    assert w.at("/after")[1]["DialCallStatus"] == "completed"


def test_a_browser_calls_through_an_application_with_parameters_of_its_own():
    w = world({"/client": twiml("<Say>Hi</Say>")})
    application = w.carrier.accounts.create_application(w.account.sid, "app")
    application.voice.voice_url = "https://app.example.test/client"
    w.carrier.place_call("client:agent_1", application.sid, params={"mode": "test"})
    w.carrier.run_until_idle()
    form = w.at("/client")[0]
    assert (form["From"], form["ApplicationSid"], form["mode"]) == ("client:agent_1", application.sid, "test")
    assert "FromCity" not in form


def test_dial_record_sends_the_recording_with_the_action_and_by_callback():
    w = dialling(attributes='record="record-from-answer-dual" recordingStatusCallback="/rec"')
    w.pages["/rec"] = WebhookResponse(204)
    w.carrier.set_script(ANNA, "answer after 1 s, hang up 12 s after connecting")
    sid = w.call()
    w.carrier.run_until_idle()
    assert w.at("/after")[0]["RecordingDuration"] == "12"
    form = w.at("/rec")[0]
    assert (form["RecordingSource"], form["CallSid"], form["RecordingChannels"]) == ("DialVerb", sid, "2")


def test_numbers_callback_fires_only_at_the_end():
    w = dialling()
    number = w.carrier.accounts.number(NUMBER)
    assert number is not None
    number.voice.status_callback = "https://app.example.test/ended"
    w.pages["/ended"] = WebhookResponse(204)
    w.call("hang up after 3 s")
    w.carrier.run_until_idle()
    assert [form["CallStatus"] for form in w.at("/ended")] == ["completed"]
