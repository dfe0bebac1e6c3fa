"""The live channel: which connections a tenant has open, and messages pushed to them."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec

from offhook.domain.ids import MINUTE, AgentId, Instant
from offhook.domain.storage import Delete, Item, Items, Key, Put, Table
from offhook.domain.tenants.context import TenantContext
from offhook.domain.tenants.scope import EVERYTHING, Scope, TeamId
from offhook.stores import keys
from offhook.stores.codec import decode, encode

LONGEST_CONNECTION = 125 * MINUTE  # API Gateway ends a connection after two hours
MOST_CONNECTIONS = 1000
MOST_BYTES = 128 * 1024  # API Gateway passes no larger message
FLOOR = "floor"
_log = logging.getLogger(__name__)


class Gone(Exception):
    """The connection is closed; what was sent to it is lost."""


class Post(Protocol):
    """Sends bytes to one connection; raises Gone."""

    def __call__(self, connection_id: str, message: bytes) -> None:
        """connection_id: as API Gateway named it."""
        ...


@dataclass(frozen=True, slots=True)
class Connection:
    """One open WebSocket: whose it is, whether it may watch the floor, and which part of it.

    scope: as it was opened; teams: whose people it watches, who may be others by now.
    """

    id: str
    agent_id: AgentId
    watches_floor: bool = False
    scope: Scope = EVERYTHING
    teams: tuple[TeamId, ...] = ()

    def hears(self, audience: str) -> bool:
        """Whether a message for that audience is for this connection."""
        return self.watches_floor if audience == FLOOR else audience == to_agent(self.agent_id)


def to_agent(agent_id: AgentId) -> str:
    """The audience that is one agent, on every device."""
    return f"agent:{agent_id}"


@dataclass(frozen=True, slots=True)
class Connections:
    """The open connections of one tenant."""

    items: Items
    tenant: TenantContext

    def add(self, connection: Connection, now: Instant) -> None:
        """Remember a connection; again changes nothing."""
        item = Item(self._at(connection.id), body=encode(connection), expires_at=now + LONGEST_CONNECTION)
        self.items.commit(Put(item))

    def remove(self, connection_id: str) -> None:
        """Forget a connection; an unknown one is no error."""
        self.items.commit(Delete(self._at(connection_id)))

    def all(self) -> list[Connection]:
        """Every open connection; one read."""
        partition = keys.connection_list(self.tenant.id)
        found = self.items.query(Table.PULSE, partition, limit=MOST_CONNECTIONS)
        return [decode(Connection, item.body) for item in found]

    def of(self, audience: str) -> list[Connection]:
        """Who hears that audience; one read, whatever the number of messages."""
        return [c for c in self.all() if c.hears(audience)]

    def _at(self, connection_id: str) -> Key:
        return Key(Table.PULSE, keys.connection_list(self.tenant.id), connection_id)


@dataclass(frozen=True, slots=True)
class LiveChannel:
    """Pushes to the browsers of one tenant. Delivery is a hint: pages read their state again when they reconnect."""

    connections: Connections
    post: Post
    unreached: Callable[[str, Exception], None] = lambda connection_id, error: _log.warning(
        "connection %s was not reached: %s", connection_id, type(error).__name__
    )

    def push(self, audience: str, message: Mapping[str, object]) -> int:
        """Send to everybody of the audience (`FLOOR` or `to_agent(id)`); says how many were reached."""
        return self.listeners().push(audience, message)

    def listeners(self) -> "Listeners":
        """Who is connected now, for several messages at the price of one read."""
        return Listeners(self, self.connections.all())

    def reach(self, connection: Connection, payload: bytes) -> bool:
        """Send to one connection; forgets it when it is gone."""
        try:
            self.post(connection.id, payload)
        except Gone:
            self.connections.remove(connection.id)
            return False
        except Exception as error:
            self.unreached(connection.id, error)
            return False
        return True


@dataclass(frozen=True, slots=True)
class Listeners:
    """Those who were connected when somebody looked."""

    channel: LiveChannel
    connections: list[Connection]

    def hear(self, audience: str) -> bool:
        """Whether anybody does."""
        return any(connection.hears(audience) for connection in self.connections)

    def push(self, audience: str, message: Mapping[str, object]) -> int:
        """Send to everybody of the audience; says how many were reached."""
        hearing = [connection for connection in self.connections if connection.hears(audience)]
        return self._send(hearing, message)

    def push_floor(self, part: Callable[[Scope], Mapping[str, object]], sees: Callable[[Connection], Scope]) -> int:
        """Send to all who watch the floor the part that they see, made once for each scope; how many were reached."""
        watching: dict[Scope, list[Connection]] = {}
        for connection in self.connections:
            if connection.watches_floor:
                watching.setdefault(sees(connection), []).append(connection)
        return sum(self._send(theirs, part(scope)) for scope, theirs in watching.items())

    def _send(self, hearing: list[Connection], message: Mapping[str, object]) -> int:
        payload = _payload(message) if hearing else b""
        return sum(self.channel.reach(connection, payload) for connection in hearing)


def _payload(message: Mapping[str, object]) -> bytes:
    """What is too large is told without its content: whoever hears of it reads it."""
    whole = msgspec.json.encode(message)
    if len(whole) <= MOST_BYTES:
        return whole
    return msgspec.json.encode({name: message[name] for name in ("type", "id", "seq") if name in message})


def poster(client: Any) -> Post:
    """Through boto3's client of the API Gateway management API, made for the WebSocket API's endpoint."""

    def post(connection_id: str, message: bytes) -> None:
        try:
            client.post_to_connection(ConnectionId=connection_id, Data=message)
        except client.exceptions.GoneException as gone:
            raise Gone(connection_id) from gone

    return post
