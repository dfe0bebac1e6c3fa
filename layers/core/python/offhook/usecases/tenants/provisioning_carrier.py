"""The steps of the set-up at the carrier: account, key, application, number, trigger; each kept once it is there."""

from dataclasses import replace
from typing import Any

from offhook.domain.errors import CarrierUnavailable
from offhook.domain.numbers.line import Line
from offhook.domain.numbers.port import NoneForSale
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.domain.tenants.sign_up import SignUp
from offhook.domain.tenants.starters.starter import FLOW
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.directory import Directory
from offhook.usecases.numbers.buy import MEANWHILE, Purchase, PurchaseUnderWay, buy
from offhook.usecases.numbers.desk import NumberDesk
from offhook.usecases.tenants.lifecycle import changed
from offhook.usecases.tenants.site import Site

ACCOUNT_HANDLE = "ACCOUNT"
API_KEY_SECRET = "carrier_api_key"
DAILY_USD = 20  # what a trial should never cost in a day


def account(site: Site, _: SignUp) -> None:
    """A subaccount, whose token verifies webhooks and whose sid leads to the tenant."""
    tenant = site.deps.tenant.id
    made = site.carrier.account(tenant)
    if made.token not in site.secrets.carrier_tokens():
        site.secrets.put_carrier_token(made.token)
    Directory(site.directory).lead(ACCOUNT_HANDLE, made.sid, tenant)
    changed(site.deps, account_sid=made.sid)
    _keep(site, account_sid=made.sid)


def api_key(site: Site, _: SignUp) -> None:
    """A key that browsers' tokens are signed with. Its secret cannot be read again, so it is kept or made anew."""
    if site.secrets.get(API_KEY_SECRET) is None:
        made = site.carrier.fresh_key(site.account(), site.deps.tenant.id)
        site.secrets.put(API_KEY_SECRET, f"{made.sid} {made.secret}")
    kept = site.secrets.get(API_KEY_SECRET) or ""
    _keep(site, api_key_sid=kept.partition(" ")[0])


def application(site: Site, _: SignUp) -> None:
    """The voice application that browsers and numbers use."""
    _keep(site, application_sid=site.carrier.application(site.account(), site.deps.tenant.id))


def number(site: Site, found: SignUp) -> None:
    """A number to begin with, answered by the starter's flow; counted like every other."""
    line = _bought(_desk(site), found)
    changed(site.deps, caller_id=line.id)
    _keep(site, number_sid=line.sid, number=line.id)


def usage_trigger(site: Site, _: SignUp) -> None:
    """The carrier's own alarm on the price of a day, which does not depend on our counting."""
    _keep(site, trigger_sid=site.carrier.usage_trigger(site.account(), site.deps.tenant.id, DAILY_USD))


def _desk(site: Site) -> NumberDesk:
    """Where numbers are dealt with, for the tenant that this one is about to be."""
    tenant = site.deps.config.get(Tenant, site.deps.tenant.id)
    opened = replace(tenant, account_sid=site.telco.account_sid, status=TenantStatus.TRIALING)
    return site.number_desk(opened.context())


def _bought(desk: NumberDesk, found: SignUp) -> Line:
    """Of the tenant's country; of the United States where none is sold, or not without papers."""
    wish = Purchase("trial", found.country, flow_id=FLOW, name=found.company, meanwhile=True)
    try:
        return buy(desk, wish)
    except NoneForSale:
        return buy(desk, replace(wish, order="trial-elsewhere", country=MEANWHILE))
    except PurchaseUnderWay as again:
        raise CarrierUnavailable(again.detail) from again


def _keep(site: Site, **fields: Any) -> None:
    known = site.telco
    after = replace(known, **fields)
    if after != known:
        site.deps.config.put(replace(after, version=known.version + 1))
