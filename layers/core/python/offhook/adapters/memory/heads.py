"""Signed heads in memory, and a signing key of this process."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from offhook.adapters.notary import is_signed, pem
from offhook.domain.audit.heads import SignedHead
from offhook.domain.ids import TenantId

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey


@dataclass
class MemoryNotary:
    """A key of the curve P-256, made with its first use."""

    def sign(self, statement: bytes) -> bytes:
        """As KMS does."""
        from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
        from cryptography.hazmat.primitives.hashes import SHA256

        return self._key.sign(statement, ECDSA(SHA256()))

    def public_key(self) -> str:
        """PEM."""
        return pem(self._der)

    def check(self, statement: bytes, signature: bytes) -> bool:
        """With the public half."""
        return is_signed(self._der, statement, signature)

    @cached_property
    def _key(self) -> "EllipticCurvePrivateKey":
        from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

        return generate_private_key(SECP256R1())

    @cached_property
    def _der(self) -> bytes:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        return bytes(self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


@dataclass(frozen=True, slots=True)
class MemoryVault:
    """One tenant's part of what all tenants keep."""

    kept: dict[tuple[TenantId, int], SignedHead]
    tenant: TenantId

    def keep(self, head: SignedHead) -> None:
        """The first one of a number stays."""
        self.kept.setdefault((self.tenant, head.number), head)

    def numbers(self, after: int, limit: int) -> list[int]:
        """Ascending."""
        return sorted(n for tenant, n in self.kept if tenant == self.tenant and n > after)[:limit]

    def find(self, number: int) -> SignedHead | None:
        """None when there is none."""
        return self.kept.get((self.tenant, number))
