"""Branch: go on by a fact of the caller or an attribute of the call."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.ivr.node import Exit, Next, Node, Reply, Turn
from offhook.domain.ivr.problems import Known, Problem


@dataclass(frozen=True, slots=True)
class Case:
    """Taken when the value is one of `values`, or begins with one of `prefixes`; tags match singly."""

    next: str = ""
    values: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()

    def takes(self, value: str, parts: tuple[str, ...]) -> bool:
        """The value, or one of its parts, is meant."""
        return any(part in self.values for part in parts) or value.startswith(self.prefixes)


@dataclass(frozen=True, slots=True)
class BranchNode(Node):
    """variable: tier, tags, language, caller_number, called_number, customer_name, known, or an attribute."""

    type: ClassVar[str] = "branch"
    variable: str = ""
    cases: tuple[Case, ...] = ()
    otherwise: str = ""

    def enter(self, turn: Turn) -> Reply:
        """The first case that takes the value, otherwise the rest."""
        value = turn.variables.get(self.variable, "")
        parts = turn.world.tags if self.variable == "tags" else (value,)
        return Next(next((case.next for case in self.cases if case.takes(value, parts)), self.otherwise))

    def ways_out(self) -> Iterator[Exit]:
        """The cases and the rest."""
        yield from (Exit(f"cases[{n}].next", case.next) for n, case in enumerate(self.cases))
        yield Exit("otherwise", self.otherwise)

    def problems(self, known: Known) -> Iterator[Problem]:
        """A branch without a variable or with a case that never applies."""
        if not self.variable:
            yield Problem("bad_attribute", "variable", "Name a fact of the caller or an attribute.")
        for n, case in enumerate(self.cases):
            if not case.values and not case.prefixes:
                yield Problem("empty_case", f"cases[{n}]", "This case names no value and no prefix.")
