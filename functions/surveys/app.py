"""The surveys function: routes only."""

from typing import TYPE_CHECKING

from chalice.app import Response
from offhook.domain.documents import Document
from offhook.domain.errors import NotFound
from offhook.domain.ids import ContactId, SurveyId
from offhook.domain.surveys.survey import Survey
from offhook.domain.tenants.permissions import Permission
from offhook.lazily import lazily
from offhook.usecases.surveys.answer import answer
from offhook.web.app import OffhookApp
from offhook.web.responses import created, listed, ok

if TYPE_CHECKING:
    from offhook.usecases.surveys import edit
else:
    (edit,) = lazily("offhook.usecases.surveys", "edit")

app = OffhookApp("surveys")


@app.public("/health", methods=["GET"])
def health() -> dict[str, str]:
    """Says that the function is packaged and answers."""
    return {"function": "surveys"}


@app.webhook("/contacts/{contact_id}/questions/{number}")
def survey_question(contact_id: str, number: str) -> Document:
    """The customer's keys, or the beginning of the survey."""
    request = app.carrier_request()
    if not number.isascii() or not number.isdigit() or len(number) > 3:
        raise NotFound("There is no such question.")
    return answer(request.deps, ContactId(contact_id), int(number), request.params.get("Digits", ""))


@app.api("/", methods=["GET"], permission=Permission.SURVEYS_READ)
def list_surveys() -> Response:
    """All surveys of the tenant."""
    return listed(app.deps().config.list(Survey))


@app.api("/", methods=["POST"], permission=Permission.SURVEYS_WRITE)
def create_survey() -> Response:
    """A new survey; one only for requests of the same Idempotency-Key."""

    def create() -> Response:
        survey = edit.create(app.deps(), app.body(edit.SurveyDraft))
        return created(survey, f"/v1/surveys/{survey.id}", version=survey.version)

    return app.once(create)


@app.api("/{survey_id}", methods=["GET"], permission=Permission.SURVEYS_READ)
def get_survey(survey_id: str) -> Response:
    """The survey."""
    survey = app.deps().config.get(Survey, survey_id)
    return ok(survey, version=survey.version)


@app.api("/{survey_id}", methods=["PUT"], permission=Permission.SURVEYS_WRITE)
def change_survey(survey_id: str) -> Response:
    """The survey as the body says; needs If-Match."""
    draft, version = app.body(edit.SurveyDraft), app.expected_version()
    survey = edit.change(app.deps(), SurveyId(survey_id), version, draft)
    return ok(survey, version=survey.version)
