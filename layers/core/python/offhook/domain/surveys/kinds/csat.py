"""Customer satisfaction on any scale: content is the better half."""

from typing import ClassVar

from offhook.domain.surveys.kinds.kind import Kind
from offhook.domain.surveys.question import Question


class Csat(Kind):
    """ "How satisfied are you?" The middle of an odd scale is not satisfied."""

    name: ClassVar[str] = "csat"

    def satisfied(self, question: Question, answer: int) -> bool | None:
        """In the better half: 4 and 5 of 1-5, 1 and 2 of "1 = very satisfied ... 4 = dissatisfied"."""
        return self.score(question, answer) > 50
