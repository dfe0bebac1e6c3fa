"""What a caller hears in a survey."""

from offhook.domain import paths
from offhook.domain.documents import Document, Gather, GoTo, Say
from offhook.domain.ivr.phrases import phrase, spoken_language
from offhook.domain.routing.contact import Contact
from offhook.domain.surveys import phrases
from offhook.domain.surveys.asking import number_of
from offhook.domain.surveys.kinds import KINDS
from offhook.domain.surveys.survey import Survey, in_language

TIMEOUT_S = 6


def asked(contact: Contact, survey: Survey, question: int, attempt: int = 0, said: tuple[Say, ...] = ()) -> Document:
    """The question; `said` goes before it. What is pressed, or nothing, comes back to this question and attempt."""
    item = survey.questions[question]
    prompts = (*said, *spoken(item.text, contact, survey))
    path = paths.survey_question(contact.id, number_of(question, attempt))
    return (Gather(path, prompts, KINDS[item.kind].max_digits(item), TIMEOUT_S),)


def asked_again(contact: Contact, survey: Survey, question: int, digits: str) -> Document:
    """The question once more, after saying what was wrong."""
    language = spoken_language(contact.language)
    sorry = Say(phrase("invalid" if digits else "timeout", language), language)
    return asked(contact, survey, question, attempt=1, said=(sorry,))


def thanks(contact: Contact, survey: Survey) -> Document:
    """The last words of the survey, before the flow's next ones."""
    own = in_language(survey.thanks, contact.language, survey.language)
    return (Say(*(own or phrases.thanks(contact.language))),)


def onward(contact: Contact) -> Document:
    """On with the flow, without a word."""
    return (GoTo(paths.flow_step(contact.id, contact.flow.step)),)


def spoken(texts: dict[str, str], contact: Contact, survey: Survey) -> tuple[Say, ...]:
    """The text in the caller's language or the survey's; nothing when it is empty."""
    found = in_language(texts, contact.language, survey.language)
    return (Say(*found),) if found else ()
