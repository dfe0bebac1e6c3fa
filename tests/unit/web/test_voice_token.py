"""The browser's access token, as the carrier's SDK reads it."""

import base64
import json

import pytest
from offhook import wiring
from offhook.adapters.carrier.twilio.voice_token import LIFE_S, ApiKey, voice_token
from offhook.adapters.guard import tenant_scope
from offhook.domain.ids import AgentId, TenantId
from offhook.domain.tenants.context import Identity, TenantContext
from offhook.domain.tenants.permissions import Role
from offhook.settings import REAL_CARRIER
from offhook.web.browser_token import browser_token
from offhook.wiring.memory import MemoryWorld


def decoded(token: str) -> tuple[dict, dict]:
    header, body, _ = (part + "=" * (-len(part) % 4) for part in token.split("."))
    return json.loads(base64.urlsafe_b64decode(header)), json.loads(base64.urlsafe_b64decode(body))


def test_a_browsers_token_lets_it_take_calls_as_its_agent_and_place_none():
    header, body = decoded(voice_token(ApiKey("AC1", "SK1", "s" * 32), "a_4"))
    assert header["cty"] == "twilio-fpa;v=1"
    assert (body["iss"], body["sub"], body["grants"]["identity"]) == ("SK1", "AC1", "a_4")
    assert body["grants"]["voice"] == {"incoming": {"allow": True}}
    assert body["exp"] - int(body["jti"].rpartition("-")[2]) == LIFE_S


@pytest.mark.parametrize(
    ("carrier", "phone"), [("", "twilio"), ("http://127.0.0.1:8081", "sim"), ("https://other.example", "sim")]
)
def test_a_page_is_told_whose_phone_the_token_is_for(
    monkeypatch: pytest.MonkeyPatch, world: MemoryWorld, carrier: str, phone: str
):
    monkeypatch.setenv("OFFHOOK_CARRIER_URL", carrier or REAL_CARRIER)
    tenant = TenantContext(TenantId("t_1"), account_sid="AC1")
    with tenant_scope(tenant.id):
        wiring.secrets(tenant).put("carrier_api_key", "SK1 " + "s" * 32)
        given = browser_token(Identity(tenant, "u_1", AgentId("a_1"), Role.AGENT))
    assert given.phone == phone
