"""Somebody leaves: the customer, the agent, or the agent's device; everything that hung on them ends with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offhook.domain import paths
from offhook.domain.documents import Document, EnterQueue
from offhook.domain.errors import CallerGone, CarrierUnavailable, NotFound
from offhook.domain.events import Event
from offhook.domain.ids import CallSid, ContactId, Instant, OfferId
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import agent_transitions, transitions
from offhook.domain.routing.agent import Agent, AgentState, EndpointKind
from offhook.domain.routing.contact import Contact, ContactState, OfferEnd, Outcome
from offhook.domain.routing.queues import Queue
from offhook.domain.routing.transitions import Change
from offhook.domain.storage import Write
from offhook.lazily import lazily
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict, first_given
from offhook.usecases.routing.offers import release_writes
from offhook.usecases.unsaved import Unsaved, as_stored

if TYPE_CHECKING:
    from offhook.usecases.callbacks import settling
    from offhook.usecases.routing import call_limit, match, parties, party_leave
else:
    (settling,) = lazily("offhook.usecases.callbacks", "settling")
    call_limit, match, parties, party_leave = lazily(
        "offhook.usecases.routing", "call_limit", "match", "parties", "party_leave"
    )

_Alone = tuple[Topic, ContactId, str]
CALL_OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


def customer_left(
    deps: Deps, contact_id: ContactId, reason: str, outcome: Outcome | None = None, known: Contact | None = None
) -> Contact | None:
    """The customer's call is over: the contact ends with its one outcome, and every part of it. Repeated: nothing.

    outcome None: told from what the contact was doing. known: the contact, if just read.
    """
    load = first_given(known, lambda: deps.contacts.get(contact_id))
    left = again_on_conflict(lambda: _customer_left(deps, load(), reason, outcome))
    if left is None:
        return None
    ended(deps, left)
    return left.contact


def leave_room(deps: Deps, contact_id: ContactId, visit: int) -> tuple[Unsaved, tuple[Agent, ...]]:
    """The customer's stay in the room is over and the call goes on in the flow: to be committed with its next step.

    The agents as afterwards, for agent_moved, whose conversation ended just now. Raises NotFound.
    """
    contact = deps.contacts.get(contact_id)
    if contact is None:
        raise NotFound("There is no such contact.")
    work = contact.assignment
    if contact.state is not ContactState.CONNECTED or work is None or work.visit != visit:
        return as_stored(contact), ()
    over, writes, agents, legs = _all_over(deps, contact, "agent", deps.clock.now())
    for leg in legs:
        deps.outgoing.send(Message(deps.tenant.id, Topic.CANCEL_RING, contact_id, leg))
    back = transitions.back_in_flow(over.entity)
    return Unsaved(contact, back.entity, (*over.events, *back.events), tuple(writes)), agents


def agent_left(deps: Deps, contact_id: ContactId, offer_id: OfferId, known: Contact | None = None) -> bool:
    """The agent's leg left the room or ended; False when the conversation was over already, and nothing changed.

    On a telephone hanging up is how an agent ends a conversation; a browser that vanishes without the hang-up
    control has lost its agent, and the customer goes to the front of the queue. A customer who hangs up ends the
    room, and the agent's leg with it: that may be told first, and is neither. known: the contact, if just read.
    """
    contact = known or deps.contacts.get(contact_id)
    if contact is None or not is_talking(contact, offer_id):
        return False
    assert contact.assignment is not None
    if contact.awaits_customer:
        return settling.agent_gone(deps, contact_id, _after_leaving(contact))
    in_browser = contact.assignment.device is EndpointKind.BROWSER
    if contact.state is ContactState.DIALLING:
        give_up_dialling(deps, contact)
    elif (
        contact.live_parties
        and not call_is_over(deps, contact.call_sid)
        and party_leave.hand_on(deps, contact, offer_id, lost=in_browser)
    ):
        return True
    elif contact.assignment.talk_at is not None and not in_browser:
        end_talk(deps, contact, offer_id)
    elif call_is_over(deps, contact.call_sid):
        customer_left(deps, contact_id, "hangup")
    elif in_browser:
        _lose_agent(deps, contact_id, offer_id, agent_transitions.leg_lost)
    else:
        agent_hung_up(deps, contact, offer_id)
    return True


def agent_hung_up(deps: Deps, contact: Contact, offer_id: OfferId) -> Contact:
    """The agent ended it: a conversation goes on with whoever else is in it, or is over; one that never came about
    sends the customer back to the front.

    contact: as just read; returned as it is afterwards.
    """
    if contact.awaits_customer:
        settling.agent_gone(deps, contact.id, agent_transitions.work_finished)
        return deps.contacts.get(contact.id) or contact
    if contact.state is ContactState.DIALLING:
        return give_up_dialling(deps, contact)
    if contact.live_parties and party_leave.hand_on(deps, contact, offer_id, lost=False):
        return deps.contacts.get(contact.id) or contact
    if _have_met(deps, contact):
        return end_talk(deps, contact, offer_id)
    if _lose_agent(deps, contact.id, offer_id, agent_transitions.work_finished):
        end_room(deps, contact)
    return deps.contacts.get(contact.id) or contact


def end_talk(deps: Deps, known: Contact, offer_id: OfferId) -> Contact:
    """The agent ends the conversation: wrap-up begins, the room is completed, the customer goes on in the flow.

    known: the contact as just read; returned as it is afterwards.
    """
    load = first_given(known, lambda: deps.contacts.get(known.id))
    ended = again_on_conflict(lambda: _end_talk(deps, load(), offer_id))
    if ended is None:
        return known
    contact, agents, legs = ended
    for leg in legs:
        deps.outgoing.send(Message(deps.tenant.id, Topic.CANCEL_RING, contact.id, leg))
    for agent in agents:
        agent_moved(deps, agent)
    end_room(deps, contact)
    return contact


def give_up_dialling(deps: Deps, contact: Contact) -> Contact:
    """The agent leaves before the customer they call has answered: nobody was reached."""
    after = customer_left(deps, contact.id, "cancelled", Outcome.NOT_REACHED)
    end_room(deps, contact)
    return after or contact


def end_room(deps: Deps, contact: Contact) -> None:
    """Complete the contact's room, now or as soon as the carrier can."""
    try:
        deps.telephony.end_room(contact.room)
    except CarrierUnavailable:
        deps.outgoing.send(Message(deps.tenant.id, Topic.END_ROOM, contact.id, contact.room), delay_s=1)


