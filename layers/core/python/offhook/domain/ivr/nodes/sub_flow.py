"""Sub-flow: run another flow of the tenant and come back by what it returned."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from offhook.domain.ivr.node import Exit, Next, Node, Reply, Turn
from offhook.domain.ivr.problems import Known, Problem


@dataclass(frozen=True, slots=True)
class SubFlowNode(Node):
    """flow: its id; a call runs the version that was published when the call began.

    exits: what the flow's `return` nodes may say, to nodes; next: any other return.
    """

    type: ClassVar[str] = "sub_flow"
    flow: str = ""
    next: str = ""
    exits: dict[str, str] = field(default_factory=dict)

    def enter(self, turn: Turn) -> Reply:
        """On at the other flow's start."""
        return Next("", calls=self.flow)

    def after(self, result: str) -> str:
        """Where a return leads."""
        return self.exits.get(result) or self.next

    def ways_out(self) -> Iterator[Exit]:
        """next and the exits."""
        yield Exit("next", self.next)
        yield from (Exit(f"exits.{result}", target) for result, target in self.exits.items())

    def problems(self, known: Known) -> Iterator[Problem]:
        """The flow must exist and be published."""
        if not self.flow or (known.flows is not None and self.flow not in known.flows):
            yield Problem("unknown_flow", "flow", f"There is no published flow {self.flow!r}.")
