"""AWS clients whose requests end on the way out: what would have left is kept, and nothing is sent."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.session import Session
from offhook.adapters import guard
from offhook.adapters.capacity import meter_every_client


class _Raw:
    def __init__(self, content: bytes) -> None:
        self.content = content

    def stream(self, **_: Any):
        yield self.content

    def read(self, *_: Any) -> bytes:
        content, self.content = self.content, b""
        return content


@dataclass
class Wire:
    """answer: the body of every answer, by the request."""

    answer: Callable[[Any], tuple[int, bytes]] = lambda request: (200, b"{}")
    sent: list[Any] = field(default_factory=list)
    made: dict[str, Any] = field(default_factory=dict)

    def client(self, service: str) -> Any:
        """The guarded and metered client of a service, made once."""
        if service not in self.made:
            self.made[service] = self.new_client(service)
        return self.made[service]

    def new_client(self, service: str) -> Any:
        guard.install()
        meter_every_client()
        session = Session()
        session.set_credentials("000000000000", "test")
        client = session.create_client(service, "us-east-1", endpoint_url="http://127.0.0.1:9")
        self.tap(client)
        return client

    def tap(self, client: Any) -> None:
        client.meta.events.register_first("before-send.*.*", self._send)

    def _send(self, request: Any, **_: Any) -> AWSResponse:
        self.sent.append(request)
        status, body = self.answer(request)
        return AWSResponse(request.url, status, {"Content-Length": str(len(body))}, _Raw(body))
