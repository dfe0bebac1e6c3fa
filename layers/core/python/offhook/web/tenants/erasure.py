"""The owner has everything of the tenant erased."""

from typing import Annotated

from chalice.app import Response
from msgspec import Meta, Struct

from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.permissions import Permission
from offhook.domain.tenants.tenant import Tenant
from offhook.usecases.erasure.begin import ask
from offhook.web.app import OffhookApp
from offhook.web.responses import accepted


class Confirmation(Struct, forbid_unknown_fields=True):
    """confirm: `erase` and the company's name."""

    confirm: Annotated[str, Meta(min_length=1, max_length=300)]


class Erasing(Struct):
    """How far it is."""

    status: TenantStatus


def routes(app: OffhookApp) -> None:
    """/erasure."""

    @app.api("/erasure", methods=["POST"], permission=Permission.TENANT_ERASE)
    def erase() -> Response:
        """202: there is no way back; the certificate comes by mail."""
        given = app.body(Confirmation)
        return app.once(lambda: _shown(ask(app.deps(), given.confirm, app.identity().user_id)))


def _shown(tenant: Tenant) -> Response:
    return accepted(Erasing(tenant.status))
