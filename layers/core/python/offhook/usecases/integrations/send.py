"""One attempt to deliver: sign, send, record, and say when it is tried again.

The stored delivery is the truth and a message only a hint, so that a process may die anywhere: what was sent and not
recorded is sent again under the same id, what is due and of which nobody was told is found by the sweep.
"""

from dataclasses import replace

from offhook.domain.errors import PreconditionFailed
from offhook.domain.ids import SECOND
from offhook.domain.integrations import endpoint as endpoints
from offhook.domain.integrations import signing
from offhook.domain.integrations.delivery import (
    SHOWN_BYTES,
    Attempt,
    Delivery,
    DeliveryState,
    after_attempt,
    missed,
)
from offhook.domain.integrations.endpoint import Endpoint
from offhook.domain.integrations.requests import Answered, Outbound
from offhook.domain.storage import CommitConflict
from offhook.domain.tenants.rates import Rate
from offhook.stores.buckets import Bucket, of_part
from offhook.stores.deliveries import Deliveries
from offhook.stores.webhooks import EndpointHealth
from offhook.usecases.deps import Deps
from offhook.usecases.integrations.courier import Courier, call_in, hint
from offhook.usecases.retry import again_on_conflict

GONE = 410
LONGEST_HINT_S = 900.0
LOOK_AHEAD = 10
A_SECOND = Rate("webhook_endpoint", 50, 1)
AGENT = "Offhook-Webhooks/1.0"


def send(deps: Deps, courier: Courier, endpoint_id: str, delivery_id: str) -> None:
    """Try the delivery if it is due and a place is free; then have the next one of its endpoint looked at.

    One that finds its endpoint's bucket empty is looked at again a second later, and no try of it is used up.
    """
    log, now = Deliveries(deps.items, deps.tenant.id), deps.clock.now()
    endpoint = deps.config.find(Endpoint, endpoint_id)
    delivery = log.find(endpoint_id, delivery_id)
    if endpoint is None or delivery is None or delivery.next_at is None or delivery.next_at > now:
        return
    if not endpoint.enabled and not delivery.test:
        call_in(deps, courier, endpoint_id, log.save(delivery, missed(delivery), now))
        return
    if not log.is_first(delivery):
        return
    place = log.take_place(endpoint_id, delivery_id, now)
    if place is None:
        return
    try:
        if not _may(deps, endpoint_id):
            courier.queue.send(hint(deps.tenant.id, endpoint_id, delivery_id), delay_s=1.0)
            return
        _attempt(deps, courier, endpoint, delivery)
    finally:
        log.leave_place(endpoint_id, place)
    _look_at_next(deps, courier, endpoint_id, delivery_id)


def _may(deps: Deps, endpoint_id: str) -> bool:
    """Whether the endpoint may be asked once more within this second, by any process."""
    bucket = Bucket(lambda: deps.items, of_part(deps.tenant.id, A_SECOND, endpoint_id), A_SECOND)
    try:
        return bucket.spend(1, deps.clock.now(), only_if_there=True)
    except CommitConflict:
        return False


def _attempt(deps: Deps, courier: Courier, endpoint: Endpoint, delivery: Delivery) -> None:
    began = deps.clock.now()
    answer = courier.http.send(_request(deps, courier, endpoint, delivery))
    shown = answer.body[:SHOWN_BYTES].decode(errors="replace")
    attempt = Attempt(began, answer.status, answer.reason, answer.latency_ms, shown)
    after, following = again_on_conflict(lambda: _record(deps, delivery, attempt, answer))
    if not delivery.test:
        again_on_conflict(lambda: _judge(deps, endpoint.id, attempt))
    _come_back(deps, courier, after)
    call_in(deps, courier, endpoint.id, following)


def _request(deps: Deps, courier: Courier, endpoint: Endpoint, delivery: Delivery) -> Outbound:
    now, body = deps.clock.now(), delivery.body.encode()
    secrets = [courier.secrets.get(name) for name in endpoint.secrets_at(now)]
    headers = signing.headers([s for s in secrets if s], delivery.id, now, body)
    return Outbound("POST", endpoint.url, {"content-type": "application/json", "user-agent": AGENT, **headers}, body)


def _record(deps: Deps, delivery: Delivery, attempt: Attempt, answer: Answered) -> tuple[Delivery, str]:
    """The delivery with its attempt, as stored, and the one whose turn it is; what is settled already stays so."""
    log = Deliveries(deps.items, deps.tenant.id)
    now = log.get(delivery.endpoint_id, delivery.id)
    if now.state is not DeliveryState.PENDING:
        return now, ""
    after = after_attempt(now, attempt, retry_after_s(answer))
    if attempt.status == GONE:
        after = replace(missed(after), version=after.version)
    return after, log.save(now, after, deps.clock.now())


def _judge(deps: Deps, endpoint_id: str, attempt: Attempt) -> None:
    """Learn from the attempt whether the endpoint works; disable what is gone or hopeless, and have it told."""
    store, now = EndpointHealth(deps.items, deps.tenant.id), deps.clock.now()
    read = store.of(endpoint_id)
    if attempt.accepted:
        if read.version:
            store.forget(endpoint_id)
        return
    health = endpoints.after_failure(read.health, now)
    by = "gone" if attempt.status == GONE else "failing" if endpoints.is_hopeless(health, now) else ""
    if by and health.noticed != "webhook_disabled":
        health = replace(health, notice="webhook_disabled")
    store.save(endpoint_id, read, health)
    if by:
        disable(deps, endpoint_id, by)


def disable(deps: Deps, endpoint_id: str, by: str) -> None:
    """Send nothing there any more; done already, or deleted: nothing happens."""
    for _ in range(3):
        endpoint = deps.config.find(Endpoint, endpoint_id)
        if endpoint is None or not endpoint.enabled:
            return
        try:
            deps.config.change(endpoints.disabled(endpoint, by, deps.clock.now()))
        except PreconditionFailed:
            continue
        return


def _come_back(deps: Deps, courier: Courier, delivery: Delivery) -> None:
    """A hint for the next attempt when a message can wait that long; the sweep sees to the others."""
    if delivery.next_at is None:
        return
    delay_s = max(0.0, (delivery.next_at - deps.clock.now()) / SECOND)
    if delay_s <= LONGEST_HINT_S:
        courier.queue.send(hint(deps.tenant.id, delivery.endpoint_id, delivery.id), delay_s=delay_s)


def _look_at_next(deps: Deps, courier: Courier, endpoint_id: str, done: str) -> None:
    """Messages that found no free place were dropped: whoever leaves a place calls the next in."""
    log = Deliveries(deps.items, deps.tenant.id)
    due = [one for one in log.due(endpoint_id, deps.clock.now(), LOOK_AHEAD) if one != done]
    if due:
        courier.queue.send(hint(deps.tenant.id, endpoint_id, due[int(done[-4:], 16) % len(due)]))


def retry_after_s(answer: Answered) -> float | None:
    """How long the receiver asks us to wait, in seconds; a date or nonsense asks for nothing."""
    given = answer.headers.get("retry-after", "")
    return float(given) if given.isascii() and given.isdigit() and len(given) <= 6 else None
