"""Hang up: say goodbye and end the call."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.documents import HangUp
from offhook.domain.ivr.node import Ended, Node, Reply, Stay, Turn, numbered
from offhook.domain.ivr.prompts import Prompt, Prompts


@dataclass(frozen=True, slots=True)
class HangUpNode(Node):
    """prompt: the last words; none = the product's."""

    type: ClassVar[str] = "hang_up"
    prompt: Prompts = ()

    def enter(self, turn: Turn) -> Reply:
        """Goodbye."""
        words = turn.speak(self.prompt) or (turn.phrase("goodbye"),)
        return Stay((*words, HangUp()), handover=Ended())

    def prompts(self) -> Iterator[tuple[str, Prompt]]:
        """The last words."""
        yield from numbered("prompt", self.prompt)
