"""Play: play an audio file and go on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from offhook.domain.ivr.node import Exit, Next, Node, Reply, Turn
from offhook.domain.ivr.prompts import Prompt


@dataclass(frozen=True, slots=True)
class PlayNode(Node):
    """audio: addresses of audio files by language (https, or a path of ours)."""

    type: ClassVar[str] = "play"
    audio: dict[str, str] = field(default_factory=dict)
    next: str = ""

    def enter(self, turn: Turn) -> Reply:
        """Play, then go on."""
        return Next(self.next, turn.speak((Prompt(play=self.audio),)))

    def ways_out(self) -> Iterator[Exit]:
        """next."""
        yield Exit("next", self.next)

    def prompts(self) -> Iterator[tuple[str, Prompt]]:
        """The audio."""
        yield "audio", Prompt(play=self.audio)
