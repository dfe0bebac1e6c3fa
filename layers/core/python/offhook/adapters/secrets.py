"""A tenant's secrets: items of its configuration, encrypted for that tenant, remembered for minutes."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from offhook.domain.ids import MINUTE, Clock, Instant, TenantId
from offhook.domain.storage import Item, Items, Put
from offhook.stores import keys

KIND = "SECRET"
CARRIER_TOKENS = "carrier_tokens"
KEPT = 5 * MINUTE


class Cipher(Protocol):
    """Encrypts for one tenant; what was encrypted for another cannot be decrypted."""

    def encrypt(self, tenant: TenantId, plain: bytes) -> bytes:
        """Up to 4 KB."""
        ...

    def decrypt(self, tenant: TenantId, sealed: bytes) -> bytes:
        """What `encrypt` was given for the same tenant."""
        ...


@dataclass(frozen=True, slots=True)
class KmsCipher:
    """The deployment's key; the tenant is part of the encryption context, which policies and the guard check."""

    client: Callable[[], Any]
    key_arn: str

    def encrypt(self, tenant: TenantId, plain: bytes) -> bytes:
        """One request."""
        answer = self.client().encrypt(KeyId=self.key_arn, Plaintext=plain, EncryptionContext={"tenant": tenant})
        return bytes(answer["CiphertextBlob"])

    def decrypt(self, tenant: TenantId, sealed: bytes) -> bytes:
        """One request."""
        answer = self.client().decrypt(KeyId=self.key_arn, CiphertextBlob=sealed, EncryptionContext={"tenant": tenant})
        return bytes(answer["Plaintext"])


@dataclass
class SecretCache:
    """What this process has decrypted lately, of all tenants."""

    clock: Clock
    most: int = 1024
    kept: dict[tuple[TenantId, str], tuple[Instant, str]] = field(default_factory=dict, repr=False)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def recall(self, tenant: TenantId, name: str) -> str | None:
        """The value, if it is young enough."""
        with self.lock:
            until, value = self.kept.get((tenant, name), (0, ""))
        return value if until > self.clock.now() else None

    def keep(self, tenant: TenantId, name: str, value: str) -> None:
        """Remember the value for five minutes; the oldest gives way."""
        with self.lock:
            self.kept.pop((tenant, name), None)
            self.kept[tenant, name] = (self.clock.now() + KEPT, value)
            while len(self.kept) > self.most:
                del self.kept[next(iter(self.kept))]

    def forget(self, tenant: TenantId, name: str) -> None:
        """Read it again next time."""
        with self.lock:
            self.kept.pop((tenant, name), None)


@dataclass(frozen=True, slots=True)
class Secrets:
    """One tenant's secrets by name."""

    items: Items
    tenant: TenantId
    cipher: Cipher
    cache: SecretCache

    def get(self, name: str) -> str | None:
        """The secret, at most five minutes old; None when it was never put."""
        recalled = self.cache.recall(self.tenant, name)
        if recalled is not None:
            return recalled
        item = self.items.get(keys.config(self.tenant, KIND, name))
        if item is None:
            return None
        value = self.cipher.decrypt(self.tenant, item.body).decode()
        self.cache.keep(self.tenant, name, value)
        return value

    def put(self, name: str, value: str) -> None:
        """Store or replace it."""
        sealed = self.cipher.encrypt(self.tenant, value.encode())
        self.items.commit(Put(Item(keys.config(self.tenant, KIND, name), body=sealed)))
        self.cache.forget(self.tenant, name)

    def carrier_tokens(self) -> tuple[str, ...]:
        """The carrier account's tokens that may sign, the newer first; empty when there is no account yet."""
        return tuple((self.get(CARRIER_TOKENS) or "").split())

    def put_carrier_token(self, token: str) -> None:
        """The account has a new token; the one before goes on being accepted."""
        self.cache.forget(self.tenant, CARRIER_TOKENS)
        before = [old for old in self.carrier_tokens() if old != token]
        self.put(CARRIER_TOKENS, "\n".join([token, *before[:1]]))
