"""Requests that are wrong in every way one can think of, made from the valid ones of the isolation matrix."""

import copy
import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.unit.isolation.rows import ROWS, is_webhook

JSON_ROUTES = sorted(route for route in ROWS if not is_webhook(route))
WEBHOOKS = sorted(route for route in ROWS if is_webhook(route))
DEEP = 20_000
Path = tuple[str | int, ...]

BODIES: Mapping[str, bytes] = {
    "nothing": b"",
    "half": b'{"name": ',
    "null": b"null",
    "list": b"[]",
    "text": b'"x"',
    "number": b"1",
    "infinite": b'{"name": 1e999}',
    "NaN": b'{"name": NaN}',
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "half a character": b'{"name": "\\ud800"}',
    "nested lists": b"[" * DEEP + b"]" * DEEP,
    "nested objects": b'{"document":' * 5000 + b"{}" + b"}" * 5000,
    "nested in a field": b'{"name": "x", "document": {"a": ' + b"[" * DEEP + b"]" * DEEP + b"}}",
    "huge": b'{"name": "' + b"x" * 70_000 + b'"}',
    "a number of many digits": b'{"name": "x", "document": {"a": ' + b"9" * 5000 + b"}}",
    "the same field twice": b'{"name": "x", "name": 1}',
    "two values": b"{} {}",
    "not JSON": b"<xml/>",
}

VALUES: tuple[object, ...] = (
    None, True, 0, -1, 1.5, 10**30, -(10**30), 1e308, "", " ", "x" * 5000, "\0", "😀" * 300, "{x", [], {}, [None], [[]],
    {"a": 1}, {"": ""}, ["x"] * 2000, {f"k{n}": "x" for n in range(500)},
)  # fmt: skip

PLACES: tuple[str, ...] = (
    "x", "0", "-1", "9" * 30, "9" * 5000, "²", "\0", "a#b", "..", "a/b", "%2F", "%", "é" * 700, "x" * 3000, "{}", "{0}",
    " ",
)  # fmt: skip

QUERIES: Mapping[str, tuple[str, ...]] = {
    "limit": ("", "0", "-1", "1.5", "201", "x", "²", "0000000019999", "9" * 5000),
    "cursor": ("", "x", "=", "é", "A" * 5000, "AAAA", "null"),
    "from": (
        "x", "2026-13-45", "0001-01-01", "9999-12-31",
        "9999-12-31T23:59:59.999999", "2026-01-01T00:00+99:00", "9" * 5000,
    ),
    "to": ("x", "0001-01-01", "9999-12-31", "9999-12-31T23:59", "2026-W01"),
    "since": ("x", "-1", "9" * 13, "9" * 5000, "²"),
    "grain": ("x", "", "day", "half"),
    "by": ("x", ",", "agent,agent", "agent;--", "x" * 5000),
    "number": ("x", "+", "+1", "9" * 5000, "\0", "+1" + "²" * 9),
    "queue": ("'", "' OR '1'='1", "\\", "x" * 5000, "\0"),
    "outcome": ("x", "completed"),
    "unknown": ("x",),
}  # fmt: skip

HEADERS: tuple[tuple[str, str], ...] = tuple(
    (name, value)
    for name, values in {
        "If-Match": ("", "1", "*", 'W/"1"', '"x"', '"-1"', f'"{"9" * 18}"', f'"{"9" * 5000}"', '"1", "2"', "é"),
        "Idempotency-Key": ("", " ", '""', "x" * 256, "é", "\0", "x"),
        "Authorization": ("", "Bearer", "Bearer ", "Basic x", "Bearer a b", "Bearer é", "bearer nobody", "x" * 9000),
        "Content-Type": ("", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=x", "é/é"),
        "Accept": ("text/html", "é"),
        "Content-Length": ("-1",),
        "X-HTTP-Method-Override": ("DELETE",),
    }.items()
    for value in values
)  # fmt: skip

FIELDS: Mapping[str, tuple[str, ...]] = {
    "CallSid": ("", "x", "\0", "CA" + "z" * 32, "é" * 700, "x" * 5000),
    "From": ("", "anonymous", "+", "\0", "sip:x@example.com", "client:é", "9" * 5000),
    "To": ("", "x", "\0", "é", "9" * 5000),
    "Digits": ("", "#", "*", "12345678901234567890", "\0", "é", "hangup", "w", "9" * 5000),
    "CallStatus": ("", "x", "COMPLETED", "completed", "ringing", "busy"),
    "QueueResult": ("", "x", "bridged", "error", "queue-full", "system-error", "leave", "hangup"),
    "DialCallStatus": ("", "x", "completed", "answered", "failed"),
    "StatusCallbackEvent": ("", "x", "conference-end", "participant-join", "participant-leave", "conference-start"),
    "RecordingDuration": ("", "x", "-1", "1.5", "9" * 30, "9" * 5000, "²"),
    "RecordingStatus": ("", "x", "absent", "failed", "in-progress"),
    "RecordingSid": ("", "\0", "x" * 5000),
    "RecordingUrl": ("", "x", "file:///etc/passwd", "http://[", "é"),
    "ErrorCode": ("", "x" * 5000, "é"),
    "QueuePosition": ("x", "-1"),
    "AnsweredBy": ("x",),
    "SequenceNumber": ("x", "-1"),
    "": ("",),
}


def changed_bodies(body: Any) -> Iterator[tuple[Path, Any]]:
    """The body with one field replaced, removed or added, and the path of what was changed."""
    for path in _paths(body):
        for value in VALUES:
            yield path, _with(body, path, value)
        yield path, _without(body, path)
    yield ("unknown_field",), {**body, "unknown_field": 1}


def _paths(body: Any, at: Path = ()) -> Iterator[Path]:
    inside = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for name, value in inside:
        yield (*at, name)
        yield from _paths(value, (*at, name))


def _with(body: Any, path: Path, value: object) -> Any:
    changed = copy.deepcopy(body)
    _parent(changed, path)[path[-1]] = value
    return changed


def _without(body: Any, path: Path) -> Any:
    changed = copy.deepcopy(body)
    del _parent(changed, path)[path[-1]]
    return changed


def _parent(body: Any, path: Path) -> Any:
    for name in path[:-1]:
        body = body[name]
    return body


def encoded(body: Any) -> bytes:
    """As it is sent."""
    return json.dumps(body).encode()
