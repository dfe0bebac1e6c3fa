"""Signatures of outbound webhooks after Standard Webhooks 1.0: HMAC-SHA256 over id, time and the exact body."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from hashlib import sha256
from hmac import new

from offhook.domain.ids import SECOND, Instant

PREFIX = "whsec_"
SECRET_BYTES = 32


def secret_of(chance: bytes) -> str:
    """A secret as it is shown. chance: SECRET_BYTES random bytes."""
    return PREFIX + b64encode(chance).decode()


def signature(secret: str, message_id: str, at_s: int, body: bytes) -> str:
    """One signature (`v1,...`) of a message sent at that second."""
    signed = f"{message_id}.{at_s}.".encode() + body
    return "v1," + b64encode(new(b64decode(secret.removeprefix(PREFIX)), signed, sha256).digest()).decode()


def headers(secrets: Sequence[str], message_id: str, at: Instant, body: bytes) -> dict[str, str]:
    """The three headers of an attempt; one signature for each secret that is valid now, the newest first."""
    at_s = at // SECOND
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(at_s),
        "webhook-signature": " ".join(signature(secret, message_id, at_s, body) for secret in secrets),
    }
