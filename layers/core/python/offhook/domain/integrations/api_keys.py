"""API keys: how one is written, what it may do, and when it counts."""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from zlib import crc32

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import DAY, Instant
from offhook.domain.tenants.membership import require_not_above
from offhook.domain.tenants.permissions import Permission

PREFIX = "cck_live_"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ID_CHARS, SECRET_CHARS, CHECK_CHARS = 12, 32, 6
LONGEST_LIFE = 3660 * DAY
MOST_NETWORKS = 20
_TOKEN = re.compile(rf"{PREFIX}([0-9a-z]{{{ID_CHARS}}})_([0-9A-Za-z]{{{SECRET_CHARS}}})([0-9A-Za-z]{{{CHECK_CHARS}}})")

P = Permission
FOR_PEOPLE = frozenset(
    {
        P.PROFILE_OWN, P.CALLS_TAKE, P.CONTACTS_OWN, P.REPORTS_OWN, P.KEYS_READ, P.KEYS_WRITE, P.PEOPLE_WRITE,
        P.BOARDS_WRITE,
        P.AUTH_POLICY, P.PLAN_MANAGE, P.OWNERSHIP_TRANSFER, P.TENANT_EXPORT, P.TENANT_ERASE, P.TENANT_CLOSE,
    }
)  # fmt: skip
"""What needs a person: a program has no calls of its own, makes no keys and decides nothing about the tenant."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One key of a tenant. digest: of its secret, with the tenant's pepper; networks: where from, none = anywhere."""

    id: str
    version: int
    name: str
    scopes: tuple[Permission, ...]
    digest: str
    created_by: str
    created_at: Instant
    expires_at: Instant | None = None
    networks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """What a token says of itself; nothing of it is proven."""

    key_id: str
    secret: str


def token_of(key_id: str, secret: str) -> str:
    """The token as it is shown."""
    return f"{PREFIX}{key_id}_{secret}{_check(key_id, secret)}"


def parse(token: str) -> Parts | None:
    """The parts of a well-formed token, None for any other text, also for one with a typing error."""
    found = _TOKEN.fullmatch(token)
    if found is None or _check(found[1], found[2]) != found[3]:
        return None
    return Parts(found[1], found[2])


def secret_of(chance: bytes) -> str:
    """A secret. chance: SECRET_CHARS + 16 random bytes, so that each sign is as likely as the others."""
    return _digits(int.from_bytes(chance), SECRET_CHARS)


def digest_of(pepper: str, secret: str) -> str:
    """What is stored of a secret."""
    return sha256(f"{pepper}{secret}".encode()).hexdigest()


def counts(key: ApiKey, pepper: str, secret: str, address: str, now: Instant) -> bool:
    """Whether the secret is this key's, and the key may be used now and from there."""
    right = compare_digest(key.digest, digest_of(pepper, secret))
    in_time = key.expires_at is None or now < key.expires_at
    return right and in_time and _is_within(key.networks, address)


def check(key: ApiKey, mine: frozenset[str], now: Instant) -> None:
    """Raises InvalidInput naming the field, or AboveOwnRights. mine: the permissions of who makes it."""
    if not 1 <= len(key.name.strip()) <= 80:
        raise InvalidInput("name_length", field="$.name", most=80)
    if not key.scopes or len(set(key.scopes)) != len(key.scopes):
        raise InvalidInput("key_scopes", field="$.scopes")
    for n, scope in enumerate(key.scopes):
        if scope in FOR_PEOPLE:
            raise InvalidInput("key_scope_person", field=f"$.scopes[{n}]")
    if key.expires_at is not None and not now < key.expires_at <= now + LONGEST_LIFE:
        raise InvalidInput("key_expires", field="$.expires_at")
    if len(key.networks) > MOST_NETWORKS:
        raise InvalidInput("key_networks", field="$.networks", most=MOST_NETWORKS)
    for n, network in enumerate(key.networks):
        _network(network, f"$.networks[{n}]")
    require_not_above(mine, frozenset(key.scopes))


def _network(text: str, field: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ipaddress.ip_network(text)
    except ValueError as bad:
        raise InvalidInput("key_network", field=field) from bad


def _is_within(networks: Sequence[str], address: str) -> bool:
    if not networks:
        return True
    try:
        there = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(there in ipaddress.ip_network(network) for network in networks)


def _check(key_id: str, secret: str) -> str:
    return _digits(crc32(f"{key_id}_{secret}".encode()), CHECK_CHARS)


def _digits(number: int, length: int) -> str:
    """The last digits of a number to the base 62."""
    digits = []
    for _ in range(length):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))
