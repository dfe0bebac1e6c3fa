"""A flow: the versioned document that says what a call hears and where it goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from offhook.domain.ids import FlowId
from offhook.domain.ivr.node import FINISHED, UNAVAILABLE, FlowFault, Node
from offhook.domain.ivr.nodes.queue import CONNECTED, QueueNode
from offhook.domain.ivr.nodes.sorry import REFUSED, RefusedNode, SorryNode
from offhook.domain.ivr.phrases import DEFAULT_LANGUAGE

# Nodes that every flow has without writing them; documents cannot name them.
SORRY, FALLBACK, NOBODY, GOODBYE = "!sorry", "!fallback", "!nobody", "!goodbye"


@dataclass(frozen=True, slots=True)
class Flow:
    """Nodes by id. languages: every prompt has a variant in each, the first is the flow's own.

    person: the node that 0 leads to in every menu ("" = none); fallback_queue: where a call goes on that the flow
    cannot lead any further ("" = an apology and hang-up). names_last_agent: it uses the variable, which is looked up
    for no other flow. subs: the flows that it calls, by id, once they are linked; their nodes are among `nodes` then,
    as <flow>/<node>.
    """

    id: FlowId
    name: str = ""
    version: int = 0
    languages: tuple[str, ...] = (DEFAULT_LANGUAGE,)
    start: str = ""
    nodes: Mapping[str, Node] = field(default_factory=dict)
    person: str = ""
    fallback_queue: str = ""
    names_last_agent: bool = False
    subs: "Mapping[str, Flow]" = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The flow's own language."""
        return self.languages[0] if self.languages else DEFAULT_LANGUAGE

    @property
    def kinds(self) -> frozenset[str]:
        """The types of its nodes."""
        return frozenset(node.type for node in self.nodes.values())

    @property
    def calls(self) -> frozenset[str]:
        """The flows that its nodes call."""
        if "sub_flow" not in self.kinds:
            return frozenset()
        from offhook.domain.ivr.nodes.sub_flow import SubFlowNode

        return frozenset(node.flow for node in self.nodes.values() if isinstance(node, SubFlowNode))

    def sub_at(self, node_id: str) -> str:
        """The sub-flow that a node is of, "" = the flow itself."""
        prefix = node_id.partition("/")[0]
        return prefix if prefix != node_id and prefix in self.subs else ""

    def frame_at(self, node_id: str) -> tuple[str, str]:
        """(the flow's own language, where 0 leads) at a node: a sub-flow's, where 0 may lead to its caller's person."""
        sub = self.subs.get(self.sub_at(node_id))
        if sub is None:
            return self.language, self.person
        return sub.language, sub.person or (f"/{self.person}" if self.person else "")

    @property
    def calendars(self) -> frozenset[str]:
        """The calendars that its nodes look at."""
        if "hours" not in self.kinds:
            return frozenset()
        from offhook.domain.ivr.nodes.hours import HoursNode

        return frozenset(node.calendar for node in self.nodes.values() if isinstance(node, HoursNode))

    def node(self, node_id: str) -> Node:
        """The node, built-in ones included; raises FlowFault."""
        found = self.built_in(node_id) or self.nodes.get(node_id)
        if found is None:
            raise FlowFault("unknown_node" if node_id else "dead_end")
        return found

    def queue_at(self, node_id: str) -> QueueNode | None:
        """The queue node of that id, the fallback queue included; None for anything else."""
        found = self.built_in(node_id) or self.nodes.get(node_id)
        return found if isinstance(found, QueueNode) else None

    def built_in(self, node_id: str) -> Node | None:
        """A node that every flow has, or None."""
        if node_id == FALLBACK:
            over = {CONNECTED: GOODBYE, "failed": SORRY, "overflow": NOBODY}
            return QueueNode(queue=self.fallback_queue, exits=over)
        return _BUILT_IN.get(node_id)


_BUILT_IN: dict[str, Node] = {
    SORRY: SorryNode(),
    NOBODY: SorryNode("unavailable", UNAVAILABLE),
    GOODBYE: SorryNode("goodbye", FINISHED),
    REFUSED: RefusedNode(),
}


def no_flow(reason: str) -> Flow:
    """Stands for a flow that is not there: it fails for that reason, in spoken words."""
    from offhook.domain.ivr.nodes.broken import BrokenNode

    return Flow(FlowId(""), start="start", nodes={"start": BrokenNode(reason)})


def linked(flow: Flow, subs: Mapping[str, Flow]) -> Flow:
    """The flow with those that it calls, and those call, as one."""
    nodes = {f"{name}/{node_id}": node for name, sub in subs.items() for node_id, node in sub.nodes.items()}
    return replace(flow, subs=subs, nodes={**nodes, **flow.nodes})


def caller_language(flow: Flow, preferred: str) -> str:
    """The customer's language if the flow speaks it, or one of the same tongue; else the flow's own."""
    tongue = preferred.partition("-")[0]
    alike = (known for known in flow.languages if preferred and known.partition("-")[0] == tongue)
    return preferred if preferred in flow.languages else next(alike, flow.language)
