"""Our signing key in KMS: it signs there and never leaves; what it signed is checked here, with its public half."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from offhook.adapters.answering import answering
from offhook.adapters.guard import platform_scope

SILENT = "The signing key did not answer."
ALGORITHM = "ECDSA_SHA_256"


@dataclass(frozen=True)
class KmsNotary:
    """A key of the curve P-256, used with the function's own role. client: makes the client with its first use."""

    client: Callable[[], Any]
    key_arn: str

    def sign(self, statement: bytes) -> bytes:
        """One request. statement: up to 4 KB."""
        with answering(SILENT), platform_scope():
            answer = self.client().sign(
                KeyId=self.key_arn, Message=statement, MessageType="RAW", SigningAlgorithm=ALGORITHM
            )
        return bytes(answer["Signature"])

    def public_key(self) -> str:
        """PEM."""
        return pem(self._der)

    def check(self, statement: bytes, signature: bytes) -> bool:
        """No request but the first."""
        return is_signed(self._der, statement, signature)

    @cached_property
    def _der(self) -> bytes:
        with answering(SILENT), platform_scope():
            return bytes(self.client().get_public_key(KeyId=self.key_arn)["PublicKey"])


def is_signed(der: bytes, statement: bytes, signature: bytes) -> bool:
    """Whether the key whose public half is given signed the statement."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    key = load_der_public_key(der)
    assert isinstance(key, EllipticCurvePublicKey)
    try:
        key.verify(signature, statement, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def pem(der: bytes) -> str:
    """A public key as text."""
    text = b64encode(der).decode()
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""])
