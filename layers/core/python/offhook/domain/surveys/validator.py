"""The rules of a good survey: few questions, short texts, clear options."""

import re
from collections.abc import Iterator

from offhook.domain.surveys.kinds import KINDS
from offhook.domain.surveys.problems import Problem
from offhook.domain.surveys.question import Question
from offhook.domain.surveys.survey import Survey

MAX_QUESTIONS = 5
MAX_TEXT = 240
MAX_NAME = 100
MAX_LANGUAGES = 10
_ID = re.compile(r"[a-z][a-z0-9_]{0,31}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NUMBER = re.compile(r"[0-9]+")


def problems(survey: Survey) -> list[Problem]:
    """Every rule the survey breaks; none = it may be asked."""
    return [*_survey(survey), *(p for n, q in enumerate(survey.questions) for p in _question(n, q, survey.language))]


def _survey(survey: Survey) -> Iterator[Problem]:
    if not 1 <= len(survey.name) <= MAX_NAME:
        yield Problem("name_length", "$.name", {"most": MAX_NAME})
    if not 1 <= len(survey.questions) <= MAX_QUESTIONS:
        yield Problem("survey_questions", "$.questions", {"most": MAX_QUESTIONS})
    if len({q.id for q in survey.questions}) < len(survey.questions):
        yield Problem("survey_question_twice", "$.questions")
    if not _LANGUAGE.fullmatch(survey.language):
        yield Problem("language_tag", "$.language")
    for name, texts in (("intro", survey.intro), ("thanks", survey.thanks)):
        if texts:
            yield from _texts(f"$.{name}", texts, survey.language)


def _question(number: int, question: Question, language: str) -> Iterator[Problem]:
    path = f"$.questions[{number}]"
    if not _ID.fullmatch(question.id):
        yield Problem("survey_question_id", f"{path}.id")
    kind = KINDS.get(question.kind)
    if kind is None:
        yield Problem("survey_kind", f"{path}.kind", {"known": sorted(KINDS)})
        return
    for problem in kind.problems(question):
        yield Problem(problem.code, f"{path}.{problem.path}", problem.params)
    yield from _texts(f"{path}.text", question.text, language)
    yield from _options(f"{path}.text", question)


def _texts(path: str, texts: dict[str, str], language: str) -> Iterator[Problem]:
    if not texts.get(language, "").strip():
        yield Problem("survey_text_missing", f"{path}.{language}")
    if len(texts) > MAX_LANGUAGES or not all(_LANGUAGE.fullmatch(tag) for tag in texts):
        yield Problem("survey_languages", path, {"most": MAX_LANGUAGES})
    for tag, text in texts.items():
        if len(text) > MAX_TEXT:
            yield Problem("survey_text_long", f"{path}.{tag}", {"most": MAX_TEXT})


def _options(path: str, question: Question) -> Iterator[Problem]:
    """A caller must hear which keys to press: the text names both ends of the scale in digits."""
    for tag, text in question.text.items():
        named = {int(n) for n in _NUMBER.findall(text) if len(n) <= 4}
        if text.strip() and not {question.low, question.high} <= named:
            yield Problem("survey_keys_unclear", f"{path}.{tag}", {"low": question.low, "high": question.high})