def return_to_queue(deps: Deps, contact_id: ContactId) -> None:
    """Bring a customer whose agent was lost back to the waiting line; again and again until it is done."""
    contact = deps.contacts.get(contact_id)
    if contact is None or contact.state is not ContactState.IN_FLOW or contact.visit is None:
        return
    if contact.visit.waiting_at is not None or contact.visit.answered_at is not None:
        return
    try:
        deps.telephony.redirect(contact.call_sid, queue_document(contact))
    except CallerGone:
        customer_left(deps, contact_id, "hangup")
    except CarrierUnavailable:
        deps.outgoing.send(Message(deps.tenant.id, Topic.RETURN_TO_QUEUE, contact_id), delay_s=2)


def queue_document(contact: Contact) -> Document:
    """Waits in the queue of the contact's present visit."""
    visit = contact.visit
    assert visit is not None
    return (EnterQueue(visit.queue, paths.wait(contact.id, visit.number), paths.queue_exit(contact.id, visit.number)),)


def call_is_over(deps: Deps, sid: CallSid) -> bool:
    """The carrier says that the call is over, or does not know it; False when the carrier cannot be asked."""
    try:
        facts = deps.telephony.call(sid)
    except CarrierUnavailable:
        return False
    return facts is None or facts.status in CALL_OVER


def is_talking(contact: Contact, offer_id: OfferId) -> bool:
    """The assignment of that offer is in conversation."""
    work = contact.assignment
    return work is not None and work.offer_id == offer_id and work.talk_ended_at is None


def agent_moved(deps: Deps, agent: Agent) -> None:
    """What follows a commit that took an agent out of a conversation: the wrap-up limit, or the next contact."""
    if agent.state is AgentState.WRAP_UP and agent.wrap_up_until is not None and agent.contact_id is not None:
        message = Message(deps.tenant.id, Topic.WRAP_UP_LIMIT, agent.id, agent.contact_id)
        deps.outgoing.send(message, delay_s=max(0.0, (agent.wrap_up_until - deps.clock.now()) / 1000))
    match.match_agent(deps, agent)


