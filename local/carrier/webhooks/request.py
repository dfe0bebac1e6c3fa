"""The shapes of one webhook delivery."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class WebhookRequest:
    """An HTTP request as it goes over the wire: for GET the form is already part of the url."""

    method: str
    url: str
    headers: Mapping[str, str]
    form: Mapping[str, str]

    def body(self) -> bytes:
        return b"" if self.method == "GET" else urlencode(dict(self.form)).encode()


@dataclass(frozen=True, slots=True)
class WebhookResponse:
    """The application's answer; took_s lets virtual time pass before it arrives."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/xml"})
    body: str = ""
    took_s: float = 0.0

    def content_type(self) -> str:
        for name, value in self.headers.items():
            if name.lower() == "content-type":
                return value.split(";")[0].strip().lower()
        return ""


class ConnectFailed(Exception):
    """No connection (TCP or TLS): the only failure that is retried by default."""


class ReadTimeout(Exception):
    """Connected, but no answer in time; the application may have acted."""


Deliver = Callable[[WebhookRequest], WebhookResponse]


def with_query(url: str, form: Mapping[str, str]) -> str:
    """The address of a GET webhook: the parameters go behind the query that is already there."""
    parts = urlsplit(url)
    query = "&".join(piece for piece in (parts.query, urlencode(dict(form))) if piece)
    return urlunsplit(parts._replace(query=query))
