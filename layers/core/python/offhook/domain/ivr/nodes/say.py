"""Say: speak words and go on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from offhook.domain.ivr.node import Exit, Next, Node, Reply, Turn
from offhook.domain.ivr.prompts import Prompt


@dataclass(frozen=True, slots=True)
class SayNode(Node):
    """text: words by language."""

    type: ClassVar[str] = "say"
    text: dict[str, str] = field(default_factory=dict)
    next: str = ""

    def enter(self, turn: Turn) -> Reply:
        """Speak, then go on."""
        return Next(self.next, turn.speak((Prompt(say=self.text),)))

    def ways_out(self) -> Iterator[Exit]:
        """next."""
        yield Exit("next", self.next)

    def prompts(self) -> Iterator[tuple[str, Prompt]]:
        """The text."""
        yield "text", Prompt(say=self.text)
