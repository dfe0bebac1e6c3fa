"""The owner lets the platform's operators look, for a while."""

from typing import Annotated

from chalice.app import Response
from msgspec import Meta, Struct

from offhook.domain.ids import Instant
from offhook.domain.operators.consent import OperatorAccess
from offhook.domain.tenants.permissions import Permission
from offhook.usecases.operators import consent
from offhook.web.app import OffhookApp
from offhook.web.responses import no_content, ok


class Consent(Struct, forbid_unknown_fields=True):
    """reason: what is to be looked at."""

    hours: Annotated[int, Meta(ge=1, le=72)]
    reason: Annotated[str, Meta(min_length=3, max_length=500)]


class Consented(Struct):
    """until: null = nobody is let in; in milliseconds since 1970."""

    until: Instant | None
    reason: str
    granted_by: str


def routes(app: OffhookApp) -> None:
    """/operator-access."""

    @app.api("/operator-access", permission=Permission.OWNERSHIP_TRANSFER)
    def operator_access() -> Response:
        """The latest consent; it holds until `until`."""
        return _shown(consent.present(app.deps()))

    @app.api("/operator-access", methods=["POST"], permission=Permission.OWNERSHIP_TRANSFER)
    def let_operators_in() -> Response:
        """Operators may read contacts for some hours; each look is in the audit trail."""
        given, by = app.body(Consent), app.identity().user_id
        return app.once(lambda: _shown(consent.grant(app.deps(), given.hours, given.reason, by)))

    @app.api("/operator-access", methods=["DELETE"], permission=Permission.OWNERSHIP_TRANSFER)
    def keep_operators_out() -> Response:
        """At once."""
        consent.withdraw(app.deps())
        return no_content()


def _shown(given: OperatorAccess) -> Response:
    return ok(Consented(given.until or None, given.reason, given.granted_by))
