"""Keys and results come back to a flow; a repeated webhook hears the present document again."""

from offhook.domain.documents import Document, HangUp
from offhook.domain.ids import ContactId
from offhook.domain.ivr.inputs import Input
from offhook.domain.routing.contact import Contact, ContactState
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.advance import advance, present_document
from offhook.usecases.ivr.look_up import looked_up
from offhook.usecases.ivr.situation import flow_of
from offhook.usecases.ivr.strangers import unknown_contact
from offhook.usecases.retry import again_on_conflict


def take_step(deps: Deps, contact_id: ContactId, number: int, given: Input) -> Document:
    """The document after document `number`, or the present one when that was answered before."""
    return again_on_conflict(lambda: _take(deps, contact_id, number, given))


def _take(deps: Deps, contact_id: ContactId, number: int, given: Input) -> Document:
    contact = deps.contacts.get(contact_id)
    if contact is None:
        return unknown_contact(deps)
    if contact.state is ContactState.ENDED:
        return (HangUp(),)
    if contact.state is not ContactState.IN_FLOW or contact.flow.step != number or _queues(deps, contact):
        return present_document(deps, contact)
    return advance(deps, contact, looked_up(deps, contact, given))


def _queues(deps: Deps, contact: Contact) -> bool:
    """The flow is at a queue: only the queue's own exit leads on."""
    return flow_of(deps, contact).queue_at(contact.flow.node) is not None
