"""Moves a call on in its flow: one step, one commit, one document."""

from dataclasses import replace

from offhook.domain.documents import Document, HangUp
from offhook.domain.errors import NotFound
from offhook.domain.ivr.flow import Flow
from offhook.domain.ivr.inputs import Input
from offhook.domain.ivr.interpreter import Step, again, fail, step
from offhook.domain.ivr.node import ToQueue
from offhook.domain.routing.contact import Contact, ContactState
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.situation import flow_of, world_of
from offhook.usecases.routing import waiting


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
    after = moved(contact, taken)
    if not isinstance(taken.handover, ToQueue):
        deps.contacts.save(contact, after, taken.events)
        return taken.document
    to = taken.handover
    try:
        waiting.enter_queue(
            deps, contact, after, to.queue, priority=to.priority, requirements=to.requirements, events=taken.events
        )
    except NotFound:
        failed = fail(flow, taken.position, "unknown_queue", world_of(deps, contact, flow))
        return _store(deps, contact, flow, _joined(taken, failed))
    return taken.document


def _joined(taken: Step, failed: Step) -> Step:
    """The failure, with what happened before it in the same step."""
    return replace(failed, events=(*taken.events, *failed.events))
