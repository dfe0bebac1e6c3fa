"""From an event to its deliveries: one for each endpoint that wants it, stored before anybody is told to send it."""

from collections.abc import Mapping, Sequence
from typing import Any

from offhook.domain.integrations.delivery import Delivery, DeliveryState, delivery_id
from offhook.domain.integrations.endpoint import Endpoint
from offhook.domain.integrations.payloads import body_of, event_types, public_type
from offhook.domain.messages import Outgoing
from offhook.stores.deliveries import Deliveries
from offhook.usecases.deps import Deps
from offhook.usecases.integrations.courier import hint
from offhook.usecases.retry import again_on_conflict


def fan_out(deps: Deps, queue: Outgoing, events: Sequence[Mapping[str, Any]]) -> None:
    """Begin the deliveries of one tenant's events; the same events again begin nothing anew.

    A hint is sent for deliveries that were there already as well: the process before may have died between the two.
    """
    endpoints = deps.config.list(Endpoint)
    known = event_types() if endpoints else {}
    for event in events:
        name = public_type(event["type"])
        for endpoint in endpoints if name in known else ():
            if endpoint.wants(name):
                _begin(deps, queue, endpoint, event)


def _begin(deps: Deps, queue: Outgoing, endpoint: Endpoint, event: Mapping[str, Any]) -> None:
    now = deps.clock.now()
    delivery = Delivery(
        id=delivery_id(endpoint.id, event["event_id"], int(event["at"])),
        version=1,
        endpoint_id=endpoint.id,
        event_id=event["event_id"],
        type=public_type(event["type"]),
        at=int(event["at"]),
        body=body_of(event),
        state=DeliveryState.PENDING if endpoint.enabled else DeliveryState.MISSED,
        next_at=now if endpoint.enabled else None,
        ordered=endpoint.ordered,
    )
    again_on_conflict(lambda: Deliveries(deps.items, deps.tenant.id).begin(delivery))
    if endpoint.enabled:
        queue.send(hint(deps.tenant.id, endpoint.id, delivery.id))
