"""Access tokens of the user pool: signature, issuer, client, use, expiry, and the membership they were made for."""

import re
from dataclasses import dataclass

import jwt

from offhook.domain.errors import StoreUnavailable, Unauthenticated
from offhook.domain.ids import TenantId
from offhook.settings import settings
from offhook.web.recent import Recent

LEEWAY_S = 5
VERSION = re.compile(r"\d{1,18}\Z")
KEYS_KEPT_S = 3600.0
DOUBTED_AFTER_S = 30.0  # an unknown key id has the keys read again, but not for every forged token
Keys = dict[str, jwt.PyJWK]


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token says. tenant_id: "" = its user belonged to no tenant; version: of the membership, `mver`."""

    user_id: str
    tenant_id: TenantId
    version: int


def claims_of(access_token: str) -> Claims:
    """What a valid access token says; raises Unauthenticated, or StoreUnavailable when the keys cannot be read."""
    pool = settings()
    try:
        claims = jwt.decode(
            access_token,
            _key_of(access_token),
            algorithms=["RS256"],
            issuer=pool.token_issuer,
            leeway=LEEWAY_S,
            options={"require": ["exp", "iss", "sub"], "verify_aud": False},
        )
    except jwt.PyJWTError as bad:
        raise Unauthenticated("The access token is not valid.") from bad
    if claims.get("token_use") != "access" or claims.get("client_id") != pool.user_pool_client_id:
        raise Unauthenticated("The access token is not valid.")
    version = str(claims.get("mver", ""))
    known = int(version) if VERSION.match(version) else 0
    return Claims(str(claims["sub"]), TenantId(str(claims.get("tid", ""))), known)


def _key_of(access_token: str) -> jwt.PyJWK:
    key_id, where = jwt.get_unverified_header(access_token).get("kid"), settings().jwks_url
    for within_s in (KEYS_KEPT_S, DOUBTED_AFTER_S):
        found = _keys.get(where, within_s).get(str(key_id))
        if found is not None:
            return found
    raise jwt.InvalidTokenError("It was signed with a key that the pool does not have.")


def _load(jwks_url: str) -> Keys:
    client = jwt.PyJWKClient(jwks_url, cache_jwk_set=False, timeout=3)
    try:
        return {str(key.key_id): key for key in client.get_signing_keys()}
    except jwt.PyJWTError as unreachable:
        raise StoreUnavailable("The keys of the user pool cannot be read.") from unreachable


_keys: Recent[Keys] = Recent(_load, KEYS_KEPT_S, most=4)
