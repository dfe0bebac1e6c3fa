"""Connectors: other systems that flows ask about a caller."""

from chalice.app import Response
from msgspec import Struct

from offhook.domain.integrations.connector import Connector
from offhook.domain.tenants.permissions import Permission
from offhook.usecases.integrations import connectors
from offhook.usecases.integrations.connectors import ConnectorText
from offhook.usecases.integrations.look_up import try_out
from offhook.web.app import OffhookApp
from offhook.web.responses import created, listed, no_content, ok
from offhook.web.shown_once import shown_once
from offhook.wiring.courier import courier

READ, WRITE = Permission.WEBHOOKS_READ, Permission.WEBHOOKS_WRITE


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """What a call would know: variables by name."""

    variables: dict[str, str] = {}


def routes(app: OffhookApp) -> None:
    """/connectors and what is below."""

    @app.api("/connectors", permission=READ)
    def list_connectors() -> Response:
        """All connectors of the tenant, without their secrets."""
        return listed([connectors.view(one) for one in app.deps().config.list(Connector)])

    @app.api("/connectors", methods=["POST"], permission=WRITE)
    def create_connector() -> Response:
        """A new connector."""

        def create() -> Response:
            made = connectors.create(app.deps(), courier(app.identity().tenant), app.body(ConnectorText))
            return created(made, f"/v1/integrations/connectors/{made.id}", version=made.version)

        return app.once(create)

    @app.api("/connectors/{connector_id}", permission=READ)
    def get_connector(connector_id: str) -> Response:
        """The connector, without its secret."""
        found = connectors.view(app.deps().config.get(Connector, connector_id))
        return ok(found, version=found.version)

    @app.api("/connectors/{connector_id}", methods=["PUT"], permission=WRITE)
    def change_connector(connector_id: str) -> Response:
        """The connector as the body says; needs If-Match."""
        text, version = app.body(ConnectorText), app.expected_version()
        changed = connectors.change(app.deps(), courier(app.identity().tenant), connector_id, version, text)
        return ok(changed, version=changed.version)

    @app.api("/connectors/{connector_id}", methods=["DELETE"], permission=WRITE)
    def delete_connector(connector_id: str) -> Response:
        """Remove it, unless a published flow asks it."""
        connectors.delete(app.deps(), connector_id)
        return no_content()

    @app.api("/connectors/{connector_id}/test", methods=["POST"], permission=WRITE)
    def test_connector(connector_id: str) -> Response:
        """Ask the other system now, as a call with these variables would; its answer is told once and not kept."""

        def make() -> tuple[Response, str]:
            connector = app.deps().config.get(Connector, connector_id)
            trial = try_out(courier(app.identity().tenant), connector, app.body(Question).variables)
            return ok(trial.tried), trial.answer

        return shown_once(app, make, "answer")
