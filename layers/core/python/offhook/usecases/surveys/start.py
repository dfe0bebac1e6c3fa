"""Begins a survey with the customer, who has left the agent and is in the flow."""

from offhook.domain.documents import Document
from offhook.domain.routing.contact import Contact
from offhook.domain.routing.queues import Queue
from offhook.domain.routing.transitions import survey_started
from offhook.domain.surveys.survey import Survey
from offhook.usecases.deps import Deps
from offhook.usecases.surveys.documents import asked, onward, spoken


def start(deps: Deps, contact: Contact, survey_id: str = "") -> Document:
    """The first question; on with the flow when there is no such survey.

    survey_id: "" = the survey of the queue that handled the contact.
    Raises CommitConflict when the contact changed meanwhile, IllegalTransition when it is not in the flow.
    """
    survey = survey_for(deps, contact, survey_id)
    if survey is None:
        return onward(contact)
    change = survey_started(contact, survey.id, survey.version, deps.clock.now())
    deps.contacts.save(contact, change.entity, change.events)
    return first_question(contact, survey)


def first_question(contact: Contact, survey: Survey) -> Document:
    """Introduction and question."""
    return asked(contact, survey, 0, said=spoken(survey.intro, contact, survey))


def survey_for(deps: Deps, contact: Contact, survey_id: str = "") -> Survey | None:
    """The survey named, or that of the queue that handled the contact; None = there is none that asks anything."""
    name = survey_id or _of_queue(deps, contact)
    survey = deps.config.find(Survey, name) if name else None
    return survey if survey and survey.questions else None


def _of_queue(deps: Deps, contact: Contact) -> str:
    handled = contact.assignment.queue if contact.assignment else None
    queue = deps.config.find(Queue, handled) if handled else None
    return queue.survey_id if queue else ""
