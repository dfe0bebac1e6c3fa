"""Net promoter score: would they recommend us, from 0 to 10 (or 0 to 9 by one key)."""

from collections.abc import Iterator
from typing import ClassVar

from offhook.domain.surveys.kinds.kind import Kind
from offhook.domain.surveys.problems import Problem
from offhook.domain.surveys.question import End, Question

PROMOTER_FROM = 9
DETRACTOR_TO = 6


class Nps(Kind):
    """9 and 10 promote, 0 to 6 detract, 7 and 8 do neither; on one key, 9 stands for 9 and 10."""

    name: ClassVar[str] = "nps"

    def satisfied(self, question: Question, answer: int) -> bool | None:
        """True: promoter; False: detractor; None: passive."""
        if answer >= PROMOTER_FROM:
            return True
        return False if answer <= DETRACTOR_TO else None

    def problems(self, question: Question) -> Iterator[Problem]:
        """The scale is fixed, for figures of different scales cannot be compared."""
        yield from super().problems(question)
        if question.low != 0 or question.high not in (9, 10) or question.good is not End.HIGH:
            yield Problem("survey_scale_nps", "high")
