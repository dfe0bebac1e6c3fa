"""Moves a call on in its flow: one step, one commit, one document."""

from dataclasses import replace
from typing import TYPE_CHECKING

from offhook.domain.documents import Document, HangUp
from offhook.domain.errors import NotFound
from offhook.domain.ivr.flow import Flow
from offhook.domain.ivr.inputs import Input
from offhook.domain.ivr.interpreter import Step, again, fail, step
from offhook.domain.ivr.node import ToQueue, ToSurvey
from offhook.domain.routing import transitions
from offhook.domain.routing.contact import Contact, ContactState
from offhook.lazily import lazily
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.situation import flow_of, world_of

if TYPE_CHECKING:
    from offhook.usecases.routing import waiting
    from offhook.usecases.surveys import start
else:
    (waiting,) = lazily("offhook.usecases.routing", "waiting")
    (start,) = lazily("offhook.usecases.surveys", "start")


def advance(deps: Deps, contact: Contact, given: Input) -> Document:
    """What the call hears next; raises CommitConflict when somebody else changed the contact."""
    flow = flow_of(deps, contact)
    taken = step(flow, contact.flow, given, world_of(deps, contact, flow))
    return _store(deps, contact, flow, taken)


def give_up(deps: Deps, contact: Contact, reason: str) -> Document:
    """What a call hears whose carrier could not carry out our document."""
    flow = flow_of(deps, contact)
    return _store(deps, contact, flow, fail(flow, contact.flow, reason, world_of(deps, contact, flow)))


def present_document(deps: Deps, contact: Contact) -> Document:
    """The document the call is at, once more."""
    if contact.state is ContactState.ENDED:
        return (HangUp(),)
    flow = flow_of(deps, contact)
    return again(flow, contact.flow, world_of(deps, contact, flow, visit=contact.visits))


def moved(contact: Contact, taken: Step) -> Contact:
    """The contact after the step, before what the step hands over to."""
    return replace(contact, flow=taken.position, language=taken.language or contact.language)


def _store(deps: Deps, contact: Contact, flow: Flow, taken: Step) -> Document:
    after, to = moved(contact, taken), taken.handover
    if isinstance(to, ToQueue):
        return _enter_queue(deps, contact, flow, taken, to)
    if isinstance(to, ToSurvey):
        after = _in_survey(deps, after, to)
    deps.contacts.save(contact, after, taken.events)
    return taken.document


def _enter_queue(deps: Deps, contact: Contact, flow: Flow, taken: Step, to: ToQueue) -> Document:
    after, needs = moved(contact, taken), to.requirements
    try:
        waiting.enter_queue(
            deps, contact, after, to.queue, priority=to.priority, requirements=needs, events=taken.events
        )
    except NotFound:
        failed = fail(flow, taken.position, "unknown_queue", world_of(deps, contact, flow))
        return _store(deps, contact, flow, _joined(taken, failed))
    return taken.document


def _in_survey(deps: Deps, contact: Contact, to: ToSurvey) -> Contact:
    """A survey that the flow names begins here; the queue's own begins with its first question."""
    survey = start.survey_for(deps, contact, to.survey_id) if to.survey_id else None
    if survey is None:
        return contact
    return transitions.survey_started(contact, survey.id, survey.version, deps.clock.now()).entity


def _joined(taken: Step, failed: Step) -> Step:
    """The failure, with what happened before it in the same step."""
    return replace(failed, events=(*taken.events, *failed.events))
