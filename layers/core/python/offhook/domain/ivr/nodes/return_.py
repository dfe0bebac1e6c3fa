"""Return: back to the flow that called this one; in a call's own flow, goodbye."""

from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.ivr.node import Next, Node, Reply, Turn


@dataclass(frozen=True, slots=True)
class ReturnNode(Node):
    """result: which exit of the calling node it is."""

    type: ClassVar[str] = "return"
    result: str = ""

    def enter(self, turn: Turn) -> Reply:
        """Back."""
        return Next("", returns=self.result)
