"""Broken: stands for a node that could not be read, so that one bad node does not hide the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.ivr.node import FlowFault, Node, Reply, Turn
from offhook.domain.ivr.problems import Known, Problem


@dataclass(frozen=True, slots=True)
class BrokenNode(Node):
    """code: unknown_type or malformed; where: JSON path below the node."""

    type: ClassVar[str] = "broken"
    code: str = "malformed"
    where: str = ""
    detail: str = ""

    def enter(self, turn: Turn) -> Reply:
        """Cannot go on."""
        raise FlowFault(self.code)

    def problems(self, known: Known) -> Iterator[Problem]:
        """What could not be read."""
        yield Problem(self.code, self.where, self.detail)
