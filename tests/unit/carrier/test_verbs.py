"""What a caller hears and what the application is asked, verb by verb (reference sections 1 and 2)."""

from local.carrier.testing import APP, CALLER, NUMBER, twiml, world
from local.carrier.webhooks.request import WebhookResponse

ASK = '<Gather numDigits="1" action="/menu" timeout="3"><Say>Press one</Say></Gather>'


def test_the_first_request_is_ringing_and_carries_the_standard_parameters():
    w = world({"/voice": twiml("<Say>Hello</Say>")})
    sid = w.call()
    w.carrier.run_until_idle()
    form = w.at("/voice")[0]
    assert form["CallSid"] == sid and form["AccountSid"] == w.account.sid
    assert (form["CallStatus"], form["Direction"], form["ApiVersion"]) == ("ringing", "inbound", "2010-04-01")
    assert (form["From"], form["To"], form["Caller"], form["Called"]) == (CALLER, NUMBER, CALLER, NUMBER)
    assert form["FromCountry"] == "US" and "ParentCallSid" not in form


def test_a_document_that_ends_hangs_up():
    w = world({"/voice": twiml("<Say>Hello</Say>")})
    sid = w.call()
    w.carrier.run_until_idle()
    assert w.carrier.call(sid).status == "completed"
    assert w.lines(sid)[-2:] == ["heard: Hello", "call over: completed"]


def test_gather_sends_the_digits_without_the_finish_key():
    w = world({"/voice": twiml('<Gather action="/menu"><Say>Number?</Say></Gather>'), "/menu": twiml("<Hangup/>")})
    w.call("press 42#")
    w.carrier.run_until_idle()
    form = w.at("/menu")[0]
    assert (form["Digits"], form["FinishedOnKey"], form["msg"]) == ("42", "#", "Gather End")


def test_gather_that_ends_by_count_or_time_names_no_key():
    w = world({"/voice": twiml('<Gather action="/menu" timeout="2"><Say>Number?</Say></Gather>')})
    w.pages["/menu"] = twiml("<Hangup/>")
    w.call("press 7")
    w.carrier.run_until_idle()
    assert (w.at("/menu")[0]["Digits"], w.at("/menu")[0]["FinishedOnKey"]) == ("7", "")


def test_gather_without_an_entry_falls_through_to_the_next_verb():
    w = world({"/voice": twiml(ASK, "<Say>Nothing entered</Say>")})
    sid = w.call()
    w.carrier.run_until_idle()
    assert w.at("/menu") == [] and "heard: Nothing entered" in w.lines(sid)


def test_gather_with_action_on_empty_result_asks_with_empty_digits():
    w = world({"/voice": twiml('<Gather action="/menu" actionOnEmptyResult="true" timeout="1"/>')})
    w.pages["/menu"] = twiml("<Hangup/>")
    w.call()
    w.carrier.run_until_idle()
    assert w.at("/menu")[0]["Digits"] == ""


def test_gather_without_action_requests_its_own_document_again():
    w = world({"/voice": lambda form: twiml("<Hangup/>" if "Digits" in form else '<Gather numDigits="1"/>')})
    w.call("press 5")
    w.carrier.run_until_idle()
    assert [form.get("Digits") for form in w.at("/voice")] == [None, "5"]


def test_a_key_cuts_the_prompt_short():
    w = world({"/voice": twiml('<Gather numDigits="1" action="/menu"><Say>' + "word " * 100 + "</Say></Gather>")})
    w.pages["/menu"] = twiml("<Hangup/>")
    w.call("press 1 after 2 s")
    w.carrier.run_until_idle()
    assert w.seen[1].at - w.seen[0].at < 3


def test_a_key_pressed_while_nobody_listens_is_lost():
    w = world({"/voice": twiml("<Say>one two three four five</Say>", ASK, "<Say>Nothing</Say>")})
    sid = w.call("press 1 after 1 s")
    w.carrier.run_until_idle()
    assert w.at("/menu") == [] and "heard: Nothing" in w.lines(sid)


def test_speech_input_sends_the_words_and_a_confidence():
    w = world({"/voice": twiml('<Gather input="speech" action="/menu"/>'), "/menu": twiml("<Hangup/>")})
    w.call('say "billing please"')
    w.carrier.run_until_idle()
    assert w.at("/menu")[0]["SpeechResult"] == "billing please" and "Digits" not in w.at("/menu")[0]


