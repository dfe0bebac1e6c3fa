"""Voicemail: greet, beep, record a message, which becomes work of a queue."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from offhook.domain import paths
from offhook.domain.documents import Record
from offhook.domain.ivr.inputs import Input, Recorded
from offhook.domain.ivr.node import Exit, Next, Node, Reply, Stay, Turn, numbered
from offhook.domain.ivr.problems import Known, Problem
from offhook.domain.ivr.prompts import Prompt, Prompts

NODE = "voicemail_node"  # attribute of the call: the node that took the message
LONGEST_S = 600


@dataclass(frozen=True, slots=True)
class VoicemailNode(Node):
    """queue: whose work the message is; greeting: before the beep (none = the product's words).

    The message ends by a key, by silence_s without a word, or after max_s. One shorter than min_s is none: it is
    dropped, and the call goes on by `nothing` (none = `next`).
    """

    type: ClassVar[str] = "voicemail"
    waits: ClassVar[bool] = True
    queue: str = ""
    next: str = ""
    nothing: str = ""
    greeting: Prompts = ()
    max_s: int = 120
    silence_s: int = 5
    min_s: int = 2

    def enter(self, turn: Turn) -> Reply:
        """Greet and record."""
        words = turn.speak(self.greeting) or (turn.phrase("voicemail_greeting"),)
        told = paths.voicemail(turn.world.contact_id, turn.number)
        return Stay((*words, Record(turn.path, told, self.max_s, self.silence_s)))

    def resume(self, turn: Turn, given: Input) -> Reply:
        """Thank for a message; go on elsewhere when there is none."""
        seconds = given.seconds if isinstance(given, Recorded) else 0
        if seconds < self.min_s:
            return Next(self.nothing or self.next, attributes={"voicemail": "nothing"})
        thanks = (turn.phrase("voicemail_thanks"),)
        return Next(self.next, thanks, attributes={"voicemail": "left", NODE: turn.node_id})

    def ways_out(self) -> Iterator[Exit]:
        """next, and nothing where it is given."""
        yield Exit("next", self.next)
        if self.nothing:
            yield Exit("nothing", self.nothing)

    def prompts(self) -> Iterator[tuple[str, Prompt]]:
        """The greeting."""
        yield from numbered("greeting", self.greeting)

    def problems(self, known: Known) -> Iterator[Problem]:
        """An unknown queue, or lengths that make no sense."""
        if not self.queue or (known.queues is not None and self.queue not in known.queues):
            yield Problem("unknown_queue", "queue", f"There is no queue {self.queue!r}.")
        if not 1 <= self.max_s <= LONGEST_S:
            yield Problem("out_of_range", "max_s", f"Between 1 and {LONGEST_S} seconds.")
        if not 1 <= self.silence_s <= 60:
            yield Problem("out_of_range", "silence_s", "Between 1 and 60 seconds.")
        if not 0 <= self.min_s <= self.max_s:
            yield Problem("out_of_range", "min_s", "Not below 0, and not above max_s.")
