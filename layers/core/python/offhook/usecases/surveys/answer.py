"""Takes what the customer pressed, records it and asks on; a repeated webhook records nothing twice."""

from math import fsum

from offhook.domain.documents import Document, HangUp
from offhook.domain.errors import NotFound
from offhook.domain.events import SurveyAnswered
from offhook.domain.ids import ContactId, Instant
from offhook.domain.routing.contact import Contact, ContactState, SurveyRun
from offhook.domain.routing.transitions import survey_answered, survey_ended
from offhook.domain.storage import Write
from offhook.domain.surveys.asking import ATTEMPTS, BEGIN, asked_by
from offhook.domain.surveys.kinds import KINDS
from offhook.domain.surveys.question import Question
from offhook.domain.surveys.survey import Survey
from offhook.usecases.deps import Deps
from offhook.usecases.ivr import advance
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.surveys.documents import asked, asked_again, thanks
from offhook.usecases.surveys.start import first_question, start
from offhook.usecases.unsaved import Unsaved, as_stored


def answer(deps: Deps, contact_id: ContactId, number: int, digits: str) -> Document:
    """What the caller hears next. number: see domain/surveys/asking.py; digits "" = nothing in time.

    Raises NotFound for an unknown contact.
    """
    return again_on_conflict(lambda: _answer(deps, contact_id, number, digits))


def _answer(deps: Deps, contact_id: ContactId, number: int, digits: str) -> Document:
    contact = deps.contacts.get(contact_id)
    if contact is None:
        raise NotFound("There is no contact with this id.")
    if contact.state is ContactState.ENDED:
        return (HangUp(),)
    run = contact.survey
    if run is None:
        return start(deps, contact)
    survey = deps.config.find(Survey, run.survey_id)
    if survey is None:
        return _left(deps, contact, run)
    if number == BEGIN and run.ended_at is None:
        return first_question(contact, survey)
    return _heard(deps, contact, run, survey, number, digits)


def _heard(deps: Deps, contact: Contact, run: SurveyRun, survey: Survey, number: int, digits: str) -> Document:
    question, attempt = asked_by(number)
    if run.ended_at is not None:
        return (*thanks(contact, survey), *advance.after_survey(deps, as_stored(contact)))
    if not 0 <= question < len(survey.questions):
        return _left(deps, contact, run)
    item = survey.questions[question]
    given = KINDS[item.kind].read(item, digits)
    if given is None and item.id not in run.answers and attempt + 1 < ATTEMPTS:
        return asked_again(contact, survey, question, digits)
    at = _recorded(deps, contact, run, survey, item, given)
    if question + 1 < len(survey.questions):
        return asked(at.commit(deps), survey, question + 1)
    ended = survey_ended(at.contact, len(survey.questions), deps.clock.now())
    return (*thanks(contact, survey), *advance.after_survey(deps, at.then(ended.entity, ended.events)))


def _recorded(
    deps: Deps, contact: Contact, run: SurveyRun, survey: Survey, item: Question, given: int | None
) -> Unsaved:
    """The answer and the customer's score; nothing when nothing valid was pressed or the answer is known."""
    if given is None or item.id in run.answers:
        return as_stored(contact)
    change = survey_answered(contact, _answered(contact, run, item, given, deps.clock.now()))
    return Unsaved(contact, change.entity, change.events, tuple(_score_writes(deps, change.entity, survey)))


def _left(deps: Deps, contact: Contact, run: SurveyRun) -> Document:
    """The survey cannot go on (it was deleted or shortened): it ends with the answers given, the flow goes on."""
    change = survey_ended(contact, len(run.answers), deps.clock.now())  # repeated: nothing
    return advance.after_survey(deps, as_stored(contact).then(change.entity, change.events))


def _answered(contact: Contact, run: SurveyRun, item: Question, given: int, now: Instant) -> SurveyAnswered:
    kind = KINDS[item.kind]
    return SurveyAnswered(
        at=now,
        contact_id=contact.id,
        agent_id=run.agent_id or "",
        queue_id=contact.assignment.queue if contact.assignment else "",
        survey_id=run.survey_id,
        question_id=item.id,
        kind=item.kind,
        answer=given,
        score=kind.score(item, given),
        satisfied=kind.satisfied(item, given),
    )


def _score_writes(deps: Deps, contact: Contact, survey: Survey) -> list[Write]:
    if contact.customer_id is None or contact.survey is None:
        return []
    answers = contact.survey.answers
    scores = [KINDS[q.kind].score(q, answers[q.id]) for q in survey.questions if q.id in answers]
    return deps.customers.score_writes(contact.customer_id, round(fsum(scores) / len(scores), 2)) if scores else []
