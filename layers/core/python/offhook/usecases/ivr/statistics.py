"""Which ways calls took through a version of a flow."""

from dataclasses import dataclass

from offhook.domain.ids import FlowId
from offhook.domain.ivr.passages import NodeStatistics, statistics
from offhook.stores.flow_statistics import FlowStatistics
from offhook.stores.flows import FlowDraft
from offhook.usecases.deps import Deps
from offhook.usecases.ivr import publishing


@dataclass(frozen=True, slots=True)
class VersionStatistics:
    """calls: of this version that have ended, trials left out."""

    flow_id: FlowId
    number: int
    calls: int
    nodes: tuple[NodeStatistics, ...]


def flow_statistics(deps: Deps, flow_id: FlowId, number: str = "") -> VersionStatistics:
    """The figures of a version ("" = the published one), about a second old; raises NotFound."""
    draft = deps.config.get(FlowDraft, flow_id)
    version = publishing.version(deps, flow_id, number or str(draft.published))
    sums = FlowStatistics(deps.items, deps.tenant.id).of(flow_id, version.number)
    return VersionStatistics(draft.id, version.number, sums.calls, tuple(statistics(sums.ways)))
