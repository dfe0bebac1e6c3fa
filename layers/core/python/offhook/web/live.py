"""The live channel's side of the browser: connecting with an access token, heartbeats, going."""

from collections.abc import Mapping
from typing import Any

import msgspec

from offhook import wiring
from offhook.adapters.live_channel import FLOOR as FLOOR  # the audiences, for the function that pushes to them
from offhook.adapters.live_channel import Connection, Connections
from offhook.adapters.live_channel import to_agent as to_agent
from offhook.domain.errors import NotFound, OffhookError, Unauthenticated
from offhook.domain.ids import AgentId, TenantId
from offhook.domain.storage import Delete, Item, Key, Put
from offhook.domain.tenants.permissions import Permission
from offhook.domain.tenants.scope import Scope
from offhook.stores import keys
from offhook.usecases.deps import Deps
from offhook.web import tenancy
from offhook.web.identity import identity_of, require_current
from offhook.web.observability import invocation, log, named
from offhook.web.recent import Recent

PROTOCOL = "offhook.v1"
MAX_MESSAGE = 4096
CONNECTIONS_KEPT_S = 3600.0
Event = Mapping[str, Any]
Answer = dict[str, Any]


class Owner(msgspec.Struct, frozen=True):
    """Whose connection this is; the body of the directory item CONNECTION#<id>."""

    tenant_id: TenantId
    agent_id: AgentId
    user_id: str = ""
    version: int = 0  # of the membership that the connection was opened with


class Heartbeat(msgspec.Struct, tag_field="action", tag="heartbeat", frozen=True):
    """The agent's device is there."""

    session_id: str


class Ping(msgspec.Struct, tag_field="action", tag="ping", frozen=True):
    """Keeps the connection from idling out."""


Said = Heartbeat | Ping


def handle(event: Event, context: object) -> Answer:
    """One event of the WebSocket API; never raises, because the text of an exception would reach the browser."""
    with invocation("live", context, counted={"socket_messages": 1}):
        try:
            return _ROUTES.get(event["requestContext"].get("routeKey", ""), _message)(event)
        except OffhookError as refused:
            log().info("live channel refused", extra={"code": refused.code})
            return {"statusCode": refused.status}
        except Exception:
            log().exception("live channel failed")
            return {"statusCode": 500}


def seen_by(deps: Deps, connection: Connection) -> Scope:
    """What the connection sees of the floor now: its teams change while it is open; its person's rights end it."""
    if not connection.teams:
        return connection.scope
    from offhook.domain.tenants.membership import Membership
    from offhook.usecases.tenants.membership import scope_of

    queues = tuple(connection.scope.queues or ())
    return scope_of(deps, Membership("", connection.agent_id, teams=connection.teams, queues=queues))


def _connect(event: Event) -> Answer:
    token, protocol = _offered(event)
    identity = identity_of(token)
    connection_id = _connection_id(event)
    owner = Owner(identity.tenant.id, identity.agent_id, identity.user_id, identity.member_version)
    wiring.edge_items().commit(Put(Item(_handle_of(connection_id), body=msgspec.json.encode(owner))))
    with tenancy.scope(identity.tenant), named(identity.tenant.id):
        deps = tenancy.deps(identity.tenant)
        watches_floor = Permission.FLOOR_WATCH in identity.permissions
        standing = tenancy.standing(identity.tenant.id, identity.user_id, identity.member_version)
        teams = standing.member.teams if standing else ()
        connection = Connection(connection_id, identity.agent_id, watches_floor, identity.scope, teams)
        Connections(deps.items, identity.tenant).add(connection, deps.clock.now())
    headers = {"Sec-WebSocket-Protocol": PROTOCOL} if protocol else {}
    return {"statusCode": 200, "headers": headers}


def _disconnect(event: Event) -> Answer:
    connection_id = _connection_id(event)
    owner = _owners.get(connection_id)
    tenant = tenancy.context(owner.tenant_id)
    with tenancy.scope(tenant), named(tenant.id):
        Connections(tenancy.deps(tenant).items, tenant).remove(connection_id)
    wiring.edge_items().commit(Delete(_handle_of(connection_id)))
    return {"statusCode": 200}


def _message(event: Event) -> Answer:
    said = _said(event)
    if isinstance(said, Ping):
        return {"statusCode": 200, "body": '{"type":"pong"}'}
    owner = _owners.get(_connection_id(event))
    require_current(owner.tenant_id, owner.user_id, owner.version)
    tenant = tenancy.context(owner.tenant_id)
    with tenancy.scope(tenant), named(tenant.id):
        deps = tenancy.deps(tenant)
        deps.agents.beat(owner.agent_id, said.session_id, deps.clock.now())
    return {"statusCode": 200}


def _said(event: Event) -> Said:
    try:
        said: Said = msgspec.json.decode(str(event.get("body") or "")[:MAX_MESSAGE], type=Said)
    except msgspec.MsgspecError as bad:
        raise NotFound("There is no such message.") from bad
    return said


def _offered(event: Event) -> tuple[str, bool]:
    """The access token and whether it came as a subprotocol: `Sec-WebSocket-Protocol: offhook.v1, <token>`.

    Browsers can send no other header; the query parameter `token` is for tools, for it ends in access logs.
    """
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    offered = [part.strip() for part in headers.get("sec-websocket-protocol", "").split(",")]
    if len(offered) == 2 and offered[0] == PROTOCOL:
        return offered[1], True
    token = (event.get("queryStringParameters") or {}).get("token", "")
    if not token:
        raise Unauthenticated("An access token is needed.")
    return token, False


def _connection_id(event: Event) -> str:
    return str(event["requestContext"]["connectionId"])


def _handle_of(connection_id: str) -> Key:
    return keys.directory("CONNECTION", connection_id)


def _load_owner(connection_id: str) -> Owner:
    item = wiring.edge_items().get(_handle_of(connection_id))
    if item is None:
        raise NotFound("This connection is not known.")
    return msgspec.json.decode(item.body, type=Owner)


_owners: Recent[Owner] = Recent(_load_owner, CONNECTIONS_KEPT_S, 10_000, belongs_to=wiring.world)
_ROUTES = {"$connect": _connect, "$disconnect": _disconnect}
