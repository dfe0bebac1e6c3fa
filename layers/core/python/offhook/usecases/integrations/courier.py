"""What sending webhooks needs beside a tenant's stores: the way out, the queue of deliveries, secrets."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from offhook.domain.ids import TenantId
from offhook.domain.integrations.requests import HttpSender
from offhook.domain.messages import Message, Outgoing, Topic

if TYPE_CHECKING:
    from offhook.usecases.deps import Deps


class SecretStore(Protocol):
    """A tenant's secrets by name."""

    def get(self, name: str) -> str | None:
        """The secret; None when it was never put."""
        ...

    def put(self, name: str, value: str) -> None:
        """Store or replace it."""
        ...


@dataclass(frozen=True, slots=True)
class Courier:
    """One tenant's. queue: of deliveries, fair between tenants."""

    http: HttpSender
    queue: Outgoing
    secrets: SecretStore


def call_in(deps: "Deps", courier: Courier, endpoint_id: str, following: str) -> None:
    """Have the delivery looked at whose turn it is now; "" = there is none."""
    if following:
        courier.queue.send(hint(deps.tenant.id, endpoint_id, following))


def hint(tenant: TenantId, endpoint_id: str, delivery_id: str) -> Message:
    """The message that has a delivery looked at."""
    return Message(tenant, Topic.DELIVER, endpoint_id, delivery_id)
