"""The live channel: which connections a tenant has open, and messages pushed to them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import msgspec

from offhook.domain.ids import MINUTE, AgentId, Instant
from offhook.domain.storage import Delete, Item, Items, Key, Put, Table
from offhook.domain.tenants.context import TenantContext
from offhook.stores import keys
from offhook.stores.codec import decode, encode

LONGEST_CONNECTION = 125 * MINUTE  # API Gateway ends a connection after two hours
MOST_CONNECTIONS = 1000
FLOOR = "floor"


class Gone(Exception):
    """The connection is closed; what was sent to it is lost."""


class Post(Protocol):
    """Sends bytes to one connection; raises Gone."""

    def __call__(self, connection_id: str, message: bytes) -> None:
        """connection_id: as API Gateway named it."""
        ...


@dataclass(frozen=True, slots=True)
class Connection:
    """One open WebSocket: whose it is and whether it may watch the floor."""

    id: str
    agent_id: AgentId
    watches_floor: bool = False

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

    def of(self, audience: str) -> list[Connection]:
        """Who hears that audience; one read, whatever the number of messages."""
        partition = keys.connection_list(self.tenant.id)
        found = self.items.query(Table.PULSE, partition, limit=MOST_CONNECTIONS)
        return [c for c in (decode(Connection, item.body) for item in found) if c.hears(audience)]

    def _at(self, connection_id: str) -> Key:
        return Key(Table.PULSE, keys.connection_list(self.tenant.id), connection_id)


@dataclass(frozen=True, slots=True)
class LiveChannel:
    """Pushes to the browsers of one tenant. Delivery is a hint: pages read their state again when they reconnect."""

    connections: Connections
    post: Post
    unreached: Callable[[str, Exception], None] = field(default=lambda _id, _error: None)

    def push(self, audience: str, message: Mapping[str, object]) -> int:
        """Send to everybody of the audience (`FLOOR` or `to_agent(id)`); says how many were reached."""
        payload = msgspec.json.encode(message)
        return sum(self._reach(connection, payload) for connection in self.connections.of(audience))

    def _reach(self, connection: Connection, payload: bytes) -> bool:
        try:
            self.post(connection.id, payload)
        except Gone:
            self.connections.remove(connection.id)
            return False
        except Exception as error:
            self.unreached(connection.id, error)
            return False
        return True


def poster(client: Any) -> Post:
    """Through boto3's client of the API Gateway management API, made for the WebSocket API's endpoint."""

    def post(connection_id: str, message: bytes) -> None:
        try:
            client.post_to_connection(ConnectionId=connection_id, Data=message)
        except client.exceptions.GoneException as gone:
            raise Gone(connection_id) from gone

    return post
