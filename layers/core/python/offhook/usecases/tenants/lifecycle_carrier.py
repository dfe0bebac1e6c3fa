"""The carrier's account follows the state of its tenant; again, late or twice, it ends in the same state."""

from contextlib import suppress
from dataclasses import replace

from offhook.domain.errors import PreconditionFailed
from offhook.domain.tenants.lifecycle import EFFECTS
from offhook.domain.tenants.tenant import Tenant
from offhook.usecases.tenants.lifecycle import move_if_due
from offhook.usecases.tenants.site import Site


def keep_up(site: Site) -> None:
    """Do what is due in the tenant's life, then bring the carrier's account where that leaves it."""
    follow(site, move_if_due(site.deps))


def follow(site: Site, tenant: Tenant) -> None:
    """Suspended: live calls are ended first, because the carrier would let them go on. Closed is for ever.

    What was asked of the carrier is kept after it was done; a change that comes in between is seen by the next look.
    """
    telco, wanted = site.telco, EFFECTS[tenant.status].carrier
    if not telco.account_sid or not wanted or wanted == telco.status or telco.status == "closed":
        return
    if wanted != "active":
        site.carrier.end_calls(site.account())
    site.carrier.set_status(site.account(), wanted)
    with suppress(PreconditionFailed):  # somebody else was there too: the next look goes by what both left
        site.deps.config.change(replace(telco, status=wanted))
    latest = site.deps.config.get(Tenant, tenant.id)
    if EFFECTS[latest.status].carrier != site.telco.status:
        follow(site, latest)
