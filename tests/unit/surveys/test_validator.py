"""The rules of a good survey."""

from dataclasses import replace

import pytest
from offhook.domain.errors import InvalidInput, NotFound, PreconditionFailed
from offhook.domain.surveys.question import End, Question
from offhook.domain.surveys.survey import Survey
from offhook.domain.surveys.validator import problems
from offhook.usecases.surveys.edit import SurveyDraft, change, create

from .worlds import RECOMMEND, RESOLVED, SATISFIED, SURVEY, world


def asking(**changes: object) -> Survey:
    return replace(SURVEY, questions=(replace(SATISFIED, **changes),))


def test_a_good_survey_has_no_problems():
    assert problems(SURVEY) == []


@pytest.mark.parametrize(
    ("survey", "code", "path"),
    [
        (replace(SURVEY, name=""), "name_length", "$.name"),
        (replace(SURVEY, questions=()), "survey_questions", "$.questions"),
        (
            replace(SURVEY, questions=tuple(replace(SATISFIED, id=f"q{n}") for n in range(6))),
            "survey_questions",
            "$.questions",
        ),
        (replace(SURVEY, questions=(SATISFIED, SATISFIED)), "survey_question_twice", "$.questions"),
        (replace(SURVEY, thanks={"de-DE": "Danke"}), "survey_text_missing", "$.thanks.en-US"),
        (asking(id="No spaces"), "survey_question_id", "$.questions[0].id"),
        (asking(kind="guess"), "survey_kind", "$.questions[0].kind"),
        (asking(low=4, high=4), "survey_scale", "$.questions[0].high"),
        (asking(high=11), "survey_scale", "$.questions[0].high"),
        (asking(text={"en-US": "x" * 300 + " 1 4"}), "survey_text_long", "$.questions[0].text.en-US"),
        (asking(text={"en-US": "How was it?"}), "survey_keys_unclear", "$.questions[0].text.en-US"),
        (asking(text={"en-US": "1 to 4", "not a tag!": "1 to 4"}), "survey_languages", "$.questions[0].text"),
        (replace(SURVEY, questions=(replace(RESOLVED, high=3),)), "survey_scale_resolved", "$.questions[0].high"),
        (replace(SURVEY, questions=(replace(RECOMMEND, low=1),)), "survey_scale_nps", "$.questions[0].high"),
        (replace(SURVEY, questions=(replace(RECOMMEND, good=End.LOW),)), "survey_scale_nps", "$.questions[0].high"),
    ],
)
def test_each_broken_rule_is_named_with_its_place(survey: Survey, code: str, path: str):
    assert (code, path) in [(p.code, p.path) for p in problems(survey)]


def test_a_survey_that_breaks_a_rule_is_not_stored():
    deps = world()
    with pytest.raises(InvalidInput) as refused:
        create(deps, SurveyDraft(name="Empty"))
    assert refused.value.field == "$.questions"
    assert deps.config.list(Survey) == [SURVEY]


def test_a_survey_is_created_changed_and_guarded_by_its_version():
    deps = world()
    draft = SurveyDraft(name="Short", questions=(Question("again", "nps", {"en-US": "From 0 to 10?"}, 0, 10),))
    survey = create(deps, draft)
    renamed = change(deps, survey.id, survey.version, replace(draft, name="Shorter"))
    assert (renamed.name, renamed.version) == ("Shorter", 2)
    assert deps.config.get(Survey, survey.id) == renamed
    with pytest.raises(PreconditionFailed):
        change(deps, survey.id, survey.version, draft)


def test_an_unknown_survey_cannot_be_changed():
    with pytest.raises(NotFound):
        change(world(), "su_none", 1, SurveyDraft(name="x"))
