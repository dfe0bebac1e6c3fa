"""Searching the log of an endpoint."""

from dataclasses import dataclass

from offhook.domain.errors import InvalidInput
from offhook.domain.integrations.delivery import Delivery, DeliveryState
from offhook.domain.integrations.payloads import resource_of
from offhook.stores.deliveries import Deliveries
from offhook.usecases.deps import Deps

LOOKS = 5  # pages of the log that one page of answers may be gathered from


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; "" = any. resource: such as a contact's id."""

    state: str = ""
    type: str = ""
    resource: str = ""

    def matches(self, delivery: Delivery) -> bool:
        """Whether it is one of them."""
        return (
            self.state in ("", delivery.state)
            and self.type in ("", delivery.type)
            and self.resource in ("", resource_of(delivery.event_id)[0])
        )


@dataclass(frozen=True, slots=True)
class Found:
    """Some of the deliveries, perhaps none though there are more. next_after: None when that was all."""

    data: list[Delivery]
    next_after: str | None


def search(deps: Deps, endpoint_id: str, wanted: Wanted, limit: int, after: str) -> Found:
    """The newest deliveries beyond `after` (an id, "" = from the start); raises InvalidInput."""
    if wanted.state and wanted.state not in set(DeliveryState):
        raise InvalidInput("delivery_state", field="state", known=[*DeliveryState])
    log, data = Deliveries(deps.items, deps.tenant.id), list[Delivery]()
    for _ in range(LOOKS):
        page = log.log(endpoint_id, after=after, limit=limit)
        for delivery in page:
            after = delivery.id
            data += [delivery] if wanted.matches(delivery) else []
            if len(data) == limit:
                return Found(data, after)
        if len(page) < limit:
            return Found(data, None)
    return Found(data, after)