def _after_leaving(contact: Contact) -> Callable[[Agent, Instant], Change[Agent]]:
    """What becomes of an agent who left by hanging up, or whose browser was lost."""
    in_browser = contact.assignment is not None and contact.assignment.device is EndpointKind.BROWSER
    return agent_transitions.leg_lost if in_browser else agent_transitions.work_finished


def _customer_left(deps: Deps, contact: Contact | None, reason: str, outcome: Outcome | None) -> "Ending | None":
    if contact is None or contact.state is ContactState.ENDED:
        return None
    end = ending(deps, contact, reason, outcome)
    deps.items.commit(*end.writes)
    return end


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a contact, to be committed. contact, agents: as afterwards; alone: what is to be let go then."""

    contact: Contact
    writes: tuple[Write, ...]
    agents: tuple[Agent, ...]
    alone: tuple[_Alone, ...]


def ending(deps: Deps, contact: Contact, reason: str, outcome: Outcome | None) -> Ending:
    """The contact ended with its one outcome, and every part of it."""
    now = deps.clock.now()
    queue = deps.config.find(Queue, contact.visit.queue) if contact.visit else None
    result = outcome or _outcome(contact)
    over, writes, agents, legs = _all_over(deps, contact, "customer", now)
    if contact.offer is not None:
        writes, agent = release_writes(deps, contact, OfferEnd.CALLER_GONE)
        agents = (agent,) if agent is not None else ()
    end = transitions.contact_ended(over.entity, result, reason, now, queue or _gone_queue(contact))
    stored = deps.contacts.writes(contact, end.entity, (*over.events, *end.events))
    alone = (*_left_alone(contact), *((Topic.CANCEL_RING, contact.id, str(leg)) for leg in legs))
    return Ending(deps.contacts.next_version(contact, end.entity), (*stored, *writes), agents, alone)


def ended(deps: Deps, end: Ending) -> None:
    """What follows the commit: nobody rings or waits for the customer, the call's place is free, the agents go on."""
    if end.contact.place:
        call_limit.give_back(deps, end.contact)
    for alone in end.alone:
        deps.outgoing.send(Message(deps.tenant.id, *alone))
    for agent in end.agents:
        agent_moved(deps, agent)


def _left_alone(contact: Contact) -> tuple[_Alone, ...]:
    if contact.offer is not None and contact.offer.call_sid is not None:
        return ((Topic.CANCEL_RING, contact.id, contact.offer.call_sid),)
    work = contact.assignment
    if work is not None and work.talk_at is None and work.talk_ended_at is None:
        return ((Topic.END_ROOM, contact.id, contact.room),)
    return ()


def _gone_queue(contact: Contact) -> Queue | None:
    """Stands for a queue that was deleted while the contact was in it, so that its visit still ends."""
    return Queue(contact.visit.queue, "") if contact.visit else None


def _outcome(contact: Contact) -> Outcome:
    if contact.called_back_as is not None and contact.visit is None:
        return Outcome.CALLBACK
    visit = contact.visit
    if contact.state is ContactState.DIALLING:
        return Outcome.NOT_REACHED
    if visit is not None and visit.answered_at is None:
        return Outcome.ABANDONED
    if contact.parties and _is_with_number(contact):
        return Outcome.TRANSFERRED_OUT
    if visit is not None or contact.assignment is not None:
        return Outcome.COMPLETED
    if contact.flow.attributes.get("voicemail") == "left":
        return Outcome.VOICEMAIL
    if contact.flow.attributes.get("callback") == "asked":
        return Outcome.CALLBACK
    if contact.visits:
        return Outcome.NOT_SERVED
    return Outcome.SELF_SERVED if contact.flow.done else Outcome.LEFT_IN_FLOW


def _is_with_number(contact: Contact) -> bool:
    from offhook.domain.routing.party_transitions import is_with_number  # few contacts have parties

    return is_with_number(contact)


def _end_talk(
    deps: Deps, contact: Contact | None, offer_id: OfferId
) -> tuple[Contact, tuple[Agent, ...], tuple[CallSid, ...]] | None:
    if contact is None or not is_talking(contact, offer_id):
        return None
    change, writes, agents, legs = _all_over(deps, contact, "agent", deps.clock.now())
    deps.items.commit(*deps.contacts.writes(contact, change.entity, change.events), *writes)
    return deps.contacts.next_version(contact, change.entity), agents, legs


