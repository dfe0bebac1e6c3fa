"""Connectors as people configure them; the secret goes in and never comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from msgspec import UNSET, Struct, UnsetType

from offhook.domain.errors import Conflict, InvalidInput
from offhook.domain.integrations import connector as connectors
from offhook.domain.integrations.connector import Connector
from offhook.domain.ivr.nodes.data_dip import DataDipNode
from offhook.stores.flows import FlowDraft
from offhook.usecases.deps import Deps
from offhook.usecases.integrations.courier import Courier
from offhook.usecases.ivr.situation import flow_version

LONGEST_SECRET = 2000
MOST = 50


class ConnectorText(Struct, frozen=True, forbid_unknown_fields=True):
    """See Connector. secret: left out = the one there is stays, at the same host; "" = there is none any more."""

    name: str
    url: str
    fields: dict[str, str]
    method: str = "GET"
    send: tuple[str, ...] = ()
    headers: dict[str, str] = {}
    secret_header: str = ""
    secret: str | UnsetType = UNSET
    timeout_s: float = 2.0
    cache_s: int = 0


@dataclass(frozen=True, slots=True)
class ConnectorView:
    """A connector without its secret."""

    id: str
    version: int
    name: str
    url: str
    method: str
    send: tuple[str, ...]
    headers: Mapping[str, str]
    secret_header: str
    has_secret: bool
    fields: Mapping[str, str]
    timeout_s: float
    cache_s: int


def view(connector: Connector) -> ConnectorView:
    """As it is shown."""
    shown = {name: getattr(connector, name) for name in ConnectorView.__dataclass_fields__ if name != "has_secret"}
    return ConnectorView(**shown, has_secret=bool(connector.secret))


def create(deps: Deps, courier: Courier, text: ConnectorText) -> ConnectorView:
    """A new connector; raises InvalidInput and AddressRefused."""
    if len(deps.config.list(Connector)) >= MOST:
        raise Conflict("connectors_most", most=MOST)
    made = _with_text(deps, courier, Connector(deps.ids.new("cn"), 1, "", ""), text)
    return view(deps.config.create(made))


def change(deps: Deps, courier: Courier, connector_id: str, version: int, text: ConnectorText) -> ConnectorView:
    """The connector as the text says."""
    before = deps.config.get(Connector, connector_id)
    return view(deps.config.change(replace(_with_text(deps, courier, before, text), version=version)))


def delete(deps: Deps, connector_id: str) -> None:
    """Remove it, unless a published flow asks it; raises Conflict."""
    deps.config.get(Connector, connector_id)
    for draft in deps.config.list(FlowDraft):
        nodes = flow_version(deps, draft.id, draft.published).nodes.values() if draft.published else ()
        if any(isinstance(node, DataDipNode) and node.connector == connector_id for node in nodes):
            raise Conflict("connector_in_use", name=draft.name)
    deps.config.delete(Connector, connector_id)


def _with_text(deps: Deps, courier: Courier, before: Connector, text: ConnectorText) -> Connector:
    after = replace(
        before,
        name=text.name.strip(),
        url=text.url,
        method=text.method,
        send=text.send,
        headers=text.headers,
        secret_header=text.secret_header,
        fields=text.fields,
        timeout_s=text.timeout_s,
        cache_s=text.cache_s,
    )
    connectors.check(after, courier.http.policy)
    if text.secret is UNSET and before.secret and urlsplit(before.url).netloc != urlsplit(after.url).netloc:
        raise InvalidInput("connector_secret_host", field="$.secret")
    return replace(after, secret=_secret(deps, courier, after, text))


def _secret(deps: Deps, courier: Courier, connector: Connector, text: ConnectorText) -> str:
    """The name of the secret from now on."""
    kept = connector.secret if text.secret is UNSET else ""
    if (kept or text.secret) and not connector.secret_header:
        raise InvalidInput("connector_header_missing", field="$.secret_header")
    if text.secret is UNSET or not text.secret:
        return kept
    given = str(text.secret)
    if not (given.isascii() and given.isprintable() and len(given) <= LONGEST_SECRET):
        raise InvalidInput("printable_text_length", field="$.secret", most=LONGEST_SECRET)
    name = deps.ids.new(f"connector_{connector.id}")
    courier.secrets.put(name, given)
    return name
