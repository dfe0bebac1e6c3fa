"""Collect: take a number of digits into an attribute."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.documents import Gather, Pause, Play, Say
from offhook.domain.events import KeyPressed
from offhook.domain.ivr.inputs import Input, Keys
from offhook.domain.ivr.node import Exit, Next, Node, Reply, Stay, Turn, numbered
from offhook.domain.ivr.problems import Known, Problem
from offhook.domain.ivr.prompts import Prompt, Prompts
from offhook.domain.ivr.world import FACTS

HIDDEN = "*"


@dataclass(frozen=True, slots=True)
class CollectNode(Node):
    """Digits, at least min_digits and at most max_digits, ended by #; secret ones are left out of the events."""

    type: ClassVar[str] = "collect"
    waits: ClassVar[bool] = True
    prompt: Prompts = ()
    attribute: str = ""
    next: str = ""
    invalid: str = ""
    timeout: str = ""
    invalid_prompts: Prompts = ()
    min_digits: int = 1
    max_digits: int = 20
    timeout_s: int = 8
    max_tries: int = 3
    secret: bool = False

    def enter(self, turn: Turn) -> Reply:
        """Ask."""
        return self._ask(turn, turn.position.tries, ())

    def resume(self, turn: Turn, given: Input) -> Reply:
        """Keep the digits, or ask again, or give up."""
        digits = given.digits if isinstance(given, Keys) else ""
        if digits.isascii() and digits.isdigit() and self.min_digits <= len(digits) <= self.max_digits:
            return Next(
                self.next, attributes={self.attribute: digits}, events=(self._event(turn, digits, "collected"),)
            )
        kind = "invalid" if digits else "timeout"
        event = self._event(turn, digits, kind)
        if turn.position.tries + 1 >= self.max_tries:
            return Next(self.invalid if digits else self.timeout, events=(event,))
        own = turn.speak(self.invalid_prompts) if digits else ()
        stay = self._ask(turn, turn.position.tries + 1, own or (turn.phrase(kind),))
        return Stay(stay.verbs, stay.tries, (event,))

    def ways_out(self) -> Iterator[Exit]:
        """next and the two limits."""
        yield Exit("next", self.next)
        yield Exit("invalid", self.invalid)
        yield Exit("timeout", self.timeout)

    def prompts(self) -> Iterator[tuple[str, Prompt]]:
        """The question and what follows wrong digits."""
        yield from numbered("prompt", self.prompt)
        yield from numbered("invalid_prompts", self.invalid_prompts)

    def problems(self, known: Known) -> Iterator[Problem]:
        """No name to keep the digits under, or limits that make no sense."""
        if not self.attribute or self.attribute in FACTS:
            yield Problem("bad_attribute", "attribute", "Name an attribute that is no fact of the caller.")
        if not self.prompt:
            yield Problem("empty_prompt", "prompt", "The caller must be asked.")
        if not 1 <= self.min_digits <= self.max_digits <= 32:
            yield Problem("out_of_range", "max_digits", "1 <= min_digits <= max_digits <= 32.")
        if not 1 <= self.max_tries <= 10:
            yield Problem("out_of_range", "max_tries", "Between 1 and 10 tries.")
        if not 1 <= self.timeout_s <= 60:
            yield Problem("out_of_range", "timeout_s", "Between 1 and 60 seconds.")

    def _ask(self, turn: Turn, tries: int, before: tuple[Say | Play, ...]) -> Stay:
        words: tuple[Say | Play | Pause, ...] = (*before, *turn.speak(self.prompt))
        return Stay((Gather(turn.path, words, self.max_digits, self.timeout_s),), tries)

    def _event(self, turn: Turn, digits: str, outcome: str) -> KeyPressed:
        return KeyPressed(
            at=turn.world.now, contact_id=turn.world.contact_id, flow_id=turn.flow_id, node_id=turn.node_id,
            flow_version=turn.position.version,
            keys=HIDDEN * len(digits[:32]) if self.secret else digits[:32], outcome=outcome,
        )  # fmt: skip
