"""Survey: ask the survey's questions, then go on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from offhook.domain import paths
from offhook.domain.documents import GoTo
from offhook.domain.ivr.inputs import Input
from offhook.domain.ivr.node import Exit, Next, Node, Reply, Stay, ToSurvey, Turn
from offhook.domain.ivr.problems import Known, Problem


@dataclass(frozen=True, slots=True)
class SurveyNode(Node):
    """survey: its id; "" = the survey of the queue that handled the call."""

    type: ClassVar[str] = "survey"
    waits: ClassVar[bool] = True
    survey: str = ""
    next: str = ""

    def enter(self, turn: Turn) -> Reply:
        """Hand over to the survey's first question."""
        return Stay((GoTo(paths.survey_question(turn.world.contact_id, 0)),), handover=ToSurvey(self.survey))

    def resume(self, turn: Turn, given: Input) -> Reply:
        """The survey is over, answered or not."""
        return Next(self.next)

    def ways_out(self) -> Iterator[Exit]:
        """next."""
        yield Exit("next", self.next)

    def problems(self, known: Known) -> Iterator[Problem]:
        """A survey that is named must exist."""
        if self.survey and known.surveys is not None and self.survey not in known.surveys:
            yield Problem("unknown_survey", "survey", f"There is no survey {self.survey!r}.")
