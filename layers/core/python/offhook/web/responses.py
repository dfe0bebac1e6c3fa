"""Answers of the JSON API: bodies, entity tags, and errors as RFC 9457 problems."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

import msgspec
from chalice.app import Response

from offhook.domain.errors import OffhookError

JSON = "application/json"
PROBLEM = "application/problem+json"
SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}


def ok(body: object, *, version: int | None = None) -> Response:
    """200 with the value as JSON; version becomes the ETag."""
    return reply(200, body, tag(version))


def listed(things: Sequence[object]) -> Response:
    """200 with all of them on one page."""
    return ok({"data": things, "next_cursor": None})


def created(body: object, location: str, *, version: int | None = None) -> Response:
    """201 with the new thing and its address (below /v1)."""
    return reply(201, body, {"Location": location, **tag(version)})


def accepted(body: object) -> Response:
    """202: the work goes on after the answer."""
    return reply(202, body)


def no_content() -> Response:
    """204: done, nothing to say."""
    return Response("", dict(SECURITY_HEADERS), 204)


def reply(status: int, body: object, headers: Mapping[str, str] | None = None) -> Response:
    """Any status with a JSON body."""
    text = msgspec.json.encode(body).decode()
    return Response(text, {"Content-Type": JSON, **SECURITY_HEADERS, **(headers or {})}, status)


def tag(version: int | None) -> dict[str, str]:
    """The ETag header of a version."""
    return {} if version is None else {"ETag": f'"{version}"'}


def problem(error: OffhookError, headers: Mapping[str, str] | None = None) -> Response:
    """The error as an RFC 9457 problem; what went wrong inside us is not told."""
    hidden = error.status == 500
    body: dict[str, object] = {
        "type": f"urn:offhook:problem:{error.code}",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "code": error.code,
        "detail": "Something went wrong on our side." if hidden else error.detail,
    }
    if error.field is not None or error.fault:
        body["errors"] = [_fault(error)]
    extra = {"WWW-Authenticate": "Bearer"} if error.status == 401 else {}
    if error.status == 503:
        extra["Retry-After"] = "1"
    return reply(error.status, body, {"Content-Type": PROBLEM, **extra, **(headers or {})})


def _fault(error: OffhookError) -> dict[str, object]:
    """Which rule was broken where, with what a screen needs to say it; a field only where it is about one."""
    where = {} if error.field is None else {"field": error.field}
    return {**where, "code": error.fault or error.code, "params": error.params, "detail": error.detail}
