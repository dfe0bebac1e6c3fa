"""A customer of ours as configured: what every request of the tenant needs to know about it."""

from dataclasses import dataclass, replace

from offhook.domain.ids import Instant, TenantId
from offhook.domain.tenants.context import TenantContext
from offhook.domain.tenants.lifecycle import TenantStatus, Trigger, after


@dataclass(frozen=True, slots=True)
class Tenant:
    """The tenant's own item among its configuration; its id is the tenant id.

    region: ISO country of its home; caller_id: what its agents' telephones show; account_sid: its carrier account;
    plan: a name of the plan catalogue; since: when it came into its status; paid: whether it pays for a plan;
    trial_since: when its trial began; barred: suspended by the platform, for harm, until the platform lifts it;
    limits: by name, where the operator desk set others than the plan's.
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
    paid: bool = False
    trial_since: Instant = 0
    barred: bool = False
    limits: tuple[tuple[str, int], ...] = ()

    def moved(self, trigger: Trigger, now: Instant) -> "Tenant":
        """The tenant after the trigger, at the next version; raises Conflict when that is not legal.

        A tenant that never paid comes back to its trial, which does not begin anew, unless we reinstate it.
        """
        paid = trigger is Trigger.PAID or (self.paid and trigger is not Trigger.PAYMENT_FAILED)
        status = after(self.status, trigger, paid=paid, barred=self.barred)
        resumed = status is TenantStatus.TRIALING and trigger is Trigger.REOPEN
        since = self.trial_since if resumed else self.since if status is self.status else now
        begun = since if status is TenantStatus.TRIALING else self.trial_since
        barred = trigger is Trigger.BAR or (self.barred and trigger is not Trigger.REINSTATE)
        moved = replace(self, version=self.version + 1, status=status, since=since, paid=paid, trial_since=begun)
        return replace(moved, barred=barred)

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
            self.limits,
        )
