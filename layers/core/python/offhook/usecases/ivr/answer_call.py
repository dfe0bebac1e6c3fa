"""A customer's call arrives: who calls, which flow, the first words. A repeated call webhook finds the same contact."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offhook.domain.customers.customer import Customer
from offhook.domain.documents import Document
from offhook.domain.errors import StoreUnavailable
from offhook.domain.events import Event
from offhook.domain.ids import CallSid, contact_id_for
from offhook.domain.ivr.flow import Flow, caller_language
from offhook.domain.ivr.inputs import Started
from offhook.domain.ivr.interpreter import Step, begin, fail, step
from offhook.domain.ivr.node import ToQueue
from offhook.domain.ivr.numbers import caller_number
from offhook.domain.routing import contact_facts, transitions
from offhook.domain.routing.contact import Contact, ContactState, Place
from offhook.domain.routing.queues import Queue
from offhook.lazily import lazily
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.advance import moved, present_document
from offhook.usecases.ivr.situation import flow_for_number, world_of

if TYPE_CHECKING:
    from offhook.usecases.routing import call_limit
else:
    (call_limit,) = lazily("offhook.usecases.routing", "call_limit")


@dataclass(frozen=True, slots=True)
class IncomingCall:
    """What the carrier says of a call; the caller's number may be withheld or garbage."""

    sid: CallSid
    caller: str
    called: str


def answer_call(deps: Deps, call: IncomingCall) -> Document:
    """The first document of the call, or its present one when the call is known; raises CallsAtLimit."""
    flow = _flow(deps, call)
    contact = _contact(deps, call, flow)
    contact = replace(contact, place=call_limit.take_place(deps, contact.id))
    taken = _first_step(deps, contact, flow)
    after, events = _handed_over(deps, moved(contact, taken), taken)
    stored = deps.contacts.start(after, (contact_facts.started(contact), *events))
    if stored.ended_at is not None:  # a repeated webhook of a call that is over
        call_limit.give_back(deps, replace(stored, place=contact.place))
    return taken.document if stored == replace(after, version=1) else present_document(deps, stored)


def never_answered(deps: Deps, call: IncomingCall) -> Contact:
    """A contact for a call of which nothing but its end has reached us; known already: as stored."""
    contact = _contact(deps, call, _flow(deps, call))
    return deps.contacts.start(contact, (contact_facts.started(contact),))


def _flow(deps: Deps, call: IncomingCall) -> Flow:
    return flow_for_number(deps, call.called, caller_number(call.caller))


def _contact(deps: Deps, call: IncomingCall, flow: Flow) -> Contact:
    number = caller_number(call.caller)
    customer = _customer(deps, number)
    known = customer.language if customer else ""
    contact = Contact(
        id=contact_id_for(deps.tenant.id, call.sid),
        tenant_id=deps.tenant.id,
        version=0,
        state=ContactState.IN_FLOW,
        started_at=deps.clock.now(),
        call_sid=call.sid,
        customer_number=number,
        called_number=call.called[:32],
        language=caller_language(flow, known) if flow.id else known or deps.tenant.language,
        flow=begin(flow),
    )
    return contact if customer is None else _greeted(deps, _of_customer(contact, customer), customer, flow)


def _greeted(deps: Deps, contact: Contact, customer: Customer, flow: Flow) -> Contact:
    """With the name of who spoke to them last, if the flow uses it."""
    if not flow.names_last_agent:
        return contact
    from offhook.usecases.ivr.last_agent import last_agent

    name = last_agent(deps, customer)
    return replace(contact, flow=replace(contact.flow, attributes={"last_agent": name})) if name else contact


def _of_customer(contact: Contact, customer: Customer) -> Contact:
    return replace(
        contact,
        customer_id=customer.id,
        customer_name=customer.name,
        tier=customer.tier,
        tags=customer.tags,
        last_score=customer.last_score,
    )


def _customer(deps: Deps, number: str) -> Customer | None:
    """The customer, or nobody when the number is withheld or the look-up fails: the call goes on either way."""
    try:
        return deps.customers.by_number(number) if number else None
    except StoreUnavailable:
        return None


def _first_step(deps: Deps, contact: Contact, flow: Flow) -> Step:
    world = world_of(deps, contact, flow)
    taken = step(flow, contact.flow, Started(), world)
    if not isinstance(taken.handover, ToQueue) or deps.config.find(Queue, taken.handover.queue):
        return taken
    failed = fail(flow, taken.position, "unknown_queue", world)
    lost = isinstance(failed.handover, ToQueue) and not deps.config.find(Queue, failed.handover.queue)
    failed = fail(flow, failed.position, "unknown_queue", world) if lost else failed
    return replace(failed, events=(*taken.events, *failed.events))


def _handed_over(deps: Deps, contact: Contact, taken: Step) -> tuple[Contact, tuple[Event, ...]]:
    """A flow may begin with a queue: its visit is part of the contact's first commit."""
    to = taken.handover
    if not isinstance(to, ToQueue):
        return contact, taken.events
    from offhook.usecases.routing.places import place_of  # most flows begin with something else

    queue = deps.config.find(Queue, to.queue)
    place = place_of(deps, contact, queue, to.priority) if queue else Place(to.priority)
    change = transitions.queue_entered(contact, to.queue, deps.clock.now(), place, to.requirements)
    return change.entity, (*taken.events, *change.events)
