"""Enqueue and Dial Queue: waiting, positions, and every QueueResult (reference section 1)."""

import pytest
from twilio.base.exceptions import TwilioRestException

from local.carrier.testing import APP, NUMBER, World, twiml, world
from local.carrier.webhooks.request import WebhookResponse

AGENT = "+14155551111"


def waiting(wait: str = "<Play>hold.mp3</Play>") -> World:
    return world(
        {
            "/voice": twiml('<Enqueue action="/after" waitUrl="/wait">sales</Enqueue>', "<Say>Next verb</Say>"),
            "/wait": twiml(wait),
            "/after": twiml("<Say>Out of the queue</Say>"),
            "/agent": twiml('<Dial action="/agent-after"><Queue url="/whisper">sales</Queue></Dial>'),
            "/agent-after": twiml("<Hangup/>"),
            "/whisper": twiml("<Say>You are next</Say>"),
        }
    )


def result(w: World) -> str:
    (form,) = w.at("/after")
    return form["QueueResult"]


def test_the_wait_document_is_requested_again_and_again_with_the_position():
    w = waiting()
    w.call(from_="+14155550001")
    w.carrier.advance(1)
    w.call(from_="+14155550002")
    w.carrier.advance(35)
    second = [form for form in w.at("/wait") if form["From"] == "+14155550002"]
    assert [form["QueuePosition"] for form in second] == ["2"] * 4
    assert [form["QueueTime"] for form in second] == ["0", "10", "20", "30"]
    assert (second[0]["CurrentQueueSize"], second[0]["MaxQueueSize"]) == ("2", "1000")


def test_an_empty_wait_document_does_not_stop_time():
    w = waiting("")
    w.call()
    w.carrier.advance(10)
    assert 5 <= len(w.at("/wait")) <= 12


def test_an_empty_wait_url_is_silence_and_none_is_the_carriers_music():
    w = waiting()
    w.pages["/voice"] = twiml('<Enqueue waitUrl="">sales</Enqueue>')
    w.call("hang up after 30 s")
    w.pages["/voice"] = twiml("<Enqueue>sales</Enqueue>")
    w.carrier.run_until_idle()
    with_music = w.call("hang up after 30 s")
    w.carrier.run_until_idle()
    assert w.at("/wait") == [] and "music 30 s" in w.lines(with_music)


def test_an_agent_who_dials_the_queue_takes_the_front_and_the_action_comes_only_after_the_bridge():
    w = waiting()
    w.carrier.set_script(AGENT, "answer after 1 s, hang up 20 s after connecting")
    sid = w.call()
    w.carrier.advance(30)
    w.client().calls.create(to=AGENT, from_=NUMBER, url=f"{APP}/agent")
    w.carrier.advance(15)
    assert w.at("/after") == []
    assert w.at("/whisper")[0]["CallSid"] == sid and "DequeingCallSid" in w.at("/whisper")[0]
    w.carrier.run_until_idle()
    assert result(w) == "bridged" and int(w.at("/after")[0]["QueueTime"]) >= 30
    assert w.at("/agent-after")[0]["DialCallStatus"] == "completed"
    assert "heard: Out of the queue" in w.lines(sid)


def test_an_agent_waits_for_a_caller_only_as_long_as_the_dial_timeout():
    w = waiting()
    w.carrier.set_script(AGENT, "answer after 1 s")
    w.carrier.lines.create(w.account.sid, "sales")
    w.client().calls.create(to=AGENT, from_=NUMBER, url=f"{APP}/agent")
    w.carrier.run_until_idle()
    assert w.at("/agent-after")[0]["DialCallStatus"] == "no-answer"


def test_a_caller_who_comes_while_an_agent_waits_is_bridged_at_once():
    w = waiting()
    w.carrier.set_script(AGENT, "answer after 1 s, hang up 5 s after connecting")
    w.carrier.lines.create(w.account.sid, "sales")
    w.client().calls.create(to=AGENT, from_=NUMBER, url=f"{APP}/agent")
    w.carrier.advance(5)
    w.call()
    w.carrier.run_until_idle()
    assert result(w) == "bridged"


def test_dialling_an_unknown_queue_fails():
    w = waiting()
    w.carrier.set_script(AGENT, "answer after 1 s")
    w.client().calls.create(to=AGENT, from_=NUMBER, url=f"{APP}/agent")
    w.carrier.run_until_idle()
    assert w.at("/agent-after")[0]["DialCallStatus"] == "failed"


def test_hanging_up_while_waiting_is_hangup():
    w = waiting()
    w.call("hang up after 12 s")
    w.carrier.run_until_idle()
    assert result(w) == "hangup" and w.at("/after")[0]["CallStatus"] == "completed"


