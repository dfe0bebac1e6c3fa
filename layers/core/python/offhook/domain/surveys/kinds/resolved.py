"""Was the matter resolved: yes or no."""

from collections.abc import Iterator
from typing import ClassVar

from offhook.domain.surveys.kinds.kind import Kind
from offhook.domain.surveys.problems import Problem
from offhook.domain.surveys.question import Question


class Resolved(Kind):
    """Two neighbouring keys; the good one is yes."""

    name: ClassVar[str] = "resolved"

    def satisfied(self, question: Question, answer: int) -> bool | None:
        """Yes is content."""
        return self.score(question, answer) == 100

    def problems(self, question: Question) -> Iterator[Problem]:
        """Exactly two keys."""
        yield from super().problems(question)
        if question.high - question.low != 1:
            yield Problem("survey_scale_resolved", "high")
