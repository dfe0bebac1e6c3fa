"""Creating and changing surveys; one that breaks a rule is not stored."""

from dataclasses import dataclass, field

from offhook.domain.errors import InvalidInput
from offhook.domain.ids import SurveyId
from offhook.domain.surveys.question import Question
from offhook.domain.surveys.survey import Survey
from offhook.domain.surveys.validator import problems
from offhook.usecases.deps import Deps


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyDraft:
    """A survey as a person writes it."""

    name: str
    language: str = "en-US"
    questions: tuple[Question, ...] = ()
    intro: dict[str, str] = field(default_factory=dict)
    thanks: dict[str, str] = field(default_factory=dict)


def create(deps: Deps, draft: SurveyDraft) -> Survey:
    """A new survey; raises InvalidInput naming the first offending part."""
    return deps.config.create(_valid(SurveyId(deps.ids.new("su")), 1, draft))


def change(deps: Deps, survey_id: SurveyId, version: int, draft: SurveyDraft) -> Survey:
    """The survey as the draft says; version is the one that was read. Raises NotFound, PreconditionFailed."""
    deps.config.get(Survey, survey_id)
    return deps.config.change(_valid(survey_id, version, draft))


def _valid(survey_id: SurveyId, version: int, draft: SurveyDraft) -> Survey:
    survey = Survey(survey_id, draft.name, version, draft.language, draft.questions, draft.intro, draft.thanks)
    for problem in problems(survey):
        raise InvalidInput(problem.code, field=problem.path, **problem.params)
    return survey
