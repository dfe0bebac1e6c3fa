"""Webhooks that leave: endpoints, their secrets, the log of deliveries, tests and replays."""

from dataclasses import asdict
from secrets import token_bytes

from chalice.app import Response
from msgspec import Struct

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import Instant
from offhook.domain.integrations.delivery import Delivery, DeliveryState
from offhook.domain.integrations.endpoint import Endpoint
from offhook.domain.integrations.payloads import event_types, iso
from offhook.domain.integrations.signing import SECRET_BYTES
from offhook.domain.tenants.permissions import Permission
from offhook.stores.deliveries import Deliveries
from offhook.usecases.integrations import endpoints, replay
from offhook.usecases.integrations.courier import Courier
from offhook.usecases.integrations.deliveries import Wanted, search
from offhook.usecases.integrations.endpoints import EndpointText
from offhook.web.app import OffhookApp
from offhook.web.responses import accepted, created, listed, no_content, ok
from offhook.web.shown_once import shown_once
from offhook.wiring.courier import courier

READ, WRITE = Permission.WEBHOOKS_READ, Permission.WEBHOOKS_WRITE


class ReplayRange(Struct, frozen=True, forbid_unknown_fields=True):
    """Events from `since` to before `until` (milliseconds since 1970 UTC; left out = now).

    states: which deliveries; left out = those that were given up or missed.
    """

    since: Instant
    until: Instant | None = None
    states: tuple[str, ...] = ("exhausted", "missed")


class TestSend(Struct, frozen=True, forbid_unknown_fields=True):
    """The type of event to send an example of."""

    type: str = "contact.ended"


class Replaying(Struct, frozen=True):
    """What is sent again."""

    since: str
    until: str
    states: tuple[DeliveryState, ...]


class EventType(Struct, frozen=True):
    """A type that can be subscribed to, and what it tells."""

    type: str
    description: str


class AttemptView(Struct, frozen=True):
    """One request. status 0: no answer, reason says why. response: for those who may change webhooks."""

    at: str
    status: int
    reason: str
    latency_ms: int
    response: str


class DeliveryView(Struct, frozen=True):
    """A delivery; id is also the webhook-id that the receiver saw. body: in the view of one only."""

    id: str
    endpoint_id: str
    type: str
    event_id: str
    event_at: str
    state: str
    tries: int
    next_at: str | None
    test: bool
    attempts: tuple[AttemptView, ...]
    body: str | None = None


def routes(app: OffhookApp) -> None:
    """/webhooks and what is below, /event-types."""
    _endpoints(app)
    _one_endpoint(app)
    _log(app)

    @app.api("/event-types", permission=READ)
    def list_event_types() -> Response:
        """Every type of event that an endpoint can be told of."""
        found = event_types().items()
        return listed([EventType(name, " ".join((kind.__doc__ or "").split())) for name, kind in sorted(found)])


def _endpoints(app: OffhookApp) -> None:
    @app.api("/webhooks", permission=READ)
    def list_endpoints() -> Response:
        """All endpoints of the tenant."""
        deps = app.deps()
        return listed([endpoints.view(deps, one) for one in deps.config.list(Endpoint)])

    @app.api("/webhooks", methods=["POST"], permission=WRITE)
    def create_endpoint() -> Response:
        """A new endpoint with its secret, which is not shown again."""

        def make() -> tuple[Response, str]:
            text = app.body(EndpointText)
            made = endpoints.create(app.deps(), _courier(app), app.identity(), text, token_bytes(SECRET_BYTES))
            view = made.endpoint
            return created(view, f"/v1/integrations/webhooks/{view.id}", version=view.version), made.secret

        return shown_once(app, make, "secret")


