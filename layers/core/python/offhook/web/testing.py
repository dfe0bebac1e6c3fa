"""Calls an app's routes in process, as API Gateway would; for tests, the bench and the simulator.

The app keeps its requests in context variables, so threads may share one app and call it at the same time.
"""

import json as _json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from offhook.adapters.carrier.twilio import signature
from offhook.web.app import OffhookApp

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Response:
    """What the app answered."""

    status: int
    headers: Mapping[str, str]
    body: str

    def json(self) -> Any:
        """The body as JSON."""
        return _json.loads(self.body)


def invoke(
    app: OffhookApp,
    method: str,
    path: str,
    *,
    form: Mapping[str, str] | None = None,
    json: object = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Call a route: path is below /v1/<area>, or the whole public path; it may have a query string."""
    if form is not None:
        sent, body = {"Content-Type": FORM}, urlencode(dict(form))
    elif json is not None:
        sent, body = {"Content-Type": "application/json"}, _json.dumps(json)
    else:
        sent, body = {}, None
    answer = app(event_for(app, method, path, body, {**sent, **(headers or {})}), None)
    return Response(answer["statusCode"], answer["headers"], answer["body"])


def claims_by_name(name: str) -> Any:
    """The claims of a fresh access token of the user with this subject; put in place of `web.tokens.claims_of`."""
    from offhook.domain.ids import TenantId
    from offhook.web.claims import claims_for
    from offhook.web.tokens import Claims

    said = claims_for(name)
    return Claims(name, TenantId(said.get("tid", "")), int(said.get("mver", "0")))


def webhook(app: OffhookApp, path: str, form: Mapping[str, str], *, public_api_url: str, token: str) -> Response:
    """Call a webhook as the carrier does: signed with the account's token."""
    url = f"{public_api_url}/v1/{app.area}{_below(app, path)}"
    return invoke(app, "POST", path, form=form, headers={"X-Twilio-Signature": sign(form, url, token)})


def sign(form: Mapping[str, str], url: str, token: str) -> str:
    """The X-Twilio-Signature of a form sent to that URL."""
    return signature.sign(token, url, list(form.items()))


def event_for(app: OffhookApp, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> dict[str, Any]:
    """The event of a Lambda proxy integration; a path that no route has keeps an empty resource."""
    parts = urlsplit(_below(app, path))
    resource, parameters = _matched(app, parts.path)
    return {
        "resource": resource,
        "path": parts.path,
        "httpMethod": method,
        "headers": {**headers, "Host": "unknown.invalid"},
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": parse_qs(parts.query, keep_blank_values=True) or None,
        "pathParameters": parameters or None,
        "stageVariables": None,
        "requestContext": {"httpMethod": method, "resourcePath": resource, "path": f"/v1{parts.path}"},
        "body": body,
        "isBase64Encoded": False,
    }


def _below(app: OffhookApp, path: str) -> str:
    return path.removeprefix(f"/v1/{app.area}")


def _matched(app: OffhookApp, path: str) -> tuple[str, dict[str, str]]:
    """The route's pattern and its variable parts; like API Gateway, a literal part wins over a variable one."""
    for pattern, expression in _patterns(tuple(app.routes)):
        found = expression.fullmatch(path)
        if found:
            return pattern, {name: unquote(value) for name, value in found.groupdict().items()}
    return "", {}


@cache
def _patterns(routes: tuple[str, ...]) -> list[tuple[str, re.Pattern[str]]]:
    ordered = sorted(routes, key=lambda pattern: (pattern.count("{"), pattern))
    return [(pattern, re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern))) for pattern in ordered]
