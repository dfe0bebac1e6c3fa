"""Builds what setting a tenant up needs; the carrier's parent account is read with its first use, by nobody else."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from offhook.adapters.carrier.twilio.provisioning import ParentAccount, TwilioAccounts
from offhook.adapters.guard import platform_scope
from offhook.domain.tenants.context import TenantContext
from offhook.settings import Settings
from offhook.usecases.tenants.site import Site

if TYPE_CHECKING:
    from offhook.wiring import World


def site(world: "World", tenant: TenantContext, settings: Settings, ssm: Callable[[], Any]) -> Site:
    """One tenant's, on AWS."""

    def read() -> str:
        with platform_scope():
            found = ssm().get_parameter(Name=settings.need("carrier_parameter"), WithDecryption=True)
        return str(found["Parameter"]["Value"])

    ours = ParentAccount(read, settings.carrier_url)
    carrier = TwilioAccounts(ours.client, ours.client_of, settings.public_api_url)
    return Site(
        deps=world.deps_for(tenant),
        directory=world.edge_items(),
        secrets=world.secrets(tenant),
        carrier=carrier,
        mailer=world.mailer(),
        app_url=settings.need("app_url"),
        number_desk=world.number_desk,
    )
