"""Each five minutes for each tenant: due deliveries hinted, what a disabled endpoint missed put by, notices sent."""

from collections.abc import Callable

from offhook.domain.integrations import endpoint as endpoints
from offhook.domain.integrations.delivery import missed
from offhook.domain.integrations.endpoint import Endpoint
from offhook.domain.mail.message import Mail, Mailer
from offhook.stores.deliveries import Deliveries
from offhook.stores.webhooks import EndpointHealth
from offhook.usecases.deps import Deps
from offhook.usecases.integrations.courier import Courier, call_in, hint

AT_ONCE = 20  # of an endpoint; each that succeeds calls the next
PUT_BY_AT_ONCE = 50


def sweep(deps: Deps, courier: Courier, mailer: Callable[[], Mailer]) -> None:
    """Look after all endpoints of the tenant. mailer: made when there is something to tell."""
    for endpoint in deps.config.list(Endpoint):
        if endpoint.enabled:
            _hurry(deps, courier, endpoint)
        else:
            _put_by(deps, courier, endpoint)
        _notify(deps, mailer, endpoint)


def _hurry(deps: Deps, courier: Courier, endpoint: Endpoint) -> None:
    for due in Deliveries(deps.items, deps.tenant.id).due(endpoint.id, deps.clock.now(), AT_ONCE):
        courier.queue.send(hint(deps.tenant.id, endpoint.id, due))


def _put_by(deps: Deps, courier: Courier, endpoint: Endpoint) -> None:
    log, now = Deliveries(deps.items, deps.tenant.id), deps.clock.now()
    for due in log.due(endpoint.id, now, PUT_BY_AT_ONCE):
        delivery = log.get(endpoint.id, due)
        if delivery.next_at is not None and not delivery.test:
            call_in(deps, courier, endpoint.id, log.save(delivery, missed(delivery), now))


def _notify(deps: Deps, mailer: Callable[[], Mailer], endpoint: Endpoint) -> None:
    """Send the mail that is due, then note it: after a crash between the two it is sent again under the same id."""
    store = EndpointHealth(deps.items, deps.tenant.id)
    read = store.of(endpoint.id)
    if not read.health.notice:
        return
    if endpoint.notify:
        values = {"url": endpoint.url, "company": deps.tenant.name, "reason": endpoint.disabled_by}
        mail_id = f"{endpoint.id}-{read.health.notice}-{read.health.failing_since}"
        mailer().send(Mail(endpoint.notify, read.health.notice, deps.tenant.language, mail_id, values))
    store.save(endpoint.id, read, endpoints.told(read.health))
