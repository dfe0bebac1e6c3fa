"""What sending webhooks and asking other systems needs, for one tenant."""

from urllib.parse import urlsplit

from offhook import wiring
from offhook.domain.integrations.addresses import Policy
from offhook.domain.tenants.context import TenantContext
from offhook.settings import Settings
from offhook.usecases.integrations.courier import Courier

LOCAL = "local"
HTTPS, OTHER_HTTPS = 443, 8443


def courier(tenant: TenantContext) -> Courier:
    """To be used in the tenant's scope."""
    world = wiring.world()
    return Courier(world.http_sender(tenant), world.deliveries(), world.secrets(tenant))


def policy_of(given: Settings, tenant: TenantContext) -> Policy:
    """Where requests of the tenant may go: to this machine itself only where the product runs on a laptop."""
    hosts = (urlsplit(url).hostname or "" for url in (given.public_api_url, given.app_url))
    ports = {HTTPS} if tenant.plan == "trial" else {HTTPS, OTHER_HTTPS}
    local = given.stage == LOCAL and bool(given.local_receivers)
    return Policy(frozenset(host for host in hosts if host), frozenset(ports), local)
