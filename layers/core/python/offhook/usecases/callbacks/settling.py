"""What ends an attempt to call somebody back, or puts it off: the agent who was there for it is free again."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from offhook.domain.ids import CallSid, ContactId, Instant
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import agent_transitions
from offhook.domain.routing import callback_moves as moves
from offhook.domain.routing.agent import Agent
from offhook.domain.routing.callbacks import Result
from offhook.domain.routing.contact import Contact, ContactState, OfferEnd, Outcome
from offhook.domain.routing.contact_parts import visit_of
from offhook.domain.routing.queues import Queue
from offhook.domain.routing.transitions import Change
from offhook.domain.storage import Write
from offhook.lazily import lazily
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing.offers import release_writes

if TYPE_CHECKING:
    from offhook.usecases.routing import call_limit, leaving, match
else:
    call_limit, leaving, match = lazily("offhook.usecases.routing", "call_limit", "leaving", "match")

LONGEST_DELAY_S = 900.0
Then = Callable[[Agent, Instant], Change[Agent]]


def attempt_failed(deps: Deps, contact_id: ContactId, attempt: int, result: Result) -> None:
    """Nobody was reached: again later at the same place, or the end. Repeated: nothing."""

    def change(contact: Contact) -> Change[Contact] | None:
        callback = moves.callback_of(contact)
        if callback.attempts != attempt or callback.dialled_at is None:
            return None
        queue = _queue(deps, contact)
        return moves.attempt_failed(contact, result, deps.clock.now(), queue)

    _settle(deps, contact_id, change)


def put_off(deps: Deps, contact_id: ContactId, until: Instant, reason: str) -> None:
    """Wait until then, with the place kept; nothing while an attempt is under way."""

    def change(contact: Contact) -> Change[Contact] | None:
        if moves.callback_of(contact).dialled_at is not None:
            return None
        free = moves.agent_gone(contact, deps.clock.now()) if _held(contact) else Change(contact)
        off = moves.put_off(free.entity, until, reason, deps.clock.now())
        return Change(off.entity, (*free.events, *off.events))

    _settle(deps, contact_id, change)


def not_allowed(deps: Deps, contact_id: ContactId, why: str) -> None:
    """The tenant may not call the number (any more): the matter is over."""
    leaving.customer_left(deps, contact_id, why, Outcome.UNREACHED)


def agent_gone(deps: Deps, contact_id: ContactId, then: Then) -> bool:
    """The agent left before the customer answered: back to the same place in the line; then: what becomes of them."""

    def change(contact: Contact) -> Change[Contact] | None:
        return moves.agent_gone(contact, deps.clock.now()) if contact.is_talking else None

    return _settle(deps, contact_id, change, then)


def remind(deps: Deps, contact: Contact) -> None:
    """Have a callback that is put off looked at when it is due; the sweep does it for what is further off."""
    if contact.callback is not None and contact.is_put_off:
        left_s = max(0.0, (contact.callback.next_at - deps.clock.now()) / 1000)
        if left_s <= LONGEST_DELAY_S:
            deps.outgoing.send(Message(deps.tenant.id, Topic.CALLBACK_DUE, contact.id), delay_s=left_s)


def _settle(
    deps: Deps, contact_id: ContactId, change: Callable[[Contact], Change[Contact] | None], then: Then | None = None
) -> bool:
    """Commit the change together with the agent's; False when there was nothing to change."""

    def attempt() -> tuple[Contact, Contact, Agent | None] | None:
        contact = deps.contacts.get(contact_id)
        made = change(contact) if contact is not None and contact.awaits_customer else None
        if contact is None or made is None:
            return None
        writes, agent = _agent_writes(deps, contact, then)
        after = replace(made.entity, place=0) if _rings_nobody(made.entity) else made.entity
        deps.items.commit(*deps.contacts.writes(contact, after, made.events), *writes)
        return contact, deps.contacts.next_version(contact, after), agent

    settled = again_on_conflict(attempt)
    if settled is None:
        return False
    before, after, agent = settled
    if before.place and not after.place:
        call_limit.give_back(deps, before)
    _drop_agents_leg(deps, before, after)
    remind(deps, after)
    if after.state is ContactState.WAITING:
        match.match_contact(deps, after)
    if agent is not None:
        leaving.agent_moved(deps, agent)
    return True


def _rings_nobody(contact: Contact) -> bool:
    """Until the next attempt it is no call of those that the plan counts."""
    return contact.callback is not None and contact.callback.dialled_at is None


def _held(contact: Contact) -> bool:
    return contact.state in (ContactState.OFFERED, ContactState.CONNECTED)


def _agent_writes(deps: Deps, contact: Contact, then: Then | None) -> tuple[list[Write], Agent | None]:
    if contact.offer is not None:
        return release_writes(deps, contact, OfferEnd.CALLER_GONE)
    agent = leaving.busy_agent(deps, contact)
    if agent is None:
        return [], None
    now = deps.clock.now()
    moved = (then or agent_transitions.work_finished)(agent, now)
    after = moved.entity if then else replace(moved.entity, idle_since=agent.idle_since)
    return deps.agents.writes(agent, after, moved.events), deps.agents.next_version(agent, after)


def _drop_agents_leg(deps: Deps, before: Contact, after: Contact) -> None:
    """Whoever rang or waited for the customer in vain is let go; by the leg, because the room may be used again."""
    work, sid = before.assignment, None
    if before.offer is not None and after.offer is None:
        sid = before.offer.call_sid
    elif work is not None and work.done_at is None:
        sid = work.call_sid
    if sid is not None:
        deps.outgoing.send(Message(deps.tenant.id, Topic.CANCEL_RING, before.id, CallSid(sid)))


def _queue(deps: Deps, contact: Contact) -> Queue:
    visit = visit_of(contact)
    return deps.config.find(Queue, visit.queue) or Queue(visit.queue, "")
