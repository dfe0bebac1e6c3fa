"""Accounts, credentials, numbers, keys, recordings, messages, usage through the unmodified client (section 3)."""

import io
import wave

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from local.carrier.inprocess import InProcessHttpClient
from local.carrier.rest import RestRequest, handle
from local.carrier.testing import APP, CALLER, NUMBER, World, twiml, world
from local.carrier.webhooks.request import WebhookResponse

PATH = "/2010-04-01/Accounts/{}"


def refusal(act) -> tuple[int, int]:
    with pytest.raises(TwilioRestException) as refused:
        act()
    return refused.value.code, refused.value.status


def tenant(w: World) -> Client:
    """A subaccount with a number, used with its own credentials."""
    made = w.client().api.v2010.accounts.create(friendly_name="t_one")
    return Client(made.sid, made.auth_token, http_client=InProcessHttpClient(w.carrier))


def test_an_error_has_the_carriers_shape():
    w = world()
    path = PATH.format(w.account.sid) + "/Calls/CAnone.json"
    answer = handle(w.carrier, RestRequest("GET", path))
    assert answer.status == 401 and b'"code": 20003' in answer.body
    code, status = refusal(lambda: w.client().calls("CA" + "0" * 32).fetch())
    assert (code, status) == (20404, 404)


def test_parent_credentials_work_on_a_subaccount_and_a_subaccounts_only_on_its_own():
    w = world()
    sub = tenant(w)
    assert w.client().api.accounts(sub.account_sid).fetch().friendly_name == "t_one"
    other = tenant(w)
    assert refusal(lambda: sub.api.accounts(other.account_sid).fetch()) == (20003, 401)
    assert refusal(lambda: sub.api.accounts(w.account.sid).calls("CA").fetch()) == (20003, 401)


def test_a_call_of_one_account_is_not_found_by_another():
    w = world({"/voice": twiml("<Say>Hi</Say>")})
    sid = w.call()
    w.carrier.run_until_idle()
    assert refusal(lambda: tenant(w).calls(sid).fetch()) == (20404, 404)


def test_webhooks_of_a_subaccounts_number_are_signed_with_its_own_token():
    w = world({"/sub": twiml("<Say>Hi</Say>")})
    sub = tenant(w)
    number = sub.available_phone_numbers("US").local.list(area_code=212, limit=1)[0].phone_number
    sub.incoming_phone_numbers.create(phone_number=number, voice_url=f"{APP}/sub")
    w.carrier.place_call(CALLER, number)
    w.carrier.run_until_idle()
    (seen,) = w.seen
    signature = seen.headers["X-Twilio-Signature"]
    assert RequestValidator(sub.password).validate(f"{APP}/sub", seen.form, signature)
    assert not RequestValidator(w.account.auth_token).validate(f"{APP}/sub", seen.form, signature)


def test_an_api_key_stands_for_its_account_until_it_is_deleted():
    w = world()
    key = w.client().new_keys.create(friendly_name="worker")
    client = Client(key.sid, key.secret, w.account.sid, http_client=InProcessHttpClient(w.carrier))
    assert client.calls.list() == []
    assert w.client().keys(key.sid).delete()
    assert refusal(lambda: client.calls("CA").fetch()) == (20003, 401)


def test_both_tokens_are_valid_during_a_rotation_and_the_old_one_signs_until_the_promotion():
    w = world({"/voice": twiml("<Say>Hi</Say>")})
    old = w.account.auth_token
    fresh = w.client().accounts.v1.secondary_auth_token().create().secondary_auth_token
    second = Client(w.account.sid, fresh, http_client=InProcessHttpClient(w.carrier))
    assert second.calls.list() == [] and w.client().calls.list() == []
    assert w.carrier.accounts.token_of(w.account.sid) == old
    second.accounts.v1.auth_token_promotion().update()
    assert w.carrier.accounts.token_of(w.account.sid) == fresh
    stale = Client(w.account.sid, old, http_client=InProcessHttpClient(w.carrier))
    assert refusal(lambda: stale.calls("CA").fetch()) == (20003, 401)


