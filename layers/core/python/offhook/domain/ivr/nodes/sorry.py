"""Sorry: where a call ends that cannot go on. Not part of documents: every flow has one."""

from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.documents import HangUp
from offhook.domain.ivr.node import FAILED, Ended, Node, Reply, Stay, Turn


@dataclass(frozen=True, slots=True)
class SorryNode(Node):
    """phrase: the words of the catalogue; reason: why the call ends."""

    type: ClassVar[str] = "sorry"
    phrase: str = "apology"
    reason: str = FAILED

    def enter(self, turn: Turn) -> Reply:
        """Apologise and hang up."""
        return Stay((turn.phrase(self.phrase), HangUp()), handover=Ended(self.reason))
