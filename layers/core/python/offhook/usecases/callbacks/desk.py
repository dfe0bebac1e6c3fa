"""Callbacks as people see them: the list, one of them, claimed by an agent, cancelled, closed with an outcome."""

from dataclasses import dataclass
from enum import StrEnum

from offhook.domain.errors import Conflict, NotFound
from offhook.domain.ids import AgentId, ContactId, Instant
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import callback_moves as moves
from offhook.domain.routing import phrases
from offhook.domain.routing.agent import CapacityReached, Channel
from offhook.domain.routing.contact import Contact, ContactState, Outcome
from offhook.domain.tenants.scope import EVERYTHING, Scope
from offhook.stores.callbacks import Callbacks
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing import leaving
from offhook.usecases.routing.match import offer_to

CANCELLED = "cancelled"


class CallbackOver(Conflict):
    """The callback is over, or its customer is on the line."""

    code = "callback_over"


class AgentNotFree(Conflict):
    """Only an agent who is available can take a callback."""

    code = "agent_not_free"


class Status(StrEnum):
    """What is going on with a callback."""

    PUT_OFF = "put_off"  # until due_at
    WAITING = "waiting"  # for an agent
    OFFERED = "offered"
    DIALLING = "dialling"
    REACHED = "reached"
    ENDED = "ended"


class CloseReason(StrEnum):
    """Why nobody needs to be called any more."""

    RESOLVED = "resolved"
    NOT_NEEDED = "not_needed"
    WRONG_NUMBER = "wrong_number"
    DUPLICATE = "duplicate"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CallbackView:
    """One callback; id: of its contact. enqueued_at: its place in the line; agent_id: who is at it."""

    id: ContactId
    status: Status
    number: str
    customer_id: str
    customer_name: str
    queue: str
    first: str
    asked_by: str
    asked_at: Instant
    enqueued_at: Instant | None
    due_at: Instant
    until: Instant
    attempts: int
    last_result: str
    agent_id: str
    origin_contact_id: str
    outcome: str
    outcome_reason: str
    version: int
    owner: str = ""
    remind_at: Instant | None = None


def callbacks(
    deps: Deps, scope: Scope, after: str = "", limit: int = 50, queue: str = ""
) -> tuple[list[CallbackView], str | None]:
    """A page of those whose customer is still to be reached, waiting ones first, and where the next page begins."""
    rows = Callbacks(deps.items, deps.tenant.id).listed(after, limit)
    found = (deps.contacts.get(contact_id) for _, contact_id in rows)
    seen = [view_of(c) for c in found if c is not None and c.awaits_customer and _is_seen(c, scope)]
    return [v for v in seen if queue in ("", v.queue)], rows[-1][0] if len(rows) == limit else None


def callback(deps: Deps, contact_id: ContactId, scope: Scope = EVERYTHING) -> CallbackView:
    """One of them; raises NotFound."""
    return view_of(_one(deps, contact_id, scope))


def claim(deps: Deps, agent_id: AgentId, contact_id: ContactId, scope: Scope = EVERYTHING) -> CallbackView:
    """The agent takes it now, out of turn; raises NotFound, CallbackOver, AgentNotFree or CapacityReached."""
    return again_on_conflict(lambda: _claim(deps, agent_id, contact_id, scope))


def close(deps: Deps, contact_id: ContactId, reason: str, scope: Scope = EVERYTHING) -> CallbackView:
    """Nobody is called any more; a telephone that rings stops. Raises NotFound or CallbackOver."""
    contact = _one(deps, contact_id, scope)
    if not contact.awaits_customer:
        raise CallbackOver()
    leaving.customer_left(deps, contact_id, reason, Outcome.CANCELLED)
    after = _one(deps, contact_id, EVERYTHING)
    hush(deps, after)
    return view_of(after)


def hush(deps: Deps, contact: Contact) -> None:
    """Have the customer's telephone stop ringing, if it does."""
    leg = contact.callback.leg if contact.callback and contact.callback.reached_at is None else None
    if leg is not None:
        deps.outgoing.send(Message(deps.tenant.id, Topic.CANCEL_RING, contact.id, leg))


def view_of(contact: Contact) -> CallbackView:
    """The callback as people see it."""
    known, visit = moves.callback_of(contact), contact.visit
    return CallbackView(
        contact.id, _status(contact), contact.customer_number, contact.customer_id or "", contact.customer_name,
        visit.queue if visit else "", known.first, known.asked_by, known.asked_at,
        visit.enqueued_at if visit else None, known.due_at, known.until, known.attempts, known.last_result,
        _agent(contact), contact.origin_contact_id or "", contact.outcome or "", contact.outcome_reason,
        contact.version, known.owner or "", known.remind_at,
    )  # fmt: skip


def _claim(deps: Deps, agent_id: AgentId, contact_id: ContactId, scope: Scope) -> CallbackView:
    contact, agent = _one(deps, contact_id, scope), deps.agents.get(agent_id)
    if agent is None or not agent.is_ready:
        raise AgentNotFree()
    if Channel.CALLBACK not in agent.capacity.offered:
        raise CapacityReached()
    if contact.is_put_off:
        change = moves.became_due(contact, deps.clock.now())
        contact = deps.contacts.save(contact, change.entity, change.events)
    if not contact.awaits_customer or contact.state is not ContactState.WAITING:
        raise CallbackOver()
    return view_of(offer_to(deps, contact, agent, phrases.reason("claimed")))


def _one(deps: Deps, contact_id: ContactId, scope: Scope) -> Contact:
    contact = deps.contacts.get(contact_id) or deps.contacts.closed(contact_id)
    if contact is None or contact.callback is None or not _is_seen(contact, scope):
        raise NotFound("There is no such callback.")
    return contact


def _is_seen(contact: Contact, scope: Scope) -> bool:
    return scope.may_see_contact(contact.visit.queue if contact.visit else "", _agent(contact))


def _agent(contact: Contact) -> str:
    work = contact.assignment
    return contact.offer.agent_id if contact.offer else work.agent_id if work and work.done_at is None else ""


def _status(contact: Contact) -> Status:
    known = moves.callback_of(contact)
    if contact.state is ContactState.ENDED:
        return Status.ENDED
    if known.reached_at is not None:
        return Status.REACHED
    if known.dialled_at is not None:
        return Status.DIALLING
    if contact.is_put_off:
        return Status.PUT_OFF
    return Status.WAITING if contact.state is ContactState.WAITING else Status.OFFERED