def test_a_suspended_account_makes_no_calls_but_those_in_progress_go_on():
    w = world({"/sub": twiml('<Pause length="100"/>')})
    sub = tenant(w)
    sub.incoming_phone_numbers.create(phone_number="+12125550100", voice_url=f"{APP}/sub")
    running = w.carrier.place_call(CALLER, "+12125550100")
    w.carrier.advance(5)
    w.client().api.accounts(sub.account_sid).update(status="suspended")
    assert refusal(lambda: sub.calls.create(to=CALLER, from_="+12125550100", url=APP))[0] == 20005
    refused = w.carrier.place_call(CALLER, "+12125550100")
    w.carrier.advance(5)
    assert (w.carrier.call(running).over, w.carrier.call(refused).status) == (False, "failed")


def test_closing_an_account_releases_its_numbers_and_only_the_parent_may():
    w = world()
    sub = tenant(w)
    sub.incoming_phone_numbers.create(phone_number="+12125550100")
    assert refusal(lambda: sub.api.accounts(sub.account_sid).update(status="closed"))[1] == 403
    w.client().api.accounts(sub.account_sid).update(status="closed")
    assert w.carrier.accounts.number("+12125550100") is None
    assert refusal(lambda: w.client().api.accounts(sub.account_sid).update(status="active"))[1] == 403


def test_numbers_are_bought_once_changed_moved_and_released():
    w = world()
    sub, client = tenant(w), w.client()
    bought = client.incoming_phone_numbers.create(area_code="212", friendly_name="desk")
    assert refusal(lambda: sub.incoming_phone_numbers.create(phone_number=bought.phone_number))[0] == 21422
    changed = client.incoming_phone_numbers(bought.sid).update(voice_url=f"{APP}/new", status_callback=f"{APP}/s")
    assert (changed.voice_url, changed.voice_method) == (f"{APP}/new", "POST")
    client.incoming_phone_numbers(bought.sid).update(account_sid=sub.account_sid)
    (moved,) = sub.incoming_phone_numbers.list()
    assert moved.sid == bought.sid
    assert sub.incoming_phone_numbers(bought.sid).delete()
    assert w.carrier.accounts.number(bought.phone_number) is None


def test_a_number_in_an_application_ignores_its_own_voice_url():
    w = world({"/app": twiml("<Say>App</Say>")})
    client = w.client()
    application = client.applications.create(friendly_name="ivr", voice_url=f"{APP}/app")
    (number,) = client.incoming_phone_numbers.list()
    client.incoming_phone_numbers(number.sid).update(voice_application_sid=application.sid)
    sid = w.call()
    w.carrier.run_until_idle()
    assert "heard: App" in w.lines(sid) and w.at("/app")[0]["ApplicationSid"] == application.sid


def recorded(w: World) -> tuple[str, str]:
    """A call in progress that is being recorded by REST: call and recording sid."""
    w.pages |= {"/voice": twiml('<Pause length="1"/><Say>x</Say><Pause length="120"/>'), "/rec": WebhookResponse(204)}
    sid = w.call()
    w.carrier.advance(5)
    started = (
        w.client()
        .calls(sid)
        .recordings.create(
            recording_status_callback=f"{APP}/rec", recording_status_callback_event=["in-progress", "completed"]
        )
    )
    return sid, started.sid


def test_a_recording_is_started_paused_resumed_stopped_and_is_a_real_sound_file():
    w = world()
    call, sid = recorded(w)
    current = w.client().calls(call).recordings("Twilio.CURRENT")
    w.carrier.advance(10)
    current.update(status="paused", pause_behavior="skip")
    w.carrier.advance(20)
    current.update(status="in-progress")
    w.carrier.advance(5)
    current.update(status="stopped")
    w.carrier.advance(3)
    (listed,) = w.client().recordings.list(call_sid=call)
    assert (listed.sid, listed.status, listed.duration, listed.source) == (
        sid, "completed", "15", "StartCallRecordingAPI",
    )  # fmt: skip
    assert [form["RecordingStatus"] for form in w.at("/rec")] == ["in-progress", "completed"]
    http = InProcessHttpClient(w.carrier)
    sound = http.request("GET", listed.media_url + ".wav", auth=(w.account.sid, w.account.auth_token))
    with wave.open(io.BytesIO(sound.text.encode("latin-1"))) as file:
        assert file.getnframes() / file.getframerate() == 15


