"""Moves a call on in its flow: one step, one commit, one document."""

from dataclasses import replace
from typing import TYPE_CHECKING

from offhook.domain.documents import Document, HangUp, Record
from offhook.domain.errors import CarrierUnavailable, NotFound
from offhook.domain.ivr.flow import Flow
from offhook.domain.ivr.inputs import Input, Keys
from offhook.domain.ivr.interpreter import Step, again, fail, step
from offhook.domain.ivr.node import ToQueue, ToSurvey
from offhook.domain.routing import transitions
from offhook.domain.routing.contact import Contact, ContactState
from offhook.lazily import lazily
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.situation import flow_of, world_of
from offhook.usecases.unsaved import Unsaved, as_stored

if TYPE_CHECKING:
    from offhook.usecases.routing import waiting
    from offhook.usecases.surveys import start
else:
    (waiting,) = lazily("offhook.usecases.routing", "waiting")
    (start,) = lazily("offhook.usecases.surveys", "start")


def advance(deps: Deps, contact: Contact | Unsaved, given: Input) -> Document:
    """What the call hears next; raises CommitConflict when somebody else changed the contact.

    An unsaved contact is committed with the step.
    """
    at = contact if isinstance(contact, Unsaved) else as_stored(contact)
    flow = flow_of(deps, at.contact)
    return _store(deps, at, flow, step(flow, at.contact.flow, given, world_of(deps, at.contact, flow)))


def give_up(deps: Deps, contact: Contact, reason: str) -> Document:
    """What a call hears whose carrier could not carry out our document."""
    flow = flow_of(deps, contact)
    failed = fail(flow, contact.flow, reason, world_of(deps, contact, flow))
    return _store(deps, as_stored(contact), flow, failed)


def present_document(deps: Deps, contact: Contact) -> Document:
    """The document the call is at, once more."""
    if contact.state is ContactState.ENDED:
        return (HangUp(),)
    flow = flow_of(deps, contact)
    return again(flow, contact.flow, world_of(deps, contact, flow, visit=contact.visits))


def after_survey(deps: Deps, at: Unsaved) -> Document:
    """The survey is over: on in the flow, or what the call heard when a webhook of the survey came before."""
    if _is_at_survey(flow_of(deps, at.contact), at.contact):
        return advance(deps, at, Keys())
    return present_document(deps, at.commit(deps))


def moved(contact: Contact, taken: Step) -> Contact:
    """The contact after the step, before what the step hands over to."""
    after = replace(contact, flow=taken.position, language=taken.language or contact.language)
    if any(isinstance(verb, Record) for verb in taken.document):
        from offhook.domain.routing import voicemails

        return voicemails.expected(after, taken.position.step)
    return after


def _store(deps: Deps, at: Unsaved, flow: Flow, taken: Step) -> Document:
    to = taken.handover
    if isinstance(to, ToQueue):
        return _enter_queue(deps, at, flow, taken, to)
    if isinstance(to, ToSurvey):
        return _begin_survey(deps, at, flow, taken, to)
    after = at.then(moved(at.contact, taken), taken.events).commit(deps)
    if any(recording.is_running for recording in after.recordings):
        return _unheard(deps, after, flow, taken)
    return taken.document


def _unheard(deps: Deps, contact: Contact, flow: Flow, taken: Step) -> Document:
    """What the call hears, once the carrier has paused the recording for secret digits; else they are not asked for."""
    from offhook.usecases.recordings import controlling  # for calls that are recorded in their flow

    secret = bool(getattr(flow.nodes.get(taken.position.node), "secret", False))
    try:
        controlling.pause_for_flow(deps, contact, secret)
    except CarrierUnavailable:
        if secret:
            return give_up(deps, deps.contacts.get(contact.id) or contact, "recording_not_paused")
    return taken.document


def _enter_queue(deps: Deps, at: Unsaved, flow: Flow, taken: Step, to: ToQueue) -> Document:
    after = at.then(moved(at.contact, taken), taken.events)
    try:
        waiting.join_queue(deps, after, to.queue, priority=to.priority, requirements=to.requirements)
    except NotFound:
        failed = fail(flow, taken.position, "unknown_queue", world_of(deps, at.contact, flow))
        return _store(deps, at, flow, replace(failed, events=(*taken.events, *failed.events)))
    return taken.document


def _begin_survey(deps: Deps, at: Unsaved, flow: Flow, taken: Step, to: ToSurvey) -> Document:
    """The first question goes with what was said on the way to it; without a survey the flow goes on at once."""
    after = at.then(moved(at.contact, taken), taken.events)
    said = taken.document[:-1]  # the last leads to the survey's own webhook, which a repeated document uses
    survey = None if _was_asked(at.contact, to) else start.survey_for(deps, after.contact, to.survey_id)
    if survey is None and _is_at_survey(flow, at.contact):
        after.commit(deps)  # from one survey that asks nothing to the next: not without the carrier, or without end
        return taken.document
    if survey is None:
        return (*said, *advance(deps, after, Keys()))
    change = transitions.survey_started(after.contact, survey.id, survey.version, deps.clock.now())
    after.then(change.entity, change.events).commit(deps)
    return (*said, *start.first_question(after.contact, survey))


def _was_asked(contact: Contact, to: ToSurvey) -> bool:
    """The queue's own survey is put once, however often the flow comes by."""
    return not to.survey_id and contact.survey is not None


def _is_at_survey(flow: Flow, contact: Contact) -> bool:
    from offhook.domain.ivr.nodes.survey import SurveyNode

    return isinstance(flow.nodes.get(contact.flow.node), SurveyNode)
