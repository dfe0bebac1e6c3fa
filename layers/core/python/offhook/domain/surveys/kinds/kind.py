"""What every kind of question can do."""

from collections.abc import Iterator
from typing import ClassVar

from offhook.domain.surveys.problems import Problem
from offhook.domain.surveys.question import End, Question


class Kind:
    """A kind of question; the subclasses say what an answer is worth."""

    name: ClassVar[str] = ""

    def read(self, question: Question, digits: str) -> int | None:
        """The answer that the keys mean, or None when they mean none."""
        if not digits.isascii() or not digits.isdigit():
            return None
        answer = int(digits)
        return answer if question.low <= answer <= question.high else None

    def max_digits(self, question: Question) -> int:
        """How many keys the longest answer has."""
        return len(str(question.high))

    def score(self, question: Question, answer: int) -> float:
        """0 (bad) to 100 (good), whatever scale and direction."""
        share = (answer - question.low) / (question.high - question.low)
        return round(100 * (share if question.good is End.HIGH else 1 - share), 2)

    def satisfied(self, question: Question, answer: int) -> bool | None:
        """Content or not; None when the answer says neither."""
        raise NotImplementedError

    def problems(self, question: Question) -> Iterator[Problem]:
        """What is wrong with the scale; paths are below the question."""
        if not 0 <= question.low < question.high <= 10:
            yield Problem("survey_scale", "high")
