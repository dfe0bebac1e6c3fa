"""The beginning of a tenant's erasure: when its owner wants it while it is closing, or when it has been closed.

A legal hold comes before it: nothing begins while a contact is held.
"""

from offhook.domain.errors import Conflict, InvalidInput
from offhook.domain.messages import Message, Topic
from offhook.domain.recordings.stored import OnLegalHold
from offhook.domain.tenants.erasure import Erasure
from offhook.domain.tenants.lifecycle import TenantStatus, Trigger
from offhook.domain.tenants.tenant import Tenant
from offhook.stores.erasures import Erasures
from offhook.stores.memberships import Memberships
from offhook.stores.recordings import Recordings
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.tenants import lifecycle

WORDS = "erase {name}"


def ask(deps: Deps, confirmed: str, by: str) -> Tenant:
    """The owner does not wait for the end of the closing window. confirmed: `erase` and the company's name.

    Raises InvalidInput, and Conflict unless the tenant is closing: who has not closed has not said goodbye yet.
    """
    if " ".join(confirmed.split()).casefold() != WORDS.format(name=deps.tenant.name).casefold():
        raise InvalidInput("erasure_confirmed", field="$.confirm")
    refuse_held(deps)
    status = deps.config.get(Tenant, deps.tenant.id).status
    if status is TenantStatus.CLOSING:
        lifecycle.move(deps, Trigger.WINDOW_OVER, f"erasure asked for by {by}")
    elif status is not TenantStatus.CLOSED:
        raise Conflict("tenant_not_closing")
    return begin(deps, by)


def refuse_held(deps: Deps) -> None:
    """Raises OnLegalHold when anything of the tenant is."""
    holds = Recordings(deps.items, deps.tenant.id).holds()
    if holds:
        raise OnLegalHold("holds_on", count=len(holds), contact=holds[0].contact_id)


def begin(deps: Deps, by: str) -> Tenant:
    """From closed to erasing, with the item that says how far it is; raises Conflict in any other state."""
    moved = again_on_conflict(lambda: _begin(deps, by))
    lifecycle.follow(deps)
    go_on(deps)
    return moved


def go_on(deps: Deps) -> None:
    """Ask for the next page; again does no harm."""
    deps.outgoing.send(Message(deps.tenant.id, Topic.ERASE_TENANT, ""))


def _begin(deps: Deps, by: str) -> Tenant:
    refuse_held(deps)
    tenant, now = deps.config.get(Tenant, deps.tenant.id), deps.clock.now()
    after, writes = lifecycle.moving(tenant, Trigger.ERASE, by, now)
    members = Memberships(deps.items, deps.tenant.id).all()
    owners = tuple(member.email for member in members if member.is_owner and member.email)
    erasure = Erasure(deps.tenant.id, started_at=now, by=by, mail_to=owners, language=tenant.language)
    deps.items.commit(*writes, Erasures(deps.items, deps.tenant.id).write(erasure))
    return after
