"""How long the tenant keeps recordings and closed contacts."""

from chalice.app import Response
from msgspec import Struct

from offhook.domain.tenants.permissions import Permission
from offhook.domain.tenants.retention import Retention
from offhook.usecases.erasure import retention
from offhook.web.app import OffhookApp
from offhook.web.responses import ok


class Wanted(Struct, forbid_unknown_fields=True):
    """In days, null = as long as the tenant exists."""

    recordings_days: int | None
    contacts_days: int | None


class Kept(Wanted):
    """The setting and its version."""

    version: int


def routes(app: OffhookApp) -> None:
    """/retention."""

    @app.api("/retention", permission=Permission.PERSON_ERASE)
    def retention_days() -> Response:
        """The present setting."""
        return _shown(retention.present(app.deps()))

    @app.api("/retention", methods=["PUT"], permission=Permission.PERSON_ERASE)
    def change_retention() -> Response:
        """What is over under the new setting is deleted from the next night on; needs If-Match."""
        given, version = app.body(Wanted), app.expected_version()
        return _shown(retention.change(app.deps(), given.recordings_days, given.contacts_days, version))


def _shown(kept: Retention) -> Response:
    return ok(Kept(kept.recordings_days, kept.contacts_days, kept.version), version=kept.version)
