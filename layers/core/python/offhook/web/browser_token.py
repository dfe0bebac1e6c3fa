"""What an agent's browser signs in to the carrier with."""

from dataclasses import dataclass
from enum import StrEnum

from offhook import wiring
from offhook.adapters.carrier.twilio.voice_token import LIFE_S, ApiKey, voice_token
from offhook.domain.errors import CarrierUnavailable
from offhook.domain.ids import AgentId
from offhook.domain.tenants.context import Identity
from offhook.settings import REAL_CARRIER, settings


class PhoneKind(StrEnum):
    """What the page signs in with it: the carrier's SDK, or the simulated phone of another carrier."""

    TWILIO = "twilio"
    SIM = "sim"


@dataclass(frozen=True, slots=True)
class BrowserToken:
    """A token for the agent's browser; phone: what it is for; expires_in: seconds."""

    token: str
    phone: PhoneKind
    identity: AgentId
    expires_in: int


def browser_token(person: Identity) -> BrowserToken:
    """A token with which the person's browser can be rung for an hour; raises CarrierUnavailable without a key."""
    secret = wiring.secrets(person.tenant).get("carrier_api_key")
    if secret is None:
        raise CarrierUnavailable("The tenant's carrier account has no key for browsers yet.")
    sid, _, key = secret.partition(" ")
    token = voice_token(ApiKey(person.tenant.account_sid, sid, key), person.agent_id)
    kind = PhoneKind.TWILIO if settings().carrier_url == REAL_CARRIER else PhoneKind.SIM
    return BrowserToken(token, kind, person.agent_id, LIFE_S)
