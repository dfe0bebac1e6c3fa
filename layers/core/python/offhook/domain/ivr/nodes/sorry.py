"""Where a call ends that cannot go on, or is not wanted. Not part of documents: every flow has these."""

from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.documents import HangUp, Refuse
from offhook.domain.ivr.node import BLOCKED, FAILED, Ended, Node, Reply, Stay, Turn

REFUSED = "!refused"


@dataclass(frozen=True, slots=True)
class SorryNode(Node):
    """phrase: the words of the catalogue; reason: why the call ends."""

    type: ClassVar[str] = "sorry"
    phrase: str = "apology"
    reason: str = FAILED

    def enter(self, turn: Turn) -> Reply:
        """Apologise and hang up."""
        return Stay((turn.phrase(self.phrase), HangUp()), handover=Ended(self.reason))


@dataclass(frozen=True, slots=True)
class RefusedNode(Node):
    """The caller is not wanted."""

    type: ClassVar[str] = "refused"

    def enter(self, turn: Turn) -> Reply:
        """Not answered; a call that is answered already is ended with a word."""
        if turn.number == 0:
            return Stay((Refuse(),), handover=Ended(BLOCKED))
        return Stay((turn.phrase("refused"), HangUp()), handover=Ended(BLOCKED))
