"""Access tokens of the user pool: signature, issuer, client, use and expiry."""

from functools import lru_cache

import jwt

from offhook.domain.errors import StoreUnavailable, Unauthenticated
from offhook.settings import settings

LEEWAY_S = 5
KEYS_KEPT_S = 3600


@lru_cache(maxsize=4)
def _keys(jwks_url: str) -> jwt.PyJWKClient:
    return jwt.PyJWKClient(jwks_url, cache_keys=True, lifespan=KEYS_KEPT_S, timeout=3)


def user_of(access_token: str) -> str:
    """The subject of a valid access token; raises Unauthenticated."""
    pool = settings()
    try:
        key = _keys(pool.jwks_url).get_signing_key_from_jwt(access_token)
        claims = jwt.decode(
            access_token,
            key,
            algorithms=["RS256"],
            issuer=pool.token_issuer,
            leeway=LEEWAY_S,
            options={"require": ["exp", "iss", "sub"], "verify_aud": False},
        )
    except jwt.PyJWKClientConnectionError as unreachable:
        raise StoreUnavailable("The keys of the user pool cannot be read.") from unreachable
    except jwt.PyJWTError as bad:
        raise Unauthenticated("The access token is not valid.") from bad
    if claims.get("token_use") != "access" or claims.get("client_id") != pool.user_pool_client_id:
        raise Unauthenticated("The access token is not valid.")
    return str(claims["sub"])
