"""Who comes to the operator desk, and how an operator touches one tenant: in its scope, with an entry in its trail."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from chalice.app import Request

from offhook import wiring
from offhook.domain.audit.chain import Act
from offhook.domain.audit.deeds import Deed
from offhook.domain.errors import NotFound
from offhook.domain.ids import TenantId
from offhook.domain.tenants.context import Identity
from offhook.stores.operators import Operators
from offhook.usecases.audit import append
from offhook.usecases.deps import Deps
from offhook.web import tenancy
from offhook.web.identity import identify
from offhook.web.metering import attribute
from offhook.web.recent import Recent

if TYPE_CHECKING:
    from offhook.web.app import OffhookApp

KEPT_S = 4.0
ROLE = "operator"


def operator(request: Request) -> Identity:
    """The operator of the bearer token; to everybody else there is nothing here.

    An operator is a member of some tenant, in full possession of their role: with the second factor that it asks for.
    """
    identity = identify(request)
    if not is_operator(identity):
        raise NotFound()
    return identity


def is_operator(identity: Identity) -> bool:
    """Whether they operate the platform, as far as a process knows that has looked within seconds."""
    return not identity.withheld and _operators.get(identity.user_id)


@contextmanager
def for_operator(app: "OffhookApp", tenant_id: str, doing: Deed, **about: object) -> Iterator[Deps]:
    """One tenant's stores, in its scope; what is done there is in its audit trail first. Raises NotFound.

    doing: in a few words, for the tenant's owner to read; about: what else the entry says.
    """
    identity, request = app.identity(), app.current_request
    tenant = tenancy.context(TenantId(tenant_id))
    attribute("", "")  # on the platform's account
    with tenancy.scope(tenant):
        deps = tenancy.deps(tenant)
        context = request.context if request is not None else {}
        append(
            deps,
            Act(
                at=deps.clock.now(),
                actor=identity.user_id,
                role=ROLE,
                action=doing,
                about=about,
                request_id=str(context.get("requestId", "")),
            ),
        )
        yield deps


def _is_operator(user_id: str) -> bool:
    return Operators(wiring.edge_items()).has(user_id)


_operators: Recent[bool] = Recent(_is_operator, KEPT_S, belongs_to=wiring.world)
