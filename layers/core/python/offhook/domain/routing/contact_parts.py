"""The parts that a contact must have for a move; raises IllegalTransition when it has them not."""

from offhook.domain.errors import IllegalTransition
from offhook.domain.routing.contact import Assignment, Contact, ContactState, Offer, QueueVisit, SurveyRun


def require(contact: Contact, *states: ContactState) -> None:
    """Raises IllegalTransition unless the contact is in one of the states."""
    if contact.state not in states:
        raise IllegalTransition(f"The contact is {contact.state}, not {' or '.join(states)}.")


def visit_of(contact: Contact) -> QueueVisit:
    """The queue visit; raises IllegalTransition when there is none."""
    if contact.visit is None:
        raise IllegalTransition("The contact is in no queue.")
    return contact.visit


def offer_of(contact: Contact) -> Offer:
    """The live offer; raises IllegalTransition when there is none."""
    if contact.state is not ContactState.OFFERED or contact.offer is None:
        raise IllegalTransition("The contact has no live offer.")
    return contact.offer


def assignment_of(contact: Contact) -> Assignment:
    """The work of an agent that is not done; raises IllegalTransition when there is none."""
    if contact.assignment is None or contact.assignment.done_at is not None:
        raise IllegalTransition("No agent works on the contact.")
    return contact.assignment


def talking_of(contact: Contact) -> Assignment:
    """The work of the agent in conversation; raises IllegalTransition when it is over."""
    assignment = assignment_of(contact)
    if contact.state is not ContactState.CONNECTED or assignment.talk_ended_at is not None:
        raise IllegalTransition("The conversation is over.")
    return assignment


def survey_of(contact: Contact) -> SurveyRun:
    """The survey under way; raises IllegalTransition when there is none."""
    if contact.survey is None:
        raise IllegalTransition("The contact is in no survey.")
    return contact.survey