def _one_endpoint(app: OffhookApp) -> None:
    @app.api("/webhooks/{endpoint_id}", permission=READ)
    def get_endpoint(endpoint_id: str) -> Response:
        """The endpoint."""
        deps = app.deps()
        view = endpoints.view(deps, deps.config.get(Endpoint, endpoint_id))
        return ok(view, version=view.version)

    @app.api("/webhooks/{endpoint_id}", methods=["PUT"], permission=WRITE)
    def change_endpoint(endpoint_id: str) -> Response:
        """The endpoint as the body says; needs If-Match. Enabling it can have what it missed sent."""
        text, version = app.body(EndpointText), app.expected_version()
        view = endpoints.change(app.deps(), _courier(app), endpoint_id, version, text)
        return ok(view, version=view.version)

    @app.api("/webhooks/{endpoint_id}", methods=["DELETE"], permission=WRITE)
    def delete_endpoint(endpoint_id: str) -> Response:
        """Remove it; what was not delivered is dropped."""
        endpoints.delete(app.deps(), endpoint_id)
        return no_content()

    @app.api("/webhooks/{endpoint_id}/secret", methods=["POST"], permission=WRITE)
    def rotate_secret(endpoint_id: str) -> Response:
        """A new secret, which is not shown again; the one before goes on signing for a day."""

        def make() -> tuple[Response, str]:
            made = endpoints.rotate(app.deps(), _courier(app), endpoint_id, token_bytes(SECRET_BYTES))
            return ok(made.endpoint, version=made.endpoint.version), made.secret

        return shown_once(app, make, "secret")

    @app.api("/webhooks/{endpoint_id}/test", methods=["POST"], permission=WRITE)
    def send_test(endpoint_id: str) -> Response:
        """Send an example, marked as a test, once."""

        def send() -> Response:
            made = replay.send_test(app.deps(), _courier(app), endpoint_id, app.body(TestSend).type)
            return accepted(delivery_view(made, whole=True))

        return app.once(send)

    @app.api("/webhooks/{endpoint_id}/replay", methods=["POST"], permission=WRITE)
    def replay_range(endpoint_id: str) -> Response:
        """Send a range of events again."""

        def send() -> Response:
            deps, asked = app.deps(), app.body(ReplayRange)
            until = deps.clock.now() + 1 if asked.until is None else asked.until
            states = replay.states_of(asked.states, "$.states")
            _check(asked.since, "$.since")
            _check(until, "$.until")
            replay.replay_range(deps, _courier(app), endpoint_id, replay.Range(asked.since, until, states))
            return accepted(Replaying(iso(asked.since), iso(until), tuple(states)))

        return app.once(send)


def _log(app: OffhookApp) -> None:
    @app.api("/webhooks/{endpoint_id}/deliveries", permission=READ)
    def list_deliveries(endpoint_id: str) -> Response:
        """The log, newest event first: ?state=&type=&contact=&limit=&cursor=."""
        deps, cursors, query = app.deps(), app.cursors(), app.query()
        deps.config.get(Endpoint, endpoint_id)
        page = cursors.page(query)
        wanted = Wanted(query.get("state", ""), query.get("type", ""), query.get("contact", ""))
        found = search(deps, endpoint_id, wanted, page.limit, page.after)
        views = [delivery_view(one, whole=False, responses=_may_see(app)) for one in found.data]
        return ok(cursors.answer(views, found.next_after))

    @app.api("/webhooks/{endpoint_id}/deliveries/{delivery_id}", permission=READ)
    def get_delivery(endpoint_id: str, delivery_id: str) -> Response:
        """One delivery with its attempts and its body."""
        deps = app.deps()
        deps.config.get(Endpoint, endpoint_id)
        found = Deliveries(deps.items, deps.tenant.id).get(endpoint_id, delivery_id)
        return ok(delivery_view(found, whole=True, responses=_may_see(app)), version=found.version)

    @app.api("/webhooks/{endpoint_id}/deliveries/{delivery_id}/replay", methods=["POST"], permission=WRITE)
    def replay_delivery(endpoint_id: str, delivery_id: str) -> Response:
        """Send it again, under the same id."""

        def send() -> Response:
            again = replay.replay(app.deps(), _courier(app), endpoint_id, delivery_id)
            return accepted(delivery_view(again, whole=False))

        return app.once(send)


def delivery_view(delivery: Delivery, *, whole: bool, responses: bool = True) -> DeliveryView:
    """As it is shown. whole: with its body; responses: with what the receiver said."""
    attempts = tuple(
        AttemptView(**{**asdict(one), "at": iso(one.at), "response": one.response if responses else ""})
        for one in delivery.attempts
    )
    return DeliveryView(
        id=delivery.id,
        endpoint_id=delivery.endpoint_id,
        type=delivery.type,
        event_id=delivery.event_id,
        event_at=iso(delivery.at),
        state=delivery.state,
        tries=delivery.tries,
        next_at=None if delivery.next_at is None else iso(delivery.next_at),
        test=delivery.test,
        attempts=attempts,
        body=delivery.body if whole else None,
    )


def _courier(app: OffhookApp) -> Courier:
    return courier(app.identity().tenant)


def _may_see(app: OffhookApp) -> bool:
    return WRITE in app.identity().permissions


def _check(value: Instant, field: str) -> None:
    if not 0 <= value < 10**13:
        raise InvalidInput("milliseconds", field=field)
