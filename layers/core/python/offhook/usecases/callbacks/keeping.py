"""Keeps callbacks moving: to waiting when they are due, and on when a message, a report or a worker was lost."""

from offhook.domain.errors import CallsAtLimit
from offhook.domain.ids import MINUTE, SECOND, ContactId
from offhook.domain.routing import callback_moves as moves
from offhook.domain.routing.contact import Contact, ContactState, Outcome
from offhook.domain.routing.contact_parts import visit_of
from offhook.domain.routing.queues import Queue
from offhook.stores.callbacks import Callbacks
from offhook.usecases.callbacks import answering, dialling, line, settling
from offhook.usecases.callbacks.hours import first_time, why_not_now
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing import call_limit, leaving, offers, ring
from offhook.usecases.routing.match import match_contact

SETTLED_MS = 5 * SECOND
LEG_MS = MINUTE  # the carrier is asked about a leg of which nothing was heard for so long
PAGE = 50
EXPIRED = "expired"


def overdue(deps: Deps) -> list[ContactId]:
    """The callbacks put off that are due by now, as many as one look takes."""
    return [found for _, found in Callbacks(deps.items, deps.tenant.id).due(deps.clock.now(), limit=PAGE)]


def due(deps: Deps, contact_id: ContactId) -> None:
    """It may be due: wait for an agent from now on, or until the hour is right; before, its owner may have to be
    reminded. Early and repeated: nothing.
    """
    contact = again_on_conflict(lambda: _due(deps, contact_id))
    if contact is not None and contact.state is ContactState.WAITING:
        match_contact(deps, contact)
    elif contact is not None:
        settling.remind(deps, contact)


def sweep(deps: Deps, contact: Contact) -> None:
    """Move on a callback whose customer is not on the line."""
    callback, now = moves.callback_of(contact), deps.clock.now()
    if callback.leg is not None and now - (callback.dialled_at or now) > LEG_MS:
        _ask_carrier(deps, contact)
    elif callback.dialled_at is None and callback.until <= now and contact.state is ContactState.WAITING:
        leaving.customer_left(deps, contact.id, EXPIRED, Outcome.UNREACHED)
    elif contact.state is ContactState.WAITING:
        _sweep_waiting(deps, contact)
    elif contact.offer is not None:
        _sweep_offer(deps, contact)
    else:
        _sweep_agent(deps, contact)


def _due(deps: Deps, contact_id: ContactId) -> Contact | None:
    contact = deps.contacts.get(contact_id)
    now = deps.clock.now()
    if contact is None or not contact.is_put_off or moves.callback_of(contact).next_at > now:
        return None
    if moves.callback_of(contact).due_at > now:
        change = moves.reminded(contact, now)
        return deps.contacts.save(contact, change.entity, change.events)
    queue = _queue(deps, contact)
    if moves.callback_of(contact).until <= now:
        leaving.customer_left(deps, contact_id, EXPIRED, Outcome.UNREACHED)
        return None
    why = why_not_now(deps, contact.customer_number, queue)
    if why:
        change = moves.put_off(contact, first_time(deps, contact.customer_number, queue, now), why, now)
    elif call_limit.is_full(deps):  # no agent is rung for a call that cannot be placed
        change = moves.put_off(contact, now + dialling.AGAIN_MS, CallsAtLimit.code, now)
    elif line.is_busy(deps, contact.customer_number):
        change = moves.put_off(contact, now + dialling.AGAIN_MS, dialling.ON_THE_LINE, now)
    else:
        change = moves.became_due(contact, now)
    return deps.contacts.save(contact, change.entity, change.events)


def _sweep_waiting(deps: Deps, contact: Contact) -> None:
    queue = _queue(deps, contact)
    why = why_not_now(deps, contact.customer_number, queue)
    if why:
        until = first_time(deps, contact.customer_number, queue, deps.clock.now())
        settling.put_off(deps, contact.id, until, why)
    else:
        match_contact(deps, contact)


def _sweep_offer(deps: Deps, contact: Contact) -> None:
    offer, now = contact.offer, deps.clock.now()
    assert offer is not None
    if offer.expires_at <= now:
        offers.deadline(deps, contact.id, offer.id)
    elif offer.call_sid is None and now - offer.made_at > SETTLED_MS:
        ring.ring(deps, contact.id, offer.id)


def _sweep_agent(deps: Deps, contact: Contact) -> None:
    """An agent waits for the customer: still, and is anybody being rung?"""
    work = contact.assignment
    if work is None or deps.clock.now() - work.accepted_at <= SETTLED_MS:
        return
    if work.call_sid is not None and leaving.call_is_over(deps, work.call_sid):
        leaving.agent_left(deps, contact.id, work.offer_id)
    else:
        dialling.dial(deps, contact.id)


def _ask_carrier(deps: Deps, contact: Contact) -> None:
    """A leg whose end was not told."""
    callback = moves.callback_of(contact)
    assert callback.leg is not None
    facts = deps.telephony.call(callback.leg)
    status = facts.status if facts is not None else "failed"
    if status in leaving.CALL_OVER:
        answering.reported(deps, contact.id, answering.Leg(callback.leg, callback.attempts, status))


def _queue(deps: Deps, contact: Contact) -> Queue | None:
    return deps.config.find(Queue, visit_of(contact).queue)
