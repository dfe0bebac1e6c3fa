"""Recording notice: tell the caller that the call may be recorded."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from offhook.domain.ivr.node import Exit, Next, Node, Reply, Turn
from offhook.domain.ivr.prompts import Prompt


@dataclass(frozen=True, slots=True)
class NoticeNode(Node):
    """text: the tenant's words by language; none = the product's."""

    type: ClassVar[str] = "recording_notice"
    text: dict[str, str] = field(default_factory=dict)
    next: str = ""

    def enter(self, turn: Turn) -> Reply:
        """Speak it; from here on the call may be recorded."""
        words = turn.speak((Prompt(say=self.text),)) or (turn.phrase("recording_notice"),)
        return Next(self.next, words, notice_given=True)

    def ways_out(self) -> Iterator[Exit]:
        """next."""
        yield Exit("next", self.next)

    def prompts(self) -> Iterator[tuple[str, Prompt]]:
        """The tenant's words, if any."""
        if self.text:
            yield "text", Prompt(say=self.text)
