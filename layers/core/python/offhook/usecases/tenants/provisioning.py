"""The set-up of a tenant, one step a message: each looks for what it makes, so that it may come again after a crash."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace

from offhook.domain.errors import CarrierUnavailable, OffhookError, StoreUnavailable
from offhook.domain.ids import DAY, SECOND
from offhook.domain.mail.message import Mail
from offhook.domain.messages import Message, Topic
from offhook.domain.storage import CommitConflict, Write
from offhook.domain.tenants.lifecycle import LIMITS, TenantStatus, Trigger
from offhook.domain.tenants.sign_up import CLAIM, SignUp, SignUpStatus, Step
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.directory import Directory
from offhook.usecases.tenants import provisioning_carrier as carrier
from offhook.usecases.tenants import provisioning_content as content
from offhook.usecases.tenants.lifecycle import moving
from offhook.usecases.tenants.site import Site

PAUSE_S, LONGEST_PAUSE_S = 10.0, 300.0


def advance(site: Site) -> None:
    """Do the next step, then ask for the one after it.

    While another worker is at it, the message is put back until that one has either gone on or certainly died.
    """
    found = site.sign_ups.find()
    if found is None or found.status is not SignUpStatus.SETTING_UP:
        return
    now = site.deps.clock.now()
    if found.claimed_until > now:
        _again(site, found, (found.claimed_until - now) / SECOND + 1)
        return
    try:
        claimed = site.sign_ups.put(replace(found, claimed_until=now + CLAIM))
    except CommitConflict:
        _again(site, found, PAUSE_S)
    else:
        _do(site, claimed)


def _do(site: Site, claimed: SignUp) -> None:
    step = claimed.next_step
    assert step is not None
    try:
        STEPS[step](site, claimed)
    except (CarrierUnavailable, StoreUnavailable, CommitConflict):
        _put_back(site, claimed)
    except OffhookError as refused:
        _failed(site, claimed, step, refused)
    else:
        try:
            _finished(site, claimed, step)
        except CommitConflict:
            _put_back(site, claimed)


def _put_back(site: Site, claimed: SignUp) -> None:
    """For somebody else, a little later; whoever changed the sign-up meanwhile has taken it already."""
    with suppress(CommitConflict):
        site.sign_ups.put(replace(claimed, claimed_until=0))
    _again(site, claimed, _pause_s(site))


def _finished(site: Site, claimed: SignUp, step: Step) -> None:
    """The step that opens the tenant is written together with its move."""
    done = replace(claimed, done=(*claimed.done, step), claimed_until=0)
    after, write = site.sign_ups.write(done)
    moves: tuple[Write, ...] = _opening(site) if step is Step.OPEN else ()
    site.deps.items.commit(write, *moves)
    if after.next_step is not None:
        _again(site, after, 0)


def _opening(site: Site) -> tuple[Write, ...]:
    tenant = site.deps.config.get(Tenant, site.deps.tenant.id)
    return moving(tenant, Trigger.SET_UP, "set up", site.deps.clock.now())[1]


def _failed(site: Site, claimed: SignUp, step: Step, refused: OffhookError) -> None:
    """Nothing that time would cure: somebody has to look, or the owner tries again."""
    stopped = replace(claimed, claimed_until=0, failure=f"{step}: {refused.detail}"[:300])
    tenant = site.deps.config.get(Tenant, site.deps.tenant.id)
    moves = moving(tenant, Trigger.SET_UP_FAILED, stopped.failure, site.deps.clock.now())[1]
    site.deps.items.commit(site.sign_ups.write(stopped)[1], *moves)


def _again(site: Site, found: SignUp, delay_s: float) -> None:
    site.deps.outgoing.send(Message(site.deps.tenant.id, Topic.PROVISION, found.id), delay_s)


def _pause_s(site: Site) -> float:
    """Ten seconds, and the longer the longer it has not worked, up to five minutes."""
    since = site.deps.config.get(Tenant, site.deps.tenant.id).since
    waited_s = (site.deps.clock.now() - since) / SECOND
    return max(PAUSE_S, min(waited_s / 6, LONGEST_PAUSE_S))


def _list(site: Site, _: SignUp) -> None:
    Directory(site.directory).add_tenant(site.deps.tenant.id)


def _open(site: Site, _: SignUp) -> None:
    """Nothing but the move, which `_finished` writes."""


def _welcome(site: Site, found: SignUp) -> None:
    values = {
        "company": found.company,
        "number": site.telco.number,
        "link": f"{site.app_url}/",
        "days": str(LIMITS[TenantStatus.TRIALING].lasts // DAY),
    }
    site.mailer.send(Mail(found.email, "welcome", found.language, f"{found.id}-welcome", values))


STEPS: Mapping[Step, Callable[[Site, SignUp], None]] = {
    Step.LIST: _list,
    Step.OWNER: content.owner,
    Step.ACCOUNT: carrier.account,
    Step.API_KEY: carrier.api_key,
    Step.APPLICATION: carrier.application,
    Step.CONTENT: content.starter,
    Step.NUMBER: carrier.number,
    Step.USAGE_TRIGGER: carrier.usage_trigger,
    Step.OPEN: _open,
    Step.WELCOME: _welcome,
}
