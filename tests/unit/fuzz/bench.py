"""Sends wrong requests to a working centre and says what is wrong with the answers."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

from offhook.adapters.memory.items import MemoryItems
from offhook.adapters.memory.store import Row
from offhook.adapters.ownership import key_of
from offhook.domain.errors import StoreUnavailable
from offhook.domain.storage import Key
from offhook.domain.tenants.permissions import Role
from offhook.web.testing import FORM, Response, event_for, sign

from tests.unit.isolation.centre import A, user
from tests.unit.isolation.probes import CARRIER, Probe, Prober, Request
from tests.unit.isolation.rows import Route
from tests.world.world import PUBLIC, app_of

JSON = "application/json"
MOST_ROUND_TRIPS = 1000  # whatever is asked; a request that reads more can be made to stop the house
PEOPLE = (user(A, Role.OWNER), user(A, Role.AGENT))


@contextmanager
def limits_of_dynamodb() -> Iterator[None]:
    """Keys that DynamoDB refuses are refused here as well."""
    get, get_many, query, commit = MemoryItems.get, MemoryItems.get_many, MemoryItems.query, MemoryItems.commit

    def one(self: MemoryItems, key: Any) -> Any:
        _check(key.pk, key.sk)
        return get(self, key)

    def many(self: MemoryItems, keys: Any) -> Any:
        for key in keys:
            _check(key.pk, key.sk)
        return get_many(self, keys)

    def some(self: MemoryItems, table: Any, pk: str, **how: Any) -> Any:
        _check(pk, how.get("after") or "x")
        return query(self, table, pk, **how)

    def write(self: MemoryItems, *writes: Any) -> None:
        for key in map(key_of, writes):
            _check(key.pk, key.sk)
        commit(self, *writes)

    with patch.multiple(MemoryItems, get=one, get_many=many, query=some, commit=write):
        yield


def _check(pk: str, sk: str) -> None:
    if not (0 < len(pk.encode()) <= 2048 and 0 < len(sk.encode()) <= 1024):
        raise StoreUnavailable("DynamoDB takes no such key.")


def base(prober: Prober, route: Route, who: str) -> Request:
    """The route's valid request."""
    return prober.request(Probe(route, who, ("none",), "", ""))


def ask(
    request: Request, *, body: bytes | None = None, query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None, path: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    """The answer to the request with parts of it replaced."""
    sent = {"Authorization": f"Bearer {request.who}", "Content-Type": JSON, "If-Match": request.tag or '"1"'}
    names = {name: quote(value, safe="") for name, value in (path or request.path).items()}
    where = request.pattern.format_map(names) + (f"?{urlencode(dict(query))}" if query else "")
    app = app_of(request.area)
    event = event_for(app, request.method, where, None, {**sent, **(headers or {})})
    if body is not None:
        event |= {"body": b64encode(body).decode(), "isBase64Encoded": True}
    raw = app(event, None)
    return Response(raw["statusCode"], raw["headers"], raw["body"])


def fault(prober: Prober, answer: Response) -> str:
    """What is wrong with an answer to a wrong JSON request, "" when nothing is."""
    if answer.status >= 500:
        return f"{answer.status} {answer.body} {prober.centre.logged.getvalue()[-1500:]}"
    if sum(prober.centre.world.aws.store.round_trips.values()) > MOST_ROUND_TRIPS:
        return f"{prober.centre.world.aws.store.round_trips}"
    if answer.status < 400:
        return ""
    if answer.headers.get("Content-Type") != "application/problem+json":
        return f"no problem: {answer.headers}"
    problem = answer.json()
    if not problem.get("code") or problem["status"] != answer.status:
        return f"no code: {problem}"
    return "" if untouched(prober) else f"{answer.status} and yet something changed"


def untouched(prober: Prober) -> bool:
    """Whether nothing was written, sent or asked of the carrier."""
    aws = prober.centre.world.aws
    same = prober.centre.state.is_of(aws.store) or _content(aws.store.rows) == _content(prober.centre.state.rows)
    return same and not aws.queue.sent and not prober.centre.said


def _content(rows: Mapping[Key, Row]) -> dict[Key, Row]:
    """The rows; of a user's tenants without the version: a token's window is opened for a try and closed after it."""
    return {key: _unversioned(row) if key.pk.startswith("USER#") else row for key, row in rows.items()}


def _unversioned(row: Row) -> Row:
    return replace(row, item=replace(row.item, version=0))


def carrier_asks(
    prober: Prober, route: Route, form: Mapping[str, str], path: Mapping[str, str] | None = None
) -> Response:
    """The answer to a well-signed webhook with these fields."""
    request = base(prober, route, CARRIER)
    fields = {"AccountSid": prober.centre.sids[A], **form}
    names = path or request.path
    url = f"{PUBLIC}/v1/{route[0]}{request.pattern.format_map(names)}"
    where = request.pattern.format_map({name: quote(value, safe="") for name, value in names.items()})
    headers = {"Content-Type": FORM, "X-Twilio-Signature": sign(fields, url, prober.centre.tokens[A])}
    raw = app_of(route[0])(event_for(app_of(route[0]), "POST", where, urlencode(fields), headers), None)
    return Response(raw["statusCode"], raw["headers"], raw["body"])


def spoken_fault(answer: Response) -> str:
    """What is wrong with an answer to a wrong webhook."""
    if answer.status == 403:
        return ""
    if answer.status != 200 or not answer.headers["Content-Type"].startswith("text/xml"):
        return f"{answer.status} {answer.headers} {answer.body[:300]}"
    return "" if ElementTree.fromstring(answer.body).tag == "Response" else answer.body
