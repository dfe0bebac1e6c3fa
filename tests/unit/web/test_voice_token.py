"""The browser's access token, as the carrier's SDK reads it."""

import base64
import json

from offhook.adapters.carrier.twilio.voice_token import LIFE_S, ApiKey, voice_token


def decoded(token: str) -> tuple[dict, dict]:
    header, body, _ = (part + "=" * (-len(part) % 4) for part in token.split("."))
    return json.loads(base64.urlsafe_b64decode(header)), json.loads(base64.urlsafe_b64decode(body))


def test_a_browsers_token_lets_it_take_calls_as_its_agent_and_place_none():
    header, body = decoded(voice_token(ApiKey("AC1", "SK1", "s" * 32), "a_4"))
    assert header["cty"] == "twilio-fpa;v=1"
    assert (body["iss"], body["sub"], body["grants"]["identity"]) == ("SK1", "AC1", "a_4")
    assert body["grants"]["voice"] == {"incoming": {"allow": True}}
    assert body["exp"] - int(body["jti"].rpartition("-")[2]) == LIFE_S
