"""The customer's call is over, or the carrier could not carry out a document: outcomes that the flow decides."""

from offhook.domain.documents import Document, HangUp
from offhook.domain.ids import CallSid, ContactId, contact_id_for
from offhook.domain.ivr.inputs import ANSWERED
from offhook.domain.ivr.nodes.sorry import RefusedNode, SorryNode
from offhook.domain.ivr.nodes.transfer import TransferNode
from offhook.domain.routing.contact import Contact, ContactState, Outcome
from offhook.usecases.deps import Deps
from offhook.usecases.ivr.advance import give_up, present_document
from offhook.usecases.ivr.answer_call import IncomingCall, answer_call, never_answered
from offhook.usecases.ivr.situation import flow_of
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing import leaving, waiting


def end_reported(deps: Deps, call: IncomingCall) -> None:
    """The carrier says that the customer's call is over.

    A call of which we know nothing else, because no answer of ours ever reached it, is recorded as failed.
    """
    contact = deps.contacts.get(contact_id_for(deps.tenant.id, call.sid))
    if contact is None:
        leaving.customer_left(deps, never_answered(deps, call).id, "never_answered", Outcome.FAILED)
    else:
        of_contact_ended(deps, contact)
        _remember(deps, contact)


def _remember(deps: Deps, contact: Contact) -> None:
    """A flow that screens its callers looks at how their calls ended."""
    flow = flow_of(deps, contact)
    if "screen" in flow.kinds:
        from offhook.usecases.ivr.screening import note_end

        note_end(deps, contact, flow)


def call_ended(deps: Deps, sid: CallSid) -> None:
    """The customer's call is over; repeated or unknown: nothing."""
    contact = deps.contacts.get(contact_id_for(deps.tenant.id, sid))
    if contact is not None:
        of_contact_ended(deps, contact)


def of_contact_ended(deps: Deps, contact: Contact) -> None:
    """The customer's call of this contact is over; repeated: nothing."""
    if contact.state is not ContactState.ENDED:
        reason, outcome = _verdict(deps, contact)
        leaving.customer_left(deps, contact.id, reason, outcome, contact)


def call_over(deps: Deps, contact_id: ContactId, transfer: str | None) -> Document:
    """The caller hung up in a room or while connected to an outside number (transfer: how that ended)."""
    if transfer is None:
        leaving.customer_left(deps, contact_id, "hangup")
    else:
        outcome = Outcome.TRANSFERRED_OUT if transfer == ANSWERED else None
        leaving.customer_left(deps, contact_id, f"transfer_{transfer}", outcome)
    return (HangUp(),)


def message_over(deps: Deps, contact_id: ContactId, seconds: int) -> Document:
    """The caller hung up while leaving a message of so many seconds."""
    from offhook.domain.ivr.nodes.voicemail import VoicemailNode

    contact = deps.contacts.get(contact_id)
    node = flow_of(deps, contact).nodes.get(contact.flow.node) if contact else None
    left = isinstance(node, VoicemailNode) and seconds >= node.min_s
    leaving.customer_left(deps, contact_id, "hangup" if left else "no_message", Outcome.VOICEMAIL if left else None)
    return (HangUp(),)


def document_failed(deps: Deps, call: IncomingCall, error: str) -> Document:
    """The carrier could not use our last document: a call that never began begins, another hears the fallback."""
    contact_id = contact_id_for(deps.tenant.id, call.sid)
    return again_on_conflict(lambda: _recover(deps, contact_id, call, error))


def _recover(deps: Deps, contact_id: ContactId, call: IncomingCall, error: str) -> Document:
    contact = deps.contacts.get(contact_id)
    if contact is None:
        return answer_call(deps, call)
    if contact.visit is not None and contact.visit.answered_at is None:
        contact = waiting.left_queue(deps, contact.id, contact.visit.number, "error", None)
    if contact.state is ContactState.IN_FLOW:
        return give_up(deps, contact, f"carrier_{error[:16]}")
    return present_document(deps, contact)


def _verdict(deps: Deps, contact: Contact) -> tuple[str, Outcome | None]:
    """(reason, outcome); None = what routing tells from the contact's state."""
    flow = flow_of(deps, contact)
    node = flow.nodes.get(contact.flow.node) or flow.built_in(contact.flow.node)
    in_flow = contact.state is ContactState.IN_FLOW
    transferred = contact.flow.attributes.get("transfer_result") == ANSWERED
    if in_flow and (transferred or isinstance(node, TransferNode)):
        return "transferred", Outcome.TRANSFERRED_OUT
    if in_flow and isinstance(node, RefusedNode):
        return f"screened_{contact.flow.attributes.get('screened', '')}", Outcome.BLOCKED
    if in_flow and isinstance(node, SorryNode) and not contact.flow.done:
        answered = contact.visit is not None and contact.visit.answered_at is not None
        return "flow_failed", None if answered else Outcome.FAILED
    return ("flow_ended" if contact.flow.done else "hangup"), None
