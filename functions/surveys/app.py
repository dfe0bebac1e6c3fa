"""The surveys function: routes only."""

from typing import TYPE_CHECKING

from offhook.domain.documents import Document
from offhook.domain.errors import NotFound
from offhook.domain.ids import ContactId
from offhook.domain.surveys.survey import Survey
from offhook.domain.tenants.permissions import Permission
from offhook.lazily import lazily
from offhook.usecases.surveys.answer import answer
from offhook.web.app import OffhookApp
from offhook.web.written import Acts, Written

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


def _acts() -> Acts[Survey, "edit.SurveyDraft"]:
    return Acts(Survey, edit.SurveyDraft, edit.create, edit.change)


WORDS = {
    "list": "All surveys of the tenant.",
    "create": "A new survey; one only for requests of the same Idempotency-Key.",
    "get": "The survey.",
    "change": "The survey as the body says; needs If-Match.",
}
Written("/", "survey", Permission.SURVEYS_READ, Permission.SURVEYS_WRITE, _acts, WORDS).register(app)
