"""Set: keep attributes of the call, or change the caller's language."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from offhook.domain.ivr.node import Exit, Next, Node, Reply, Turn
from offhook.domain.ivr.problems import Known, Problem
from offhook.domain.ivr.prompts import fill
from offhook.domain.ivr.world import FACTS


@dataclass(frozen=True, slots=True)
class SetNode(Node):
    """attributes: values, which may hold variables; language: what is spoken from now on ("" = no change)."""

    type: ClassVar[str] = "set"
    attributes: dict[str, str] = field(default_factory=dict)
    language: str = ""
    next: str = ""

    def enter(self, turn: Turn) -> Reply:
        """Keep them."""
        known = turn.variables
        values = {name: fill(value, turn.language, known) for name, value in self.attributes.items()}
        return Next(self.next, attributes=values, language=self.language)

    def ways_out(self) -> Iterator[Exit]:
        """next."""
        yield Exit("next", self.next)

    def problems(self, known: Known) -> Iterator[Problem]:
        """Attributes that would hide a fact of the caller."""
        for name in self.attributes:
            if not name or name in FACTS:
                yield Problem("bad_attribute", f"attributes.{name}", "This names a fact of the caller.")
