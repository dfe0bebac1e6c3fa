"""Access tokens for browsers that ring: what the Voice SDK signs in with."""

from dataclasses import dataclass

LIFE_S = 3600


@dataclass(frozen=True, slots=True)
class ApiKey:
    """An API key of the tenant's carrier account; the secret signs, it never leaves."""

    account_sid: str
    sid: str
    secret: str


def voice_token(key: ApiKey, identity: str) -> str:
    """A token with which the browser of `identity` takes calls for an hour; it may place none by itself."""
    from twilio.jwt.access_token import AccessToken
    from twilio.jwt.access_token.grants import VoiceGrant

    token = AccessToken(key.account_sid, key.sid, key.secret, identity=identity, ttl=LIFE_S)
    token.add_grant(VoiceGrant(incoming_allow=True))
    return str(token.to_jwt())
