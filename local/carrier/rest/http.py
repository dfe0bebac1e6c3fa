"""One REST request and its answer, free of any transport."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from local.carrier import errors

Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class RestRequest:
    """path: without host and query. query, form: every name with all its values, in order."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Values = field(default_factory=dict)
    form: Values = field(default_factory=dict)

    @staticmethod
    def of(method: str, url: str, headers: Mapping[str, str], body: str = "") -> "RestRequest":
        """From an address (with or without host) and a form-encoded body."""
        parts = urlsplit(url)
        query = parse_qs(parts.query, keep_blank_values=True)
        form = parse_qs(body, keep_blank_values=True)
        return RestRequest(method.upper(), unquote(parts.path), headers, query, form)

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers.items() if key.lower() == name.lower()), "")

    def _values(self) -> Values:
        return self.query if self.method == "GET" else self.form

    def has(self, name: str) -> bool:
        return name in self._values()

    def text(self, name: str, default: str = "") -> str:
        """The last value given; what is unknown is silently ignored."""
        values = self._values().get(name)
        return values[-1] if values else default

    def many(self, name: str) -> tuple[str, ...]:
        return tuple(self._values().get(name, ()))

    def flag(self, name: str, default: bool) -> bool:
        value = self.text(name).lower()
        return default if value not in ("true", "false") else value == "true"

    def number(self, name: str, default: int, high: int = 1_000_000) -> int:
        """Raises 20001 for what is no whole number within limits."""
        value = self.text(name)
        if not value:
            return default
        if not value.isdigit() or int(value) > high:
            raise errors.invalid_parameter(name, value)
        return int(value)

    def method_of(self, name: str, default: str = "POST") -> str:
        return "GET" if self.text(name, default).upper() == "GET" else "POST"


@dataclass(frozen=True, slots=True)
class RestResponse:
    """lost: the request was processed, but its answer never reaches the client."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    lost: bool = False


def as_json(status: int, value: Mapping[str, Any]) -> RestResponse:
    return RestResponse(status, json.dumps(value).encode(), headers={"Twilio-Concurrent-Requests": "1"})


def as_error(error: errors.RestError) -> RestResponse:
    return as_json(
        error.status,
        {
            "code": error.code, "message": error.message, "status": error.status,
            "more_info": f"https://www.twilio.com/docs/errors/{error.code}",
        },
    )  # fmt: skip


def no_content() -> RestResponse:
    return RestResponse(204, b"")
