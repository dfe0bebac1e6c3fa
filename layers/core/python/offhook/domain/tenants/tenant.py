"""A customer of ours as configured: what every request of the tenant needs to know about it."""

from dataclasses import dataclass

from offhook.domain.ids import Instant, TenantId
from offhook.domain.tenants.context import TenantContext
from offhook.domain.tenants.lifecycle import TenantStatus


@dataclass(frozen=True, slots=True)
class Tenant:
    """The tenant's own item among its configuration; its id is the tenant id.

    region: ISO country of its home; caller_id: what its agents' telephones show; account_sid: its carrier account;
    plan: a name of the plan catalogue; since: when it came into its status.
    """

    id: TenantId
    version: int = 1
    name: str = ""
    time_zone: str = "UTC"
    language: str = "en-US"
    region: str = ""
    account_sid: str = ""
    caller_id: str = ""
    status: TenantStatus = TenantStatus.ACTIVE
    plan: str = "trial"
    since: Instant = 0

    def context(self) -> TenantContext:
        """What travels with a request."""
        return TenantContext(
            self.id,
            self.name,
            self.time_zone,
            self.language,
            self.region,
            self.account_sid,
            self.caller_id,
            self.status,
            self.plan,
        )
