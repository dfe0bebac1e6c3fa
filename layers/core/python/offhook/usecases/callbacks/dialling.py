"""Rings the customer of a callback: at most one leg at a time, whatever is repeated, lost or answered late.

An attempt is claimed first; whoever finds a claim looks at the carrier for its leg before placing one. The leg lives by
itself: an agent who leaves while it rings is replaced, and a customer who answers then waits at the front of the line.
"""

from dataclasses import dataclass, replace

from offhook.domain import paths
from offhook.domain.errors import CallsAtLimit, CarrierUnavailable, CarrierUncertain, Forbidden, InvalidInput
from offhook.domain.ids import SECOND, CallSid, ContactId
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import callback_moves as moves
from offhook.domain.routing.callbacks import CallbackPolicy, First, OnMachine, Result
from offhook.domain.routing.contact import Contact, ContactState
from offhook.domain.routing.contact_parts import visit_of
from offhook.domain.routing.queues import Queue
from offhook.domain.routing.transitions import Change
from offhook.domain.telephony import Detect, RingRequest
from offhook.usecases.callbacks import line
from offhook.usecases.callbacks.hours import first_time, why_not_now
from offhook.usecases.callbacks.settling import attempt_failed, not_allowed, put_off
from offhook.usecases.deps import Deps
from offhook.usecases.numbers.calling import may_call
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing.call_limit import take_place

CLAIM_MS = 20 * SECOND  # a worker that set out to dial longer ago is presumed dead
RETRY_S, LOOK_AGAIN_S = 2.0, 6.0
ORIGIN_S, ORIGIN_AGAIN_S = 60.0, 3.0  # the customer may still be hearing that we will call back
AGAIN_MS = 30 * SECOND  # until it is tried again: as many calls as the plan allows, or the customer is on the line
ON_THE_LINE = "on_the_line"
CARRIER_ADDS_S = 5
AGENT_S = 40  # for listening to a machine and for the agent's own ringing, after the customer has answered


@dataclass(frozen=True, slots=True)
class _Claim:
    contact: Contact
    policy: CallbackPolicy
    earlier: bool


def dial(deps: Deps, contact_id: ContactId) -> None:
    """Place the customer's leg if an agent is there for it and it is not placed yet."""
    contact = deps.contacts.get(contact_id)
    if contact is None or not _wanted(deps, contact):
        return
    queue = deps.config.find(Queue, visit_of(contact).queue)
    if contact.callback is not None and contact.callback.dialled_at is None and not _may(deps, contact, queue):
        return
    place = _place_among_calls(deps, contact)
    if not place:
        return
    claim = again_on_conflict(lambda: _claim(deps, contact_id, moves.policy_of(queue), place))
    if claim is not None:
        _place(deps, claim)


def leg_known(deps: Deps, contact_id: ContactId, attempt: int, sid: CallSid) -> None:
    """The leg of the attempt exists; one that nobody waits for any more, or a second one, is ended."""
    if not again_on_conflict(lambda: _noted(deps, contact_id, attempt, sid)):
        deps.outgoing.send(Message(deps.tenant.id, Topic.CANCEL_RING, contact_id, sid))


def is_attempt(contact: Contact, attempt: int, sid: CallSid) -> bool:
    """The leg is that of the attempt under way, as far as is known."""
    callback = contact.callback
    if callback is None or not contact.awaits_customer or callback.dialled_at is None:
        return False
    return callback.attempts == attempt and callback.leg in (None, sid)


def _wanted(deps: Deps, contact: Contact) -> bool:
    """An agent is there, or is reserved where the customer comes first, and no leg or worker is at it."""
    callback = contact.callback
    if callback is None or not contact.awaits_customer or callback.leg is not None:
        return False
    if callback.tried_at is not None and deps.clock.now() - callback.tried_at < CLAIM_MS:
        return False
    reserved = contact.state is ContactState.OFFERED and callback.first is First.CUSTOMER
    return reserved or contact.is_talking


def _place_among_calls(deps: Deps, contact: Contact) -> int:
    """Of the calls at once that the plan allows; 0 = all are taken, and the callback is put off for a while."""
    try:
        return contact.place or take_place(deps, contact.id)
    except CallsAtLimit as full:
        put_off(deps, contact.id, deps.clock.now() + AGAIN_MS, full.code)
        return 0


