"""X-Twilio-Signature: the vectors of reference section 4, all with token 12345."""

import hashlib

import pytest
from twilio.request_validator import RequestValidator

from local.carrier.testing import APP, twiml, world
from local.carrier.webhooks.signature import json_signature, signature, signed_url

PARAMS = {
    "Digits": "1234", "CallSid": "CA1234567890ABCDE", "To": "+18005551212", "Caller": "+14158675309",
    "From": "+14158675309",
}  # fmt: skip
VECTORS = [
    ("https://mycompany.com/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ("https://mycompany.com:1234/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ("http://mycompany.com:1234/myapp.php?foo=1&bar=2", "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
    ("http://mycompany.com:80/myapp.php?foo=1&bar=2", "0ZXoZLH/DfblKGATFgpif+LLRf4="),
]


@pytest.mark.parametrize(("url", "expected"), VECTORS)
def test_voice_requests_sign_the_url_without_the_https_port(url: str, expected: str):
    assert signature("12345", signed_url(url), PARAMS) == expected


def test_messaging_requests_keep_the_https_port():
    url = signed_url("https://mycompany.com:443/myapp.php?foo=1&bar=2", keeps_port=True)
    assert signature("12345", url, PARAMS) == "kvajT1Ptam85bY51eRf/AJRuM3w="


def test_a_get_signs_the_url_only():
    assert signature("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", {}) == "zYQTYrRWXE7LtzbG4PfP7/bkkGo="


def test_a_json_body_is_signed_through_its_hash_in_the_query():
    body = '{"property": "value", "boolean": true}'
    assert hashlib.sha256(body.encode()).hexdigest().startswith("0a1ff763")
    url, signed = json_signature("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", body)
    assert signed == "a9nBmqA0ju/hNViExpshrM61xv4="
    assert "&bodySHA256=" in url
    assert json_signature("12345", "https://mycompany.com/myapp.php", body)[1] == "y77kIzt2vzLz71DgmJGsen2scGs="


def test_a_caller_id_of_5310_gives_the_published_signature():
    params = PARAMS | {"Caller": "+14158675310", "From": "+14158675310"}
    assert signature("12345", "https://example.com/myapp.php?foo=1&bar=2", params) == "L/OH5YylLD5NRKLltdqwSvS0BnU="


def test_user_password_and_fragment_are_not_signed():
    assert signed_url("https://user:pass@example.com/x?y=1#rc=2") == "https://example.com/x?y=1"


def test_every_webhook_of_a_call_passes_the_official_validator_and_carries_an_idempotency_token():
    w = world({"/voice": twiml('<Gather numDigits="1" action="/a"><Say>Hi</Say></Gather>'), "/a": twiml("<Hangup/>")})
    w.call("press 1")
    w.carrier.run_until_idle()
    validator = RequestValidator(w.account.auth_token)
    assert len(w.seen) == 2
    for one in w.seen:
        assert validator.validate(APP + one.path, one.form, one.headers["X-Twilio-Signature"])
        assert one.headers["I-Twilio-Idempotency-Token"]
