"""A cipher for tests: seals for a tenant without hiding anything."""

from offhook.domain.errors import TenantViolation
from offhook.domain.ids import TenantId


class MemoryCipher:
    """Refuses, like the real one, to open what was sealed for another tenant."""

    def encrypt(self, tenant: TenantId, plain: bytes) -> bytes:
        """The text reversed, with its tenant before it."""
        return tenant.encode() + b":" + plain[::-1]

    def decrypt(self, tenant: TenantId, sealed: bytes) -> bytes:
        """Raises TenantViolation when it is another's."""
        owner, _, reversed_plain = sealed.partition(b":")
        if owner != tenant.encode():
            raise TenantViolation("Sealed for another tenant.")
        return reversed_plain[::-1]
