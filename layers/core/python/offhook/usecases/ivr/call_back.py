"""A waiting caller asks to be called back: on this number by one key, on another by its digits."""

from dataclasses import replace

from offhook.domain.documents import Document, Gather, GoTo, HangUp, LeaveQueue, Say
from offhook.domain.errors import Forbidden, InvalidInput
from offhook.domain.ids import ContactId
from offhook.domain.ivr.nodes.queue import QueueNode
from offhook.domain.ivr.phrases import phrase
from offhook.domain.paths import callback_number, wait
from offhook.domain.routing.contact import Contact, ContactState
from offhook.usecases.callbacks import asking
from offhook.usecases.customers.numbers import e164
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.strangers import unknown_contact
from offhook.usecases.numbers.calling import may_call
from offhook.usecases.retry import again_on_conflict

ENTERED = "callback_number"  # attribute of the call: what was entered and is not confirmed yet
YES, AGAIN = "1", "2"
LONGEST = 16


def offered(deps: Deps, contact: Contact, node: QueueNode) -> list[Say]:
    """What a waiting caller is offered; their own number only if it is known and may be called."""
    words = []
    if node.callback_key and _callable(deps, contact.customer_number):
        words.append(_say(contact, "callback_offer", key=node.callback_key))
    if node.callback_other_key:
        words.append(_say(contact, "callback_offer_other", key=node.callback_other_key))
    return words


def pressed(deps: Deps, contact: Contact, node: QueueNode, keys: str) -> Document | None:
    """What follows the key; None when it means nothing here."""
    assert contact.visit is not None
    if node.callback_other_key and keys == node.callback_other_key:
        return _ask(contact, contact.visit.number)
    if not node.callback_key or keys != node.callback_key or not _callable(deps, contact.customer_number):
        return None
    return _leave(deps, contact, contact.visit.number, contact.customer_number)


def entered(deps: Deps, contact_id: ContactId, visit: int, digits: str) -> Document:
    """The digits of another number, or the answer to whether they were heard right; meanwhile the place is kept."""
    contact = deps.contacts.get(contact_id)
    if contact is None:
        return unknown_contact(deps)
    if contact.state is ContactState.ENDED:
        return (HangUp(),)
    if contact.state is not ContactState.WAITING or contact.visit is None or contact.visit.number != visit:
        return (GoTo(wait(contact_id, visit)),)
    chosen = contact.flow.attributes.get(ENTERED, "")
    if digits == YES and chosen:
        return _leave(deps, contact, visit, chosen)
    if digits == AGAIN:
        return _ask(contact, visit)
    if not digits:
        return (GoTo(wait(contact_id, visit)),)
    return _read_back(deps, contact, visit, digits)


def _read_back(deps: Deps, contact: Contact, visit: int, digits: str) -> Document:
    number = e164(digits, deps.tenant.region) or e164(f"+{digits}") or ""
    if not _callable(deps, number):
        return _say(contact, "callback_refused"), *_ask(contact, visit)
    again_on_conflict(lambda: _remember(deps, contact.id, number))
    words = _say(contact, "callback_read_back", number=" ".join(number.removeprefix("+")))
    return (Gather(callback_number(contact.id, visit), (words,), max_digits=1, finish_on_key=""),)


def _remember(deps: Deps, contact_id: ContactId, number: str) -> None:
    contact = deps.contacts.get(contact_id)
    if contact is not None and contact.state is not ContactState.ENDED:
        attributes = {ENTERED: number, **{k: v for k, v in contact.flow.attributes.items() if k != ENTERED}}
        deps.contacts.save(contact, replace(contact, flow=replace(contact.flow, attributes=attributes)), ())


def _leave(deps: Deps, contact: Contact, visit: int, number: str) -> Document:
    """Out of the line, the place kept; when an agent was faster, the caller waits for them."""
    if asking.from_queue(deps, contact.id, visit, number):
        return (LeaveQueue(),)
    return (GoTo(wait(contact.id, visit)),)


def _ask(contact: Contact, visit: int) -> Document:
    words = (_say(contact, "callback_enter"),)
    return (Gather(callback_number(contact.id, visit), words, max_digits=LONGEST, timeout_s=8),)


def _callable(deps: Deps, number: str) -> bool:
    try:
        may_call(deps, number)
    except (Forbidden, InvalidInput):
        return False
    return True


def _say(contact: Contact, name: str, **values: object) -> Say:
    return Say(phrase(name, contact.language, **values), contact.language)
