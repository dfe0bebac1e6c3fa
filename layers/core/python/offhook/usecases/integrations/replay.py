"""Sending again what was sent, given up or missed: one delivery, a range of them, or a test."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import msgspec

from offhook.domain.errors import InvalidInput, OffhookError
from offhook.domain.event_schema import event_fields
from offhook.domain.events import Event
from offhook.domain.ids import SECOND, Instant
from offhook.domain.integrations import delivery as deliveries
from offhook.domain.integrations.delivery import Delivery, DeliveryState
from offhook.domain.integrations.endpoint import Endpoint
from offhook.domain.integrations.payloads import body_of, event_types
from offhook.domain.messages import Message, Topic
from offhook.domain.storage import CommitConflict, Item, Key, Put, Table
from offhook.stores import keys
from offhook.stores.deliveries import Deliveries
from offhook.usecases.deps import Deps
from offhook.usecases.integrations.courier import Courier, hint
from offhook.usecases.retry import again_on_conflict

AT_ONCE = 100
TEST_EACH = 5 * SECOND
LOST = (DeliveryState.EXHAUSTED, DeliveryState.MISSED)
SAMPLES: dict[type, Any] = {str: "example", int: 1, float: 1.0, bool: True}


class TooManyTests(OffhookError):
    """One test every five seconds."""

    code = "rate_limited"
    status = 429


@dataclass(frozen=True, slots=True)
class Range:
    """Deliveries of one endpoint: events from `since` to before `until`, in these states. after: where to go on."""

    since: Instant
    until: Instant
    states: tuple[DeliveryState, ...] = LOST
    after: str = ""


def replay(deps: Deps, courier: Courier, endpoint_id: str, delivery_id: str) -> Delivery:
    """Begin the delivery anew, under its id; raises NotFound."""
    deps.config.get(Endpoint, endpoint_id)
    return again_on_conflict(lambda: _replay(deps, courier, endpoint_id, delivery_id))


def replay_range(deps: Deps, courier: Courier, endpoint_id: str, asked: Range) -> None:
    """Have a worker begin all of them anew, the oldest first; raises NotFound and InvalidInput."""
    deps.config.get(Endpoint, endpoint_id)
    if asked.until <= asked.since:
        raise InvalidInput("until_later", field="$.until")
    courier.queue.send(_message(deps, endpoint_id, asked))


def replay_part(deps: Deps, courier: Courier, endpoint_id: str, text: str) -> None:
    """A part of a range, as its message says; then a message for the rest. The same part twice sends some twice."""
    asked = msgspec.json.decode(text, type=Range)
    log = Deliveries(deps.items, deps.tenant.id)
    found = log.log(endpoint_id, after=asked.after, since=asked.since, limit=AT_ONCE, oldest=True)
    for delivery in found:
        if delivery.state in asked.states and delivery.at < asked.until and not delivery.test:
            again_on_conflict(partial(_replay, deps, courier, endpoint_id, delivery.id))
    if len(found) == AT_ONCE and found[-1].at < asked.until:
        courier.queue.send(_message(deps, endpoint_id, replace(asked, after=found[-1].id)))


def send_test(deps: Deps, courier: Courier, endpoint_id: str, name: str) -> Delivery:
    """Send an example of the type, marked as a test, also to a disabled endpoint; tried once.

    Raises NotFound, InvalidInput and TooManyTests.
    """
    deps.config.get(Endpoint, endpoint_id)
    kind = event_types().get(name)
    if kind is None:
        raise InvalidInput("type_unknown", field="$.type", name=name[:60])
    _slowly(deps, endpoint_id)
    delivery = _example(endpoint_id, name, kind, deps.ids.new("test"), deps.clock.now())
    Deliveries(deps.items, deps.tenant.id).begin(delivery)
    courier.queue.send(hint(deps.tenant.id, endpoint_id, delivery.id))
    return delivery


def _replay(deps: Deps, courier: Courier, endpoint_id: str, delivery_id: str) -> Delivery:
    log = Deliveries(deps.items, deps.tenant.id)
    before = log.get(endpoint_id, delivery_id)
    after = deliveries.replayed(before, deps.clock.now())
    log.begin_anew(before, after)
    courier.queue.send(hint(deps.tenant.id, endpoint_id, delivery_id))
    return after


def _message(deps: Deps, endpoint_id: str, asked: Range) -> Message:
    return Message(deps.tenant.id, Topic.REPLAY, endpoint_id, msgspec.json.encode(asked).decode())


def _slowly(deps: Deps, endpoint_id: str) -> None:
    now = deps.clock.now()
    key = Key(Table.PULSE, keys.endpoint_health(deps.tenant.id, endpoint_id).pk, f"TEST#{endpoint_id}")
    last = deps.items.get(key)
    if last is not None and now - last.version < TEST_EACH:
        raise TooManyTests()
    try:
        deps.items.commit(Put(Item(key, version=now, expires_at=now + TEST_EACH), expect=last.version if last else 0))
    except CommitConflict as lost:
        raise TooManyTests() from lost


def _example(endpoint_id: str, name: str, kind: type[Event], test_id: str, now: Instant) -> Delivery:
    event_id = f"test:{test_id}:1:0"
    fields = {field: SAMPLES[plain] for field, plain in event_fields(kind).items()}
    body = body_of({**fields, "event_id": event_id, "type": kind.type, "at": now}, test=True)
    made = deliveries.delivery_id(endpoint_id, event_id, now)
    return Delivery(made, 1, endpoint_id, event_id, name, now, body, next_at=now, test=True)


def states_of(names: Sequence[str], field: str) -> tuple[DeliveryState, ...]:
    """The states of these names; raises InvalidInput."""
    known = {state.value: state for state in DeliveryState}
    for name in names:
        if name not in known:
            raise InvalidInput("delivery_state", field=field, known=[*known])
    return tuple(known[name] for name in names)
