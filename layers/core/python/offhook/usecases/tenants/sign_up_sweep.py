"""Looks after the sign-ups under way: ends those that nobody verified, revives those whose message was lost."""

from offhook.domain.ids import HOUR
from offhook.domain.messages import Message, Topic
from offhook.domain.storage import Delete
from offhook.domain.tenants.sign_up import SignUpStatus
from offhook.domain.tenants.tenant import Tenant
from offhook.stores import keys
from offhook.stores.config import kind_of
from offhook.stores.sign_ups import SignUps, UnderWay
from offhook.usecases.deps import Deps

NEVER_BEGUN = HOUR


def look_after(deps: Deps, entry: UnderWay) -> bool:
    """Whether the entry may leave the list."""
    store = SignUps(deps.items, deps.tenant.id)
    found, now = store.find(), deps.clock.now()
    if found is None:
        return now > entry.since + NEVER_BEGUN
    if found.is_over(now):
        tenant = keys.config(deps.tenant.id, kind_of(Tenant), deps.tenant.id)
        deps.items.commit(store.removal(found), Delete(tenant, expect=1))
        return True
    if found.status is SignUpStatus.WAITING and found.mails_sent < found.mails_wanted:
        deps.outgoing.send(Message(deps.tenant.id, Topic.VERIFICATION_MAIL, found.id))
    if found.status is SignUpStatus.SETTING_UP and found.claimed_until <= now:
        deps.outgoing.send(Message(deps.tenant.id, Topic.PROVISION, found.id))
    return found.status is SignUpStatus.READY
