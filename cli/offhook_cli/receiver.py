"""A receiver of webhooks on this machine: verifies each signature and hands over what was said."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from offhook.domain.integrations.signing import signature

TOLERANCE_S = 300
LARGEST = 1024 * 1024


class NotGenuine(Exception):
    """The signature does not match, is too old, or is missing."""


@dataclass(frozen=True, slots=True)
class Received:
    """One verified webhook."""

    id: str
    type: str
    body: Mapping[str, Any] = field(default_factory=dict)


def verified(secret: str, headers: Mapping[str, str], body: bytes, now_s: float) -> Received:
    """What the webhook says; raises NotGenuine. headers: by lower-case name."""
    message_id, at, given = (headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    if not (at.isascii() and at.isdigit() and len(at) <= 12) or abs(int(at) - now_s) > TOLERANCE_S:
        raise NotGenuine("webhook-timestamp is missing, or more than five minutes off")
    wanted = signature(secret, message_id, int(at), body)
    if not any(compare_digest(one.encode(), wanted.encode()) for one in given.split(" ")):
        raise NotGenuine("webhook-signature does not match")
    said = json.loads(body)
    return Received(message_id, str(said.get("type", "")), said)


def receiver(
    port: int, secret: Callable[[], str], hear: Callable[[Received], object], refuse: Callable[[str], object]
) -> ThreadingHTTPServer:
    """A server on 127.0.0.1, not yet serving. port: 0 = any; refuse: told why a webhook was answered with 401."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "0")
            body = self.rfile.read(min(int(length), LARGEST) if length.isdigit() else 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            try:
                hear(verified(secret(), headers, body, time.time()))
                self._say(204)
            except (NotGenuine, ValueError) as wrong:
                refuse(str(wrong))
                self._say(401)

        def _say(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """What is heard is printed by whoever listens."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)