def _all_over(
    deps: Deps, contact: Contact, ended_by: str, now: Instant
) -> tuple[Change[Contact], list[Write], tuple[Agent, ...], tuple[CallSid, ...]]:
    """The end of the conversation for the agent and for every party, and the legs of those."""
    talk, writes, agent = talk_over(deps, contact, ended_by, now)
    agents = (agent,) if agent is not None else ()
    if not contact.live_parties:
        return talk, writes, agents, ()
    loose = parties.everybody_out(deps, talk, now)
    return loose.change, [*writes, *loose.writes], (*agents, *loose.agents), loose.legs


def talk_over(
    deps: Deps, contact: Contact, ended_by: str, now: Instant
) -> tuple[Change[Contact], list[Write], Agent | None]:
    """The end of an agent's conversation on both sides; nothing when none is going on.

    A conversation that never began (the customer was gone) and a queue without wrap-up free the agent at once.
    """
    work = contact.assignment
    if work is None or work.talk_ended_at is not None:
        return Change(contact), [], None
    queue = deps.config.find(Queue, work.queue)
    wrap_up_s = queue.wrap_up_s if queue is not None and work.talk_at is not None else 0.0
    change = transitions.talk_ended(contact, ended_by, now, wrap_up_s)
    ended = change.entity.assignment
    assert ended is not None
    events: tuple[Event, ...] = change.events
    entity = change.entity
    if ended.wrap_up_until is None:
        done = transitions.handling_ended(entity, now)
        entity, events = done.entity, (*events, *done.events)
    agent = busy_agent(deps, contact)
    if agent is None:
        return Change(entity, events), [], None
    moved = agent_transitions.wrap_up_began(agent, ended.wrap_up_until, now)
    if work.talk_at is None:
        moved = replace(moved, entity=replace(moved.entity, idle_since=agent.idle_since))
    writes = deps.agents.writes(agent, moved.entity, moved.events)
    return Change(entity, events), writes, deps.agents.next_version(agent, moved.entity)


def _have_met(deps: Deps, contact: Contact) -> bool:
    """Agent and customer were in the room together; where the report of it is missing, the room is looked at."""
    work = contact.assignment
    if work is None or work.talk_at is not None:
        return True
    try:
        return contact.call_sid in deps.telephony.room_members(contact.room)
    except CarrierUnavailable:
        return False


def _lose_agent(
    deps: Deps, contact_id: ContactId, offer_id: OfferId, then: Callable[[Agent, Instant], Change[Agent]]
) -> bool:
    """Give the customer the old place back; then: what becomes of the agent. False when it was over already."""

    lost = again_on_conflict(lambda: _lost(deps, contact_id, offer_id, then))
    if lost is None:
        return False
    agents, legs = lost
    for leg in legs:
        deps.outgoing.send(Message(deps.tenant.id, Topic.CANCEL_RING, contact_id, leg))
    return_to_queue(deps, contact_id)
    for agent in agents:
        agent_moved(deps, agent)
    return True


def _lost(
    deps: Deps, contact_id: ContactId, offer_id: OfferId, then: Callable[[Agent, Instant], Change[Agent]]
) -> tuple[tuple[Agent, ...], tuple[CallSid, ...]] | None:
    contact = deps.contacts.get(contact_id)
    if contact is None or contact.state is not ContactState.CONNECTED or not is_talking(contact, offer_id):
        return None
    now = deps.clock.now()
    change, writes = transitions.agent_lost(contact, now), list[Write]()
    freed, legs = tuple[Agent, ...](), tuple[CallSid, ...]()
    if contact.live_parties:
        loose = parties.everybody_out(deps, change, now)
        change, writes, freed, legs = loose.change, list(loose.writes), loose.agents, loose.legs
    agent = busy_agent(deps, contact)
    if agent is not None:
        moved = then(agent, now)
        writes += deps.agents.writes(agent, moved.entity, moved.events)
        freed = (deps.agents.next_version(agent, moved.entity), *freed)
    deps.items.commit(*deps.contacts.writes(contact, change.entity, change.events), *writes)
    return freed, legs


def busy_agent(deps: Deps, contact: Contact) -> Agent | None:
    """The agent in conversation with the contact."""
    work = contact.assignment
    agent = deps.agents.get(work.agent_id) if work else None
    if work is None or agent is None or agent.state is not AgentState.BUSY or agent.offer_id != work.offer_id:
        return None
    return agent