def test_a_person_who_mumbles_is_recognised_with_less_confidence():
    w = world({"/voice": twiml('<Gather input="dtmf speech" action="/menu"/>'), "/menu": twiml("<Hangup/>")})
    w.call('say "billing please" with confidence 0.3')
    w.carrier.run_until_idle()
    assert w.at("/menu")[0]["Confidence"] == "0.3"


def test_a_redirected_action_loses_its_digits():
    w = world(
        {"/voice": twiml(ASK), "/menu": WebhookResponse(302, {"Location": "/other"}), "/other": twiml("<Hangup/>")}
    )
    w.call("press 1")
    w.carrier.run_until_idle()
    assert w.seen[-1].method == "GET" and "Digits" not in w.seen[-1].form


def test_record_always_asks_its_action_and_says_what_ended_it():
    w = world({"/voice": twiml('<Record action="/done" recordingStatusCallback="/rec"/>'), "/done": twiml("<Hangup/>")})
    w.pages["/rec"] = WebhookResponse(204)
    w.call('say "please call me back tomorrow", press # after 3 s')
    w.carrier.run_until_idle()
    form = w.at("/done")[0]
    assert form["Digits"] == "#" and int(form["RecordingDuration"]) > 2
    assert form["RecordingUrl"].endswith(form["RecordingSid"])
    assert w.at("/rec")[0]["RecordingSource"] == "RecordVerb"


def test_record_reports_a_hang_up_and_its_answer_is_ignored():
    w = world({"/voice": twiml('<Record action="/done"/>'), "/done": twiml("<Say>never heard</Say>")})
    sid = w.call("hang up after 2 s")
    w.carrier.run_until_idle()
    assert (w.at("/done")[0]["Digits"], w.at("/done")[0]["CallStatus"]) == ("hangup", "completed")
    assert "heard: never heard" not in w.lines(sid)


def test_pause_first_delays_the_answer_and_reject_refuses_without_answering():
    w = world({"/voice": twiml('<Pause length="4"/>', "<Say>Hi</Say>")})
    sid = w.call()
    w.carrier.run_until_idle()
    call = w.carrier.call(sid)
    assert call.answered_at is not None and call.answered_at - call.created_at >= 4
    w.pages["/voice"] = twiml('<Reject reason="busy"/>')
    refused = w.carrier.call(w.call())
    w.carrier.run_until_idle()
    assert refused.status == "busy" and refused.answered_at is None


def test_redirect_runs_another_document_and_relative_addresses_follow_the_current_one():
    w = world({"/voice": twiml("<Redirect>/flows/one</Redirect>"), "/flows/one": twiml("<Redirect>two</Redirect>")})
    w.pages["/flows/two"] = twiml("<Say>Arrived</Say>")
    sid = w.call()
    w.carrier.run_until_idle()
    assert "heard: Arrived" in w.lines(sid)


def test_a_failing_document_is_spoken_as_application_error_and_shown_to_the_developer():
    w = world({"/voice": WebhookResponse(500, body="oops")})
    sid = w.call()
    w.carrier.run_until_idle()
    assert any("application error" in line for line in w.lines(sid))
    assert [(one.code, one.call_sid) for one in w.carrier.notifications] == [(11200, sid)]


def test_the_fallback_address_gets_the_error_and_leads_the_call():
    w = world({"/voice": "<Response><Say>broken", "/fallback": twiml("<Say>Plan B</Say>")})
    number = w.carrier.accounts.number(NUMBER)
    assert number is not None
    number.voice.voice_fallback_url = f"{APP}/fallback"
    sid = w.call()
    w.carrier.run_until_idle()
    form = w.at("/fallback")[0]
    assert (form["ErrorCode"], form["ErrorUrl"]) == ("12100", f"{APP}/voice")
    assert "heard: Plan B" in w.lines(sid)


def test_background_recording_goes_on_across_documents_until_the_call_ends():
    events = 'recordingStatusCallback="/rec" recordingStatusCallbackEvent="in-progress completed"'
    start = f"<Start><Recording {events}/></Start>"
    w = world({"/voice": twiml(start, "<Redirect>/next</Redirect>"), "/next": twiml("<Say>a b c d e f g h</Say>")})
    w.pages["/rec"] = WebhookResponse(204)
    w.call()
    w.carrier.run_until_idle()
    assert [form["RecordingStatus"] for form in w.at("/rec")] == ["in-progress", "completed"]
    assert w.at("/rec")[1]["RecordingChannels"] == "2"
