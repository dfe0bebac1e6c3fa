"""Webhooks that leave, API keys and connectors: groups of routes, and the handlers that deliver."""

from collections.abc import Sequence

from offhook import wiring
from offhook.domain.errors import NotFound
from offhook.domain.ids import TenantId
from offhook.domain.messages import Message, Topic
from offhook.usecases.analytics.event_records import Event, events_by_tenant, readable_events
from offhook.usecases.analytics.stream_records import failures
from offhook.usecases.deps import Deps
from offhook.usecases.integrations.fan_out import fan_out as begin_deliveries
from offhook.usecases.integrations.replay import replay_part
from offhook.usecases.integrations.send import send
from offhook.usecases.integrations.sweep import sweep as look_after
from offhook.usecases.metering.platform import PLATFORM
from offhook.web.app import OffhookApp
from offhook.web.integrations import connectors, keys, webhooks
from offhook.web.observability import log
from offhook.web.workers import (
    PartialFailure,
    Records,
    for_tenant,
    hint_each_tenant,
    queue_worker,
    schedule_worker,
    stream_worker,
)
from offhook.wiring.courier import courier

app = OffhookApp("integrations")
for group in (webhooks, keys, connectors):
    group.routes(app)


@app.on_kinesis_record(stream="events", name="fan_out")
@stream_worker
def fan_out(records: Records) -> PartialFailure:
    """Published events, to a delivery for each endpoint that wants them."""
    events, unreadable = readable_events(records)
    for tenant, part in events_by_tenant(events).items():
        _fan_out(TenantId(tenant), part)
    return failures(unreadable)


@app.on_sqs_message(queue="deliveries", name="deliver")
@queue_worker
def deliver(deps: Deps, message: Message) -> None:
    """One attempt of one delivery, a part of a replay, or a look at what is due."""
    match message.topic:
        case Topic.REPLAY:
            replay_part(deps, courier(deps.tenant), message.entity, message.arg)
        case Topic.DELIVERIES:
            look_after(deps, courier(deps.tenant), wiring.mailer)
        case _:
            send(deps, courier(deps.tenant), message.entity, message.arg)


@app.schedule("rate(5 minutes)", name="sweep")
@schedule_worker
def sweep() -> None:
    """What is due and of which nobody was told, for each tenant."""
    hint_each_tenant(Topic.DELIVERIES, queue=wiring.deliveries)


def _fan_out(tenant: TenantId, events: Sequence[Event]) -> None:
    """One tenant's events; the platform's own are told to nobody."""
    if tenant == PLATFORM.id:
        return
    try:
        for_tenant(tenant, lambda deps: begin_deliveries(deps, wiring.deliveries(), events))
    except NotFound:
        log().warning("events of no tenant", extra={"tenant": tenant})
