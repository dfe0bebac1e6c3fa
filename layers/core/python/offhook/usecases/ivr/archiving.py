"""Archiving: a flow that nobody needs any more is out of the lists, with all its versions, until it is restored."""

from dataclasses import dataclass

from offhook.domain.errors import Conflict
from offhook.domain.ids import FlowId
from offhook.stores.flows import FlowDraft, Flows, Number
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.kept_flows import put_away, take_out


class FlowInUse(Conflict):
    """A number leads to the flow, or a published flow calls it."""

    code = "flow_in_use"


@dataclass(frozen=True, slots=True)
class Archived:
    """Whether the flow is out of the lists."""

    archived: bool


def archive(deps: Deps, flow_id: FlowId, archived: bool) -> FlowDraft:
    """Archive or restore; repeated: nothing.

    Raises NotFound, QuotaReached, or FlowInUse, which names who needs it.
    """
    draft = deps.config.get(FlowDraft, flow_id)
    if draft.archived == archived:
        return draft
    if archived and (needs := _who_needs(deps, flow_id)):
        raise FlowInUse("flow_in_use", field="archived", number=needs)
    return put_away(deps, draft) if archived else take_out(deps, draft)


def _who_needs(deps: Deps, flow_id: FlowId) -> str:
    number = next((one.id for one in deps.config.list(Number) if one.flow_id == flow_id), "")
    flows = Flows(deps.items, deps.tenant.id)
    others = (one for one in deps.config.list(FlowDraft) if one.published and one.id != flow_id)
    return number or next((one.name for one in others if flow_id in flows.load(one.id, one.published).calls), "")