def test_a_pause_filled_with_silence_counts_and_a_deleted_recording_is_gone():
    w = world()
    call, sid = recorded(w)
    w.client().calls(call).recordings(sid).update(status="paused")
    w.carrier.advance(10)
    w.client().calls(call).update(status="completed")
    w.carrier.advance(3)
    assert w.client().recordings(sid).fetch().duration == "10"
    assert w.client().recordings(sid).delete()
    assert refusal(lambda: w.client().recordings(sid).fetch())[0] == 20404


def test_nothing_recorded_is_absent():
    w = world()
    call, sid = recorded(w)
    w.client().calls(call).update(status="completed")
    w.carrier.advance(3)
    assert w.client().recordings(sid).fetch().status == "absent"


def test_prices_come_late_and_every_begun_minute_counts():
    w = world({"/voice": twiml('<Say>x</Say><Pause length="70"/>')})
    sid = w.call()
    w.carrier.advance(100)
    assert w.client().calls(sid).fetch().price is None
    w.carrier.run_until_idle()
    assert w.client().calls(sid).fetch().price == "-0.01700"


def test_a_number_costs_a_months_price_when_it_is_bought_and_each_month_on_that_day():
    w = world()
    today = w.client().usage.records.today
    assert [record.usage for record in today.list(category="phonenumbers")] == ["1"]
    w.clock.advance(27 * 86_400)
    assert [record.usage for record in today.list(category="phonenumbers")] == ["0"]
    w.clock.advance(100 * 86_400)
    assert sum(int(record.usage) for record in w.client().usage.records.list(category="phonenumbers")) == 5


def test_usage_categories_nest_and_include_subaccounts_unless_told_otherwise():
    w = world({"/voice": twiml('<Say>x</Say><Pause length="70"/>'), "/sub": twiml("<Say>x</Say>")})
    sub = tenant(w)
    sub.incoming_phone_numbers.create(phone_number="+12125550100", voice_url=f"{APP}/sub")
    w.call()
    w.carrier.place_call(CALLER, "+12125550100")
    w.carrier.run_until_idle()
    usage = {record.category: record for record in w.client().usage.records.list()}
    assert usage["calls"].usage == usage["calls-inbound"].usage == usage["calls-inbound-local"].usage == "3"
    own = w.client().usage.records.list(category="calls", include_subaccounts=False)
    assert [record.usage for record in own] == ["2"] and own[0].as_of
    assert [record.usage for record in sub.usage.records.today.list(category="calls")] == ["1"]
    assert len(w.client().usage.records.daily.list(category="totalprice")) == 1


def test_a_message_is_queued_then_delivered_with_its_callbacks():
    w = world({"/sms": WebhookResponse(204)})
    sent = w.client().messages.create(to=CALLER, from_=NUMBER, body="Hello", status_callback=f"{APP}/sms")
    assert sent.status == "queued"
    w.carrier.run_until_idle()
    assert [form["MessageStatus"] for form in w.at("/sms")] == ["sending", "sent", "delivered"]
    assert w.client().messages(sent.sid).fetch().price == "-0.00830"


def test_an_incoming_message_reaches_the_numbers_sms_url():
    w = world({"/sms": WebhookResponse(204)})
    number = w.carrier.accounts.number(NUMBER)
    assert number is not None
    number.voice.sms_url = f"{APP}/sms"
    with w.carrier.step():
        w.carrier.messaging.receive(CALLER, NUMBER, "Where are you?")
    w.carrier.run_until_idle()
    form = w.at("/sms")[0]
    assert form["Body"] == "Where are you?" and form["MessageSid"] == form["SmsSid"] == form["SmsMessageSid"]


def test_the_debugger_is_a_resource():
    w = world({"/voice": WebhookResponse(404)})
    sid = w.call()
    w.carrier.run_until_idle()
    (one,) = w.client().calls(sid).notifications.list()
    assert (one.error_code, one.log) == ("11200", "0")