def test_leave_ends_the_waiting_at_once():
    w = waiting("<Say>Bye</Say><Leave/>")
    sid = w.call()
    w.carrier.run_until_idle()
    assert result(w) == "leave" and "heard: Out of the queue" in w.lines(sid)


def test_without_an_action_the_next_verb_follows():
    w = waiting("<Leave/>")
    w.pages["/voice"] = twiml('<Enqueue waitUrl="/wait">sales</Enqueue>', "<Say>Next verb</Say>")
    sid = w.call()
    w.carrier.run_until_idle()
    assert "heard: Next verb" in w.lines(sid)


def test_a_rest_redirect_is_redirected_and_the_action_does_not_steer():
    w = waiting()
    sid = w.call()
    w.carrier.advance(12)
    w.client().calls(sid).update(twiml=twiml("<Say>Moved</Say>"))
    w.carrier.run_until_idle()
    assert result(w) == "redirected" and "heard: Moved" in w.lines(sid)
    assert "heard: Out of the queue" not in w.lines(sid)


def test_a_redirect_of_a_caller_who_has_just_hung_up_is_21220():
    w = waiting()
    sid = w.call()
    w.carrier.advance(12)
    w.carrier.hang_up(sid)
    with pytest.raises(TwilioRestException) as refused:
        w.client().calls(sid).update(twiml=twiml("<Say>Too late</Say>"))
    assert (refused.value.code, refused.value.status) == (21220, 400)
    assert "Cannot redirect" in refused.value.msg


def test_a_caller_who_hangs_up_while_the_application_redirects_it_is_still_over():
    w = waiting()
    sid = w.call()
    w.carrier.advance(12)

    def hang_up_inside(form: dict[str, str]) -> str:
        w.carrier.hang_up(sid)
        with pytest.raises(TwilioRestException):
            w.client().calls(sid).update(twiml=twiml("<Say>x</Say>"))
        return twiml("<Play>hold.mp3</Play>")

    w.pages["/wait"] = hang_up_inside
    w.carrier.run_until_idle()
    assert result(w) == "hangup" and w.carrier.live_calls() == []


def test_a_redirect_out_of_a_bridge_is_redirected_from_bridged():
    w = waiting()
    w.carrier.set_script(AGENT, "answer after 1 s")
    sid = w.call()
    w.client().calls.create(to=AGENT, from_=NUMBER, url=f"{APP}/agent")
    w.carrier.advance(20)
    w.client().calls(sid).update(twiml=twiml("<Say>Moved</Say>"))
    w.carrier.run_until_idle()
    assert result(w) == "redirected-from-bridged"
    assert w.carrier.live_calls() == []


def test_a_full_queue_is_queue_full_without_a_queue_sid():
    w = waiting()
    w.client().queues.create(friendly_name="sales", max_size=1)
    w.call(from_="+14155550001")
    w.carrier.advance(1)
    w.call(from_="+14155550002")
    w.carrier.advance(5)
    assert result(w) == "queue-full" and "QueueSid" not in w.at("/after")[0]


def test_a_wait_document_that_fails_is_error():
    w = waiting()
    w.pages["/wait"] = WebhookResponse(500)
    w.call()
    w.carrier.run_until_idle()
    assert result(w) == "error"


def test_dial_is_not_allowed_in_a_wait_document():
    w = waiting("<Dial>+14155551111</Dial><Play>hold.mp3</Play>")
    w.call("hang up after 5 s")
    w.carrier.run_until_idle()
    assert {one.code for one in w.carrier.notifications} == {12200}


def test_members_are_listed_in_order_and_the_front_can_be_taken_out_by_rest():
    w = waiting()
    first = w.call(from_="+14155550001")
    w.carrier.advance(3)
    second = w.call(from_="+14155550002")
    w.carrier.advance(3)
    client = w.client()
    (queue,) = client.queues.list()
    assert (queue.friendly_name, queue.current_size) == ("sales", 2)
    members = client.queues(queue.sid).members.list()
    assert [(one.call_sid, one.position) for one in members] == [(first, 1), (second, 2)]
    w.pages["/taken"] = twiml("<Say>Taken</Say>")
    client.queues(queue.sid).members("Front").update(url=f"{APP}/taken")
    w.carrier.advance(3)
    assert "heard: Taken" in w.lines(first)
    assert client.queues(queue.sid).members(second).fetch().position == 1


def test_a_key_in_the_wait_document_can_lead_out_of_the_queue():
    w = waiting('<Gather numDigits="1" action="/callback"><Say>Press one for a callback</Say></Gather>')
    w.pages["/callback"] = twiml("<Say>We call you</Say>", "<Leave/>")
    w.call("press 1")
    w.carrier.run_until_idle()
    assert result(w) == "leave"
