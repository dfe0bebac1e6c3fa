"""Delivery: retries, limits, overrides in the fragment (reference sections 0, 1 and 3)."""

from local.carrier.testing import APP, NUMBER, World, twiml, world
from local.carrier.webhooks.overrides import retry_policy
from local.carrier.webhooks.request import ConnectFailed, WebhookResponse


def failing_first(w: World, failures: int, failure: Exception | WebhookResponse) -> None:
    """The voice page fails some times, then works."""

    def page(form: dict[str, str]) -> str | WebhookResponse:
        if len(w.at("/voice")) > failures:
            return twiml("<Say>Here</Say>")
        if isinstance(failure, Exception):
            raise failure
        return failure

    w.pages["/voice"] = page


def tries(w: World) -> int:
    w.call()
    w.carrier.run_until_idle()
    return len(w.at("/voice"))


def test_a_failed_connection_is_tried_once_more_with_the_same_idempotency_token():
    w = world()
    failing_first(w, 1, ConnectFailed("refused"))
    assert tries(w) == 2 and w.carrier.notifications == []
    assert len({one.headers["I-Twilio-Idempotency-Token"] for one in w.seen}) == 1


def test_two_failed_connections_are_an_error():
    w = world()
    failing_first(w, 2, ConnectFailed("refused"))
    assert tries(w) == 2 and [one.code for one in w.carrier.notifications] == [11205]


def test_an_http_error_is_not_tried_again():
    w = world()
    failing_first(w, 1, WebhookResponse(503))
    assert tries(w) == 1


def test_a_fragment_can_ask_for_retries_after_5xx_and_is_neither_sent_nor_signed():
    w = world()
    number = w.carrier.accounts.number(NUMBER)
    assert number is not None
    number.voice.voice_url = f"{APP}/voice#rc=3&rp=ct,5xx"
    failing_first(w, 2, WebhookResponse(500))
    assert tries(w) == 3 and w.carrier.notifications == []


def test_overrides_are_read_with_the_carriers_limits():
    assert retry_policy("https://x/y#rc=9&rp=all").retries == 5
    assert retry_policy("https://x/y").after == {"ct"}


def test_an_answer_after_fifteen_seconds_is_no_answer():
    w = world({"/voice": WebhookResponse(body=twiml("<Say>Too late</Say>"), took_s=16)})
    sid = w.call()
    w.carrier.run_until_idle()
    assert "heard: Too late" not in w.lines(sid) and w.carrier.notifications[0].code == 11200


def test_a_slow_answer_lets_virtual_time_pass():
    w = world({"/voice": WebhookResponse(body=twiml("<Say>Here</Say>"), took_s=4)})
    sid = w.call()
    w.carrier.run_until_idle()
    heard = next(entry for entry in w.carrier.transcript(sid) if entry.text == "heard: Here")
    assert heard.at - w.seen[0].at == 4


def test_a_callback_that_fails_is_shown_and_changes_nothing():
    w = world({"/voice": twiml("<Say>Hi</Say>"), "/ended": WebhookResponse(500)})
    number = w.carrier.accounts.number(NUMBER)
    assert number is not None
    number.voice.status_callback = f"{APP}/ended"
    sid = w.call()
    w.carrier.run_until_idle()
    assert w.carrier.call(sid).status == "completed"
    assert [(one.code, one.level) for one in w.carrier.notifications] == [(11200, "warning")]


def test_the_application_may_call_rest_from_inside_a_webhook():
    w = world()

    def page(form: dict[str, str]) -> str:
        w.client().calls(form["CallSid"]).update(status="completed")
        return twiml("<Say>Never heard</Say>")

    w.pages["/voice"] = page
    sid = w.call()
    w.carrier.run_until_idle()
    assert w.carrier.call(sid).over and "heard: Never heard" not in w.lines(sid)
