"""Data dip: ask another system about the caller, keep what it says as attributes, go on by whether it knew."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.documents import GoTo
from offhook.domain.ivr.inputs import Input, LookedUp
from offhook.domain.ivr.node import Exit, Next, Node, Reply, Stay, Turn
from offhook.domain.ivr.problems import Known, Problem


@dataclass(frozen=True, slots=True)
class DataDipNode(Node):
    """connector: its id. The call fetches its next document while the other system is asked, three seconds at most."""

    type: ClassVar[str] = "data_dip"
    connector: str = ""
    found: str = ""
    not_found: str = ""
    failed: str = ""

    def enter(self, turn: Turn) -> Reply:
        """Have the next document fetched at once; the answer comes with that request."""
        return Stay((GoTo(turn.path),))

    def resume(self, turn: Turn, given: Input) -> Reply:
        """Go on by what the other system said; nothing said is a failure."""
        if not isinstance(given, LookedUp):
            return Next(self.failed)
        if given.outcome == "found":
            return Next(self.found, attributes=given.attributes)
        return Next(self.not_found if given.outcome == "not_found" else self.failed)

    def ways_out(self) -> Iterator[Exit]:
        """found, not_found, failed."""
        yield Exit("found", self.found)
        yield Exit("not_found", self.not_found)
        yield Exit("failed", self.failed)

    def problems(self, known: Known) -> Iterator[Problem]:
        """The connector must exist."""
        if known.connectors is not None and self.connector not in known.connectors:
            yield Problem("unknown_connector", "connector", f"There is no connector {self.connector!r}.")
