"""The steps of the set-up at the carrier: account, key, application, number, trigger; each kept once it is there."""

from dataclasses import replace
from typing import Any

from offhook.domain.ids import FlowId
from offhook.domain.tenants.sign_up import SignUp
from offhook.domain.tenants.starters.starter import FLOW
from offhook.stores.directory import Directory
from offhook.stores.flows import Number
from offhook.usecases.ivr.numbers import claim
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
    """A number to begin with, answered by the starter's flow."""
    telco = site.telco
    sid, bought = site.carrier.trial_number(site.account(), site.deps.tenant.id, found.country, telco.application_sid)
    claim(Directory(site.directory), site.deps.tenant.id, bought)
    if site.deps.config.find(Number, bought) is None:
        site.deps.config.put(Number(bought, FlowId(FLOW), name=found.company))
    changed(site.deps, caller_id=bought)
    _keep(site, number_sid=sid, number=bought)


def usage_trigger(site: Site, _: SignUp) -> None:
    """The carrier's own alarm on the price of a day, which does not depend on our counting."""
    _keep(site, trigger_sid=site.carrier.usage_trigger(site.account(), site.deps.tenant.id, DAILY_USD))


def _keep(site: Site, **fields: Any) -> None:
    known = site.telco
    after = replace(known, **fields)
    if after != known:
        site.deps.config.put(replace(after, version=known.version + 1))
