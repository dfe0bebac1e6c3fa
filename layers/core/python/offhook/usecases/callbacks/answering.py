"""What the customer's leg of a callback reports: who answered it, what they hear, and its end."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offhook.domain.documents import Document, HangUp, Say
from offhook.domain.ids import CallSid, ContactId
from offhook.domain.ivr.phrases import phrase
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import callback_moves as moves
from offhook.domain.routing.callbacks import OnMachine, Result
from offhook.domain.routing.contact import Contact, ContactState, lease_until
from offhook.domain.routing.contact_parts import visit_of
from offhook.domain.routing.queues import Queue
from offhook.domain.routing.transitions import Change
from offhook.lazily import lazily
from offhook.usecases.callbacks.dialling import is_attempt, leg_known
from offhook.usecases.callbacks.settling import attempt_failed
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing.leaving import CALL_OVER, queue_document

if TYPE_CHECKING:
    from offhook.usecases.ivr import end_call
    from offhook.usecases.routing import accept, match
else:
    (end_call,) = lazily("offhook.usecases.ivr", "end_call")
    accept, match = lazily("offhook.usecases.routing", "accept", "match")

_RESULTS = {"busy": Result.BUSY, "no-answer": Result.NO_ANSWER, "canceled": Result.NO_ANSWER}


@dataclass(frozen=True, slots=True)
class Leg:
    """A leg to a customer: of which attempt, and what the carrier says of it. answered_by: "" = nothing was asked."""

    sid: CallSid
    attempt: int
    status: str = ""
    answered_by: str = ""
    duration_s: float = 0.0


def answered(deps: Deps, contact_id: ContactId, leg: Leg) -> Document:
    """Somebody answered: a person is greeted and brought together with the agent, a machine is not."""
    contact = deps.contacts.get(contact_id)
    if contact is None or contact.state is ContactState.ENDED:
        return (HangUp(),)
    if _is_machine(leg.answered_by):
        return _machine(deps, contact, leg)
    met = again_on_conflict(lambda: _reached(deps, contact_id, leg))
    if met is None:
        return (HangUp(),)
    if met.state is ContactState.OFFERED and met.offer is not None and met.offer.call_sid is None:
        deps.outgoing.send(Message(deps.tenant.id, Topic.RING, met.id, met.offer.id))
    return _greeting(deps, met)


def reported(deps: Deps, contact_id: ContactId, leg: Leg) -> None:
    """Progress of the leg. Its end is that of the call when somebody was reached, else of the attempt."""
    contact = deps.contacts.get(contact_id)
    if contact is None or contact.callback is None:
        return
    _progress(deps, contact, leg)
    if leg.status in CALL_OVER and leg.duration_s > 0:
        again_on_conflict(lambda: _length_told(deps, contact_id, leg))


def _progress(deps: Deps, contact: Contact, leg: Leg) -> None:
    assert contact.callback is not None
    if leg.status not in CALL_OVER:
        leg_known(deps, contact.id, leg.attempt, leg.sid)
    elif contact.callback.reached_at is not None and contact.callback.leg == leg.sid:
        end_call.of_contact_ended(deps, contact)
    elif is_attempt(contact, leg.attempt, leg.sid):
        attempt_failed(deps, contact.id, leg.attempt, _RESULTS.get(leg.status, Result.FAILED))


def _length_told(deps: Deps, contact_id: ContactId, leg: Leg) -> None:
    """Whatever the leg came to, the carrier bills it; one that nobody answered was none."""
    contact = deps.contacts.get(contact_id)
    if contact is not None and contact.callback is not None:
        change = moves.leg_ended(contact, leg.sid, leg.duration_s, deps.clock.now())
        deps.contacts.save(contact, change.entity, change.events)


def _is_machine(answered_by: str) -> bool:
    """Anything that is known to be none; unknown is a person, who must not be hung up on."""
    return answered_by.startswith("machine") or answered_by == "fax"


def _machine(deps: Deps, contact: Contact, leg: Leg) -> Document:
    if not is_attempt(contact, leg.attempt, leg.sid):
        return (HangUp(),)
    policy = moves.policy_of(_queue(deps, contact))
    speaks = policy.on_machine is OnMachine.MESSAGE and leg.answered_by != "fax"
    attempt_failed(deps, contact.id, leg.attempt, Result.MESSAGE_LEFT if speaks else Result.MACHINE)
    if not speaks:
        return (HangUp(),)
    own = policy.message.get(contact.language) or next(iter(policy.message.values()), "")
    words = own or phrase("callback_message", contact.language, business=deps.tenant.name)
    return Say(words, contact.language), HangUp()


def _reached(deps: Deps, contact_id: ContactId, leg: Leg) -> Contact | None:
    """The contact with its customer on the line; None when this leg is not the one that is waited for."""
    contact = deps.contacts.get(contact_id)
    if contact is None or contact.callback is None:
        return None
    if contact.callback.reached_at is not None and contact.callback.leg == leg.sid:
        return contact  # the webhook was repeated
    if not is_attempt(contact, leg.attempt, leg.sid):
        return None
    now = deps.clock.now()
    change = _with_time_to_ring(moves.reached(contact, leg.sid, now, _queue(deps, contact)), now)
    return deps.contacts.save(contact, change.entity, change.events)


def _with_time_to_ring(change: Change[Contact], now: int) -> Change[Contact]:
    """An agent who was reserved meanwhile is rung from now on, as long as any other."""
    offer = change.entity.offer
    if offer is None or offer.call_sid is not None:
        return change
    until = lease_until(now, offer.ring_s)
    return Change(replace(change.entity, offer=replace(offer, expires_at=until)), change.events)


def _greeting(deps: Deps, contact: Contact) -> Document:
    language = contact.language
    business = deps.tenant.name
    if contact.is_talking:
        return Say(phrase("callback_hello", language, business=business), language), *accept.customer_enters(
            deps, contact
        )
    if contact.visit is None:
        return (HangUp(),)  # a late copy of the webhook: the call has left the queue, nobody acts on this
    return Say(phrase("callback_hello_wait", language, business=business), language), *queue_document(contact)


def _queue(deps: Deps, contact: Contact) -> Queue:
    visit = visit_of(contact)
    return deps.config.find(Queue, visit.queue) or Queue(visit.queue, "")
