"""The public library of Standard Webhooks as a receiver would use it, at the time of the simulation."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any
from unittest.mock import patch

from offhook.domain.integrations.requests import Outbound
from standardwebhooks import Webhook


def verified(secret: str, request: Outbound, now_s: float) -> dict[str, Any]:
    """What the webhook says; raises WebhookVerificationError."""
    return verified_body(secret, request.body, request.headers, now_s)


def verified_body(secret: str, body: bytes, headers: Mapping[str, str], now_s: float) -> dict[str, Any]:
    """The same of a body and headers."""

    class Now(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Now":
            """The receiver's clock."""
            return cls.fromtimestamp(now_s, tz)

    with patch("standardwebhooks.webhooks.datetime", Now):
        said: dict[str, Any] = Webhook(secret).verify(body, dict(headers))
        return said