def _may(deps: Deps, contact: Contact, queue: Queue | None) -> bool:
    """Whether a new attempt may begin now; otherwise it is put off, waited with, or given up."""
    try:
        may_call(deps, contact.customer_number)
    except (Forbidden, InvalidInput) as refused:
        not_allowed(deps, contact.id, refused.code)
        return False
    why = why_not_now(deps, contact.customer_number, queue)
    if why:
        put_off(deps, contact.id, first_time(deps, contact.customer_number, queue, deps.clock.now()), why)
        return False
    if line.is_busy(deps, contact.customer_number):
        put_off(deps, contact.id, deps.clock.now() + AGAIN_MS, ON_THE_LINE)
        return False
    if _still_on_the_line(deps, contact):
        deps.outgoing.send(Message(deps.tenant.id, Topic.DIAL, contact.id), delay_s=ORIGIN_AGAIN_S)
        return False
    return True


def _still_on_the_line(deps: Deps, contact: Contact) -> bool:
    """The call in which this was asked for is not over: the customer's telephone would be busy."""
    callback = moves.callback_of(contact)
    if contact.origin_contact_id is None or deps.clock.now() - callback.asked_at > ORIGIN_S * 1000:
        return False
    origin = deps.contacts.get(contact.origin_contact_id)
    return origin is not None and origin.state is not ContactState.ENDED


def _claim(deps: Deps, contact_id: ContactId, policy: CallbackPolicy, place: int) -> _Claim | None:
    contact = deps.contacts.get(contact_id)
    if contact is None or not _wanted(deps, contact):
        return None
    earlier = moves.callback_of(contact).dialled_at is not None
    now = deps.clock.now()
    change = moves.dial_claimed(contact, now)
    if change.entity.offer is not None:  # the agent stays reserved until the customer has had time to answer
        until = now + round((policy.ring_s + AGENT_S + change.entity.offer.ring_s) * 1000)
        change = Change(replace(change.entity, offer=replace(change.entity.offer, expires_at=until)), change.events)
    claimed = deps.contacts.save(contact, replace(change.entity, place=place), change.events)
    return _Claim(claimed, policy, earlier)


def _place(deps: Deps, claim: _Claim) -> None:
    contact, request = claim.contact, _request(deps, claim)
    attempt = moves.callback_of(contact).attempts
    try:
        found = deps.telephony.find_ring(request) if claim.earlier else None
        sid = found or deps.telephony.ring(request)
    except InvalidInput:
        attempt_failed(deps, contact.id, attempt, Result.FAILED)
    except CarrierUnavailable as refused:  # a request whose answer was lost may still be on its way
        uncertain = isinstance(refused, CarrierUncertain)
        _give_up_claim(deps, contact.id, attempt)
        wait_s = LOOK_AGAIN_S if uncertain else RETRY_S
        deps.outgoing.send(Message(deps.tenant.id, Topic.DIAL, contact.id), delay_s=wait_s)
    else:
        leg_known(deps, contact.id, attempt, sid)


def _request(deps: Deps, claim: _Claim) -> RingRequest:
    contact, policy = claim.contact, claim.policy
    callback = moves.callback_of(contact)
    assert callback.dialled_at is not None
    return RingRequest(
        to=contact.customer_number,
        caller_id=contact.called_number or deps.tenant.caller_id,
        answer_path=paths.callback_answered(contact.id, callback.attempts),
        status_path=paths.callback_status(contact.id, callback.attempts),
        timeout_s=max(5, round(policy.ring_s) - CARRIER_ADDS_S),
        made_at=callback.dialled_at,
        detect=_detection(policy),
        asks_again=True,
    )


def _detection(policy: CallbackPolicy) -> Detect:
    if not policy.detect:
        return Detect.NOTHING
    return Detect.GREETING_END if policy.on_machine is OnMachine.MESSAGE else Detect.MACHINE


def _give_up_claim(deps: Deps, contact_id: ContactId, attempt: int) -> None:
    """Let the next worker begin at once; it looks for a leg first, because dialled_at stays set."""

    def free() -> None:
        contact = deps.contacts.get(contact_id)
        if contact is None or not contact.awaits_customer or moves.callback_of(contact).attempts != attempt:
            return
        free = replace(moves.callback_of(contact), tried_at=None)
        deps.contacts.save(contact, replace(contact, callback=free), ())

    again_on_conflict(free)


def _noted(deps: Deps, contact_id: ContactId, attempt: int, sid: CallSid) -> bool:
    contact = deps.contacts.get(contact_id)
    if contact is None:
        return False
    if contact.callback is not None and contact.callback.leg == sid:
        return True
    if not is_attempt(contact, attempt, sid):
        return False
    change = moves.leg_placed(contact, sid)
    deps.contacts.save(contact, change.entity, change.events)
    return True
