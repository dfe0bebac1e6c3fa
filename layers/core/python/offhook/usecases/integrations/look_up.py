"""Asking another system about a caller: bounded, remembered for a while, and never in the way of a call."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

import msgspec

from offhook.domain.errors import OffhookError
from offhook.domain.ids import SECOND
from offhook.domain.integrations.connector import Connector, body_for, url_for, values_in
from offhook.domain.integrations.requests import Answered, Outbound
from offhook.domain.storage import Item, Key, Put, Table
from offhook.stores import keys
from offhook.stores.codec import decode, encode
from offhook.usecases.deps import Deps
from offhook.usecases.integrations.courier import Courier

FOUND, NOT_FOUND, FAILED = "found", "not_found", "failed"
SHOWN = 4000  # characters of an answer that a trial tells
AGENT = "Offhook-Connector/1.0"


@dataclass(frozen=True, slots=True)
class Lookup:
    """What came of asking. reason: of a failure, one stable word or the status."""

    outcome: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """A look-up that a person tried. status: of the answer, 0 = there was none; answer: how it began, told once."""

    outcome: str
    attributes: Mapping[str, str]
    reason: str
    status: int
    latency_ms: int
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """tried: what may be kept of it; answer: how the other system's answer began."""

    tried: Tried
    answer: str


def look_up(deps: Deps, courier: Courier, connector_id: str, variables: Mapping[str, str]) -> Lookup:
    """Ask, or remember the answer to the same question; whatever goes wrong is a failure and raises nothing."""
    connector = deps.config.find(Connector, connector_id)
    if connector is None:
        return Lookup(FAILED, reason="unknown_connector")
    try:
        return _remembered(deps, courier, connector, variables)
    except OffhookError as wrong:
        return Lookup(FAILED, reason=wrong.code)


def ask(courier: Courier, connector: Connector, variables: Mapping[str, str]) -> Lookup:
    """Ask now."""
    return _understood(connector, _answered(courier, connector, variables))


def try_out(courier: Courier, connector: Connector, variables: Mapping[str, str]) -> Trial:
    """Ask now, and tell what came as well; the secret is hidden where the other system says it back."""
    came = _answered(courier, connector, variables)
    came = replace(came, body=_without(_secret(courier, connector), came.body))
    found = _understood(connector, came)
    tried = Tried(found.outcome, found.attributes, found.reason, came.status, came.latency_ms)
    return Trial(tried, came.body.decode(errors="replace")[:SHOWN])


def _without(secret: str | None, body: bytes) -> bytes:
    """The body with stars for the secret, also as JSON writes it."""
    for written in {secret, json.dumps(secret)[1:-1]} if secret else ():
        body = body.replace(written.encode(), b"***")
    return body


def _secret(courier: Courier, connector: Connector) -> str | None:
    return courier.secrets.get(connector.secret) if connector.secret else None


def _answered(courier: Courier, connector: Connector, variables: Mapping[str, str]) -> Answered:
    headers = {"user-agent": AGENT, "accept": "application/json", **connector.headers}
    if connector.method == "POST":
        headers["content-type"] = "application/json"
    secret = _secret(courier, connector)
    if secret:
        headers[connector.secret_header] = secret
    body, url = body_for(connector, variables), url_for(connector, variables)
    return courier.http.send(Outbound(connector.method, url, headers, body, connector.timeout_s))


def _understood(connector: Connector, answered: Answered) -> Lookup:
    if answered.status in (404, 410, 204):
        return Lookup(NOT_FOUND)
    if not 200 <= answered.status < 300:
        return Lookup(FAILED, reason=answered.reason or str(answered.status))
    try:
        values = values_in(connector, msgspec.json.decode(answered.body))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Lookup(FAILED, reason="not_json")
    return Lookup(FOUND, values) if values else Lookup(NOT_FOUND)


def _remembered(deps: Deps, courier: Courier, connector: Connector, variables: Mapping[str, str]) -> Lookup:
    if not connector.cache_s:
        return ask(courier, connector, variables)
    key, now = _place(deps, connector, variables), deps.clock.now()
    item = deps.items.get(key)
    if item is not None and (item.expires_at or 0) > now:
        return decode(Lookup, item.body)
    answer = ask(courier, connector, variables)
    if answer.outcome != FAILED:
        expires_at = now + connector.cache_s * SECOND
        deps.items.commit(Put(Item(key, body=encode(answer), expires_at=expires_at)))
    return answer


def _place(deps: Deps, connector: Connector, variables: Mapping[str, str]) -> Key:
    """The same question of the same version of the connector."""
    asked = f"{connector.version} {url_for(connector, variables)} {body_for(connector, variables)!r}"
    partition = keys.lookups(deps.tenant.id, connector.id)
    return Key(Table.PULSE, partition, sha256(asked.encode()).hexdigest())
