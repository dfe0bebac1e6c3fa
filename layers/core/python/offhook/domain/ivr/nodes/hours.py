"""Hours: go on by what a calendar says of this moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from offhook.domain.ivr.calendar import Hours, hours_at
from offhook.domain.ivr.node import Exit, FlowFault, Next, Node, Reply, Turn
from offhook.domain.ivr.problems import Known, Problem


@dataclass(frozen=True, slots=True)
class HoursNode(Node):
    """holiday: where the call goes on a closed holiday ("" = like closed)."""

    type: ClassVar[str] = "hours"
    calendar: str = ""
    open: str = ""
    closed: str = ""
    holiday: str = ""

    def enter(self, turn: Turn) -> Reply:
        """Look at the calendar."""
        calendar = turn.world.calendars.get(self.calendar)
        if calendar is None:
            raise FlowFault("unknown_calendar")
        found = hours_at(calendar, turn.world.now)
        if found is Hours.OPEN:
            return Next(self.open)
        return Next(self.holiday or self.closed if found is Hours.HOLIDAY else self.closed)

    def ways_out(self) -> Iterator[Exit]:
        """open, closed, holiday."""
        yield Exit("open", self.open)
        yield Exit("closed", self.closed)
        if self.holiday:
            yield Exit("holiday", self.holiday)

    def problems(self, known: Known) -> Iterator[Problem]:
        """The calendar must exist."""
        if known.calendars is not None and self.calendar not in known.calendars:
            yield Problem("unknown_calendar", "calendar", f"There is no calendar {self.calendar!r}.")
