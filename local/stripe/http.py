"""One request to the API: key, idempotency, route, parameters, answer."""

import copy
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from local.stripe import catalogue, clocks, customers, events, invoices, meters, refunds, sessions  # noqa: F401  # their routes
from local.stripe.due import catch_up
from local.stripe.errors import StripeRefusal, invalid
from local.stripe.forms import decode
from local.stripe.routes import ROUTES, Route
from local.stripe.state import Obj, Stripe

KEPT_S = 86_400


@dataclass(frozen=True, slots=True)
class Response:
    """What is answered."""

    status: int
    body: bytes
    headers: Mapping[str, str]


def handle(stripe: Stripe, method: str, url: str, headers: Mapping[str, str], body: str) -> Response:
    """Answer a request; requests are carried out one after the other."""
    lower = {name.lower(): value for name, value in headers.items()}
    with stripe.lock:
        catch_up(stripe, stripe.now())
        number = f"req_{stripe.number('request'):06d}"
        try:
            _authorize(stripe, lower)
            status, answer, replayed = _answered(stripe, method, url, lower, body)
        except StripeRefusal as refused:
            status, answer, replayed = refused.status, {"error": refused.body}, False
    told = {"Content-Type": "application/json", "Request-Id": number}
    if replayed:
        told["Idempotent-Replayed"] = "true"
    return Response(status, json.dumps(answer).encode(), told)


def _authorize(stripe: Stripe, headers: Mapping[str, str]) -> None:
    if headers.get("authorization") != f"Bearer {stripe.settings.api_key}":
        raise StripeRefusal(401, "invalid_request_error", "Invalid API Key provided.")


def _answered(stripe: Stripe, method: str, url: str, headers: Mapping[str, str], body: str) -> tuple[int, Obj, bool]:
    """The answer, that of an earlier request with the same key when there was one (POST only)."""
    key = headers.get("idempotency-key", "")
    if method != "POST" or not key:
        return 200, _routed(stripe, method, url, body), False
    print_ = hashlib.sha256(f"{url}\n{body}".encode()).hexdigest()
    kept = stripe.keys.get(key)
    if kept and kept["at"] > stripe.clock() - KEPT_S:
        return _replayed(kept, print_)
    stripe.keys[key] = kept = {"print": print_, "at": stripe.clock(), "status": 0, "answer": {}}
    try:
        kept["status"], kept["answer"] = 200, _routed(stripe, method, url, body)
    except StripeRefusal as refused:
        if refused.status == 400:  # refused before it began: the key is free
            del stripe.keys[key]
            raise
        kept["status"], kept["answer"] = refused.status, {"error": refused.body}
    return kept["status"], kept["answer"], False


def _replayed(kept: Obj, print_: str) -> tuple[int, Obj, bool]:
    if kept["print"] != print_:
        message = "Keys for idempotent requests can only be used with the same parameters they were first used with."
        raise StripeRefusal(400, "idempotency_error", message)
    if not kept["status"]:
        message = "There is currently another in-progress request using this Idempotency-Key."
        raise StripeRefusal(409, "idempotency_error", message, code="idempotency_key_in_use")
    return kept["status"], kept["answer"], True


def _routed(stripe: Stripe, method: str, url: str, body: str) -> Obj:
    parts = urlsplit(url)
    for route in ROUTES:
        found = route.match(parts.path) if route.method == method else None
        if found is not None:
            given = decode(parts.query if method != "POST" else body)
            _require_known(route, given)
            return _shown(stripe, route.answer(stripe, given, **found))
    raise invalid(f"Unrecognized request URL ({method}: {parts.path}).", status=404)


def _require_known(route: Route, given: dict[str, Any]) -> None:
    unknown = sorted(set(given) - route.params)
    if unknown:
        raise invalid(f"Received unknown parameter: {unknown[0]}", unknown[0], "parameter_unknown")


def _shown(stripe: Stripe, found: Obj) -> Obj:
    """A copy without what only the fake knows."""
    copied: Obj = _without_own(copy.deepcopy(found))
    return copied


def _without_own(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_own(one) for key, one in value.items() if not key.startswith("_")}
    return [_without_own(one) for one in value] if isinstance(value, list) else value
