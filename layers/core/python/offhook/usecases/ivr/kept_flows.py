"""The flows that a plan counts: made, put away and taken out again together with their counter."""

from dataclasses import replace

from offhook.domain.errors import PreconditionFailed
from offhook.domain.storage import CommitConflict, Item, Put
from offhook.stores import keys
from offhook.stores.codec import encode
from offhook.stores.config import kind_of
from offhook.stores.counted import Counted
from offhook.stores.flows import FlowDraft
from offhook.stores.quotas import Quota, Quotas
from offhook.usecases.deps import Deps


def make(deps: Deps, draft: FlowDraft) -> FlowDraft:
    """Store a new draft; raises QuotaReached."""
    return Counted(deps.items, deps.tenant.id, Quota.FLOWS).create(draft, deps.tenant)


def put_away(deps: Deps, draft: FlowDraft) -> FlowDraft:
    """Archive it: the plan has room for another. Raises PreconditionFailed when it was changed meanwhile."""
    after, put = _written(deps, draft, archived=True)
    quotas = Quotas(deps.items, deps.tenant.id)
    try:
        deps.items.commit(put, *([quotas.give_back(Quota.FLOWS)] if quotas.used(Quota.FLOWS) else []))
    except CommitConflict as conflict:
        raise _changed() from conflict
    return after


def take_out(deps: Deps, draft: FlowDraft) -> FlowDraft:
    """Restore it; raises QuotaReached when the plan has no room, PreconditionFailed when it was changed meanwhile."""
    after, put = _written(deps, draft, archived=False)
    try:
        Quotas(deps.items, deps.tenant.id).commit(Quota.FLOWS, deps.tenant, put)
    except CommitConflict as conflict:
        raise _changed() from conflict
    return after


def _written(deps: Deps, draft: FlowDraft, *, archived: bool) -> tuple[FlowDraft, Put]:
    after = replace(draft, archived=archived, version=draft.version + 1)
    key = keys.config(deps.tenant.id, kind_of(FlowDraft), draft.id)
    return after, Put(Item(key, version=after.version, body=encode(after)), expect=draft.version)


def _changed() -> PreconditionFailed:
    return PreconditionFailed("The draft changed meanwhile.", field="version")
