"""A survey: one to five questions asked by key after the conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from offhook.domain.ids import SurveyId
from offhook.domain.surveys.question import Question


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey as the tenant wrote it.

    language: the one that every text has; intro, thanks: by language, may be empty.
    """

    id: SurveyId
    name: str
    version: int = 1
    language: str = "en-US"
    questions: tuple[Question, ...] = ()
    intro: dict[str, str] = field(default_factory=dict)
    thanks: dict[str, str] = field(default_factory=dict)


def in_language(texts: Mapping[str, str], language: str, default: str) -> tuple[str, str] | None:
    """Text and its language: the caller's, one of the same tongue, or the default; None when there is none of them."""
    tongue = language.partition("-")[0]
    alike = next((known for known in sorted(texts) if known.partition("-")[0] == tongue), default)
    chosen = language if language in texts else alike
    return (texts[chosen], chosen) if texts.get(chosen) else None
