"""Takes what the customer pressed, records it and asks on; a repeated webhook records nothing twice."""

from statistics import fmean

from offhook.domain.documents import Document, HangUp
from offhook.domain.errors import NotFound
from offhook.domain.events import Event, SurveyAnswered
from offhook.domain.ids import ContactId, Instant
from offhook.domain.routing.contact import Contact, ContactState, SurveyRun
from offhook.domain.routing.transitions import survey_answered, survey_ended
from offhook.domain.storage import Write
from offhook.domain.surveys.asking import ATTEMPTS, BEGIN, asked_by
from offhook.domain.surveys.kinds import KINDS
from offhook.domain.surveys.question import Question
from offhook.domain.surveys.survey import Survey
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.surveys.documents import asked, asked_again, onward, thanked
from offhook.usecases.surveys.start import first_question, start


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
    if run.ended_at is not None or not 0 <= question < len(survey.questions):
        return _left(deps, contact, run) if run.ended_at is None else thanked(contact, survey)
    item = survey.questions[question]
    given = KINDS[item.kind].read(item, digits)
    if given is None and item.id not in run.answers and attempt + 1 < ATTEMPTS:
        return asked_again(contact, survey, question, digits)
    _record(deps, contact, run, survey, question, given)
    if question + 1 < len(survey.questions):
        return asked(contact, survey, question + 1)
    return thanked(contact, survey)


def _record(deps: Deps, contact: Contact, run: SurveyRun, survey: Survey, question: int, given: int | None) -> None:
    """Answer, end of the survey and the customer's score in one commit; nothing to say, nothing written."""
    now, item = deps.clock.now(), survey.questions[question]
    after, events, writes = contact, tuple[Event, ...](), list[Write]()
    if given is not None and item.id not in run.answers:
        change = survey_answered(after, _answered(contact, run, item, given, now))
        after, events = change.entity, change.events
        writes = _score_writes(deps, after, survey)
    if question + 1 == len(survey.questions):
        ended = survey_ended(after, len(survey.questions), now)
        after, events = ended.entity, (*events, *ended.events)
    if after != contact:
        deps.items.commit(*deps.contacts.writes(contact, after, events), *writes)


def _left(deps: Deps, contact: Contact, run: SurveyRun) -> Document:
    """The survey cannot go on (it was deleted or shortened): it ends with the answers given."""
    if run.ended_at is None:
        change = survey_ended(contact, len(run.answers), deps.clock.now())
        deps.contacts.save(contact, change.entity, change.events)
    return onward(contact)


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
    return deps.customers.score_writes(contact.customer_id, round(fmean(scores), 2)) if scores else []
