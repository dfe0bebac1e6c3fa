"""Voice tokens: signed by an API key of the account, naming who may be rung where and until when."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jwt

if TYPE_CHECKING:
    from jwt.types import Options

    from local.carrier.accounts import Accounts

CONTENT = "twilio-fpa;v=1"
BY_OUR_CLOCK: "Options" = {"verify_exp": False, "verify_nbf": False, "verify_iat": False}


class BadToken(ValueError):
    """The token is not one that a device may listen with; the message says why."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a token names. expires_at: unix seconds."""

    account_sid: str
    identity: str
    expires_at: float


def read(accounts: "Accounts", token: str, now: float) -> Bearer:
    """Whom the token names; raises BadToken for a forged, ended or unfit one."""
    try:
        issuer = str(jwt.decode(token, options={"verify_signature": False})["iss"])
        key = accounts.keys[issuer]
        claims = jwt.decode(token, key.secret, algorithms=["HS256"], options=BY_OUR_CLOCK)
        bearer = Bearer(str(claims["sub"]), str(claims["grants"]["identity"]), float(claims["exp"]))
    except (jwt.InvalidTokenError, LookupError, TypeError, ValueError) as wrong:
        raise BadToken("the token is not valid") from wrong
    if jwt.get_unverified_header(token).get("cty") != CONTENT or bearer.account_sid != key.account_sid:
        raise BadToken("the token is not one of the account")
    if bearer.expires_at <= now or float(claims.get("nbf", 0)) > now:
        raise BadToken("the token has ended")
    if not _may_be_rung(claims["grants"]):
        raise BadToken("the token allows no incoming calls")
    return bearer


def _may_be_rung(grants: dict[str, Any]) -> bool:
    voice = grants.get("voice")
    incoming = voice.get("incoming") if isinstance(voice, dict) else None
    return isinstance(incoming, dict) and incoming.get("allow") is True and bool(grants["identity"])
