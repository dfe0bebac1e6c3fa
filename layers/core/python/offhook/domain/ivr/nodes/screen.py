"""Screen: refuse callers who are not wanted, by list, by a withheld number, or because they keep hanging up."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.ivr.node import Exit, Next, Node, Reply, Turn
from offhook.domain.ivr.nodes.sorry import REFUSED
from offhook.domain.ivr.problems import Known, Problem
from offhook.domain.ivr.screening import PASSED, Rules, Screened, verdict


@dataclass(frozen=True, slots=True)
class ScreenNode(Node):
    """block_anonymous: callers without a number; nuisance_calls within nuisance_minutes, each hung up within short_s.

    refused: where a refused caller goes ("" = the call is not answered, or ended when it was already).
    """

    type: ClassVar[str] = "screen"
    next: str = ""
    refused: str = ""
    block_anonymous: bool = False
    nuisance_calls: int = 0
    nuisance_minutes: int = 10
    short_s: int = 10

    def enter(self, turn: Turn) -> Reply:
        """The verdict; it is kept as the attribute `screened`."""
        rules = Rules(self.block_anonymous, self.nuisance_calls, self.nuisance_minutes)
        world = turn.world
        found = verdict(rules, world.customer_number, world.screened or Screened(), world.now)
        target = self.next if found == PASSED else self.refused or REFUSED
        return Next(target, attributes={"screened": found})

    def ways_out(self) -> Iterator[Exit]:
        """next, and refused if there is one."""
        yield Exit("next", self.next)
        if self.refused:
            yield Exit("refused", self.refused)

    def problems(self, known: Known) -> Iterator[Problem]:
        """Limits that make no sense."""
        if not 0 <= self.nuisance_calls <= 20 or self.nuisance_calls == 1:
            yield Problem("out_of_range", "nuisance_calls", "0 (none is refused), or 2 to 20.")
        if not 1 <= self.nuisance_minutes <= 1440:
            yield Problem("out_of_range", "nuisance_minutes", "Between 1 and 1440 minutes.")
        if not 1 <= self.short_s <= 60:
            yield Problem("out_of_range", "short_s", "Between 1 and 60 seconds.")
