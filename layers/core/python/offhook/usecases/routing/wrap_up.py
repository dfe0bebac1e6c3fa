"""After-contact work: what the agent notes, and its end by the agent or by the limit."""

from offhook.domain.errors import IllegalTransition, InvalidInput, NotFound
from offhook.domain.ids import SECOND, AgentId, ContactId
from offhook.domain.messages import Message, Topic
from offhook.domain.routing import agent_transitions, transitions, wrap_up_moves
from offhook.domain.routing.agent import Agent, AgentState
from offhook.domain.routing.contact import Assignment, Contact
from offhook.domain.routing.contact_parts import latest_work_of, work_of
from offhook.domain.routing.queues import Queue
from offhook.domain.routing.transitions import Change
from offhook.domain.storage import Write
from offhook.usecases.deps import Deps
from offhook.usecases.retry import again_on_conflict
from offhook.usecases.routing.match import become_free, match_agent

NOTES_LIMIT = 4000
LATE_NOTES_S = 900.0
LONGEST_DELAY_S = 900.0  # of a message; one that comes earlier than its time looks again


def note(
    deps: Deps,
    agent_id: AgentId,
    contact_id: ContactId,
    *,
    disposition: str | None = None,
    resolved: bool | None = None,
    notes: str | None = None,
) -> Contact:
    """Store disposition, "did I solve it?" and notes, during the call or in wrap-up; None leaves one as it is.

    For LATE_NOTES_S after the work has ended its notes are taken still: a lost connection may have held them up. The
    two others are facts that its end has told, and stay as they were.
    """
    if notes is not None and len(notes) > NOTES_LIMIT:
        raise InvalidInput("notes_length", field="notes", most=NOTES_LIMIT)

    def attempt() -> Contact:
        contact, work = _own(deps, agent_id, contact_id)
        if work.done_at is not None:
            return deps.contacts.save(contact, transitions.wrap_up_noted(contact, None, None, notes, work).entity, ())
        queue = deps.config.find(Queue, work.queue)
        if disposition is not None and queue is not None and disposition not in queue.dispositions:
            raise InvalidInput("disposition_unknown", field="disposition")
        change = transitions.wrap_up_noted(contact, disposition, resolved, notes, work)
        return deps.contacts.save(contact, change.entity, change.events)

    return again_on_conflict(attempt)


def extend(deps: Deps, agent_id: AgentId) -> Agent:
    """The agent gets the queue's wrap-up time once more; raises IllegalTransition, also when it was all used."""

    def attempt() -> Agent:
        agent = deps.agents.get(agent_id)
        if agent is None:
            raise NotFound("You are not signed in.")
        contact = deps.contacts.get(agent.contact_id) if agent.contact_id else None
        work = work_of(contact, agent.offer_id) if contact else None
        if contact is None or work is None or agent.state is not AgentState.WRAP_UP:
            raise IllegalTransition("wrap_up_not_yours")
        longer = wrap_up_moves.wrap_up_extended(contact, work, _extra_s(deps, work), deps.clock.now())
        return _extended(deps, agent, contact, longer)

    return again_on_conflict(attempt)


def finish(deps: Deps, agent_id: AgentId) -> Agent:
    """The agent is done: needs the disposition where the queue requires one."""
    return _finish(deps, agent_id, None, by_agent=True)


def end_now(deps: Deps, agent_id: AgentId) -> Agent:
    """A supervisor ends it, noted or not; an agent who is done meanwhile stays as they are."""
    return _finish(deps, agent_id, None, by_agent=False)


def limit_reached(deps: Deps, agent_id: AgentId, contact_id: ContactId) -> None:
    """The wrap-up limit may have passed; looks again when it has not."""
    agent = deps.agents.get(agent_id)
    if agent is None or agent.state is not AgentState.WRAP_UP or agent.contact_id != contact_id:
        return
    left_ms = (agent.wrap_up_until or 0) - deps.clock.now()
    if left_ms > 0:
        message = Message(deps.tenant.id, Topic.WRAP_UP_LIMIT, agent_id, contact_id)
        deps.outgoing.send(message, delay_s=min(left_ms / 1000, LONGEST_DELAY_S))
        return
    _finish(deps, agent_id, contact_id, by_agent=False)


def _extended(deps: Deps, agent: Agent, contact: Contact, longer: Change[Contact]) -> Agent:
    work = work_of(longer.entity, agent.offer_id)
    assert work is not None and work.wrap_up_until is not None
    moved = agent_transitions.wrap_up_extended(agent, work.wrap_up_until)
    writes = deps.contacts.writes(contact, longer.entity, longer.events)
    deps.items.commit(*writes, *deps.agents.writes(agent, moved.entity, moved.events))
    return deps.agents.next_version(agent, moved.entity)


def _extra_s(deps: Deps, work: Assignment) -> float:
    """The queue's wrap-up time; of a queue that is gone or gives none by now, what there was of it in the beginning."""
    queue = deps.config.find(Queue, work.queue)
    if queue is not None and queue.wrap_up_s > 0:
        return queue.wrap_up_s
    began, until = work.talk_ended_at or 0, work.wrap_up_until or 0
    return max(0, until - began) / 1000 / (1 + work.wrap_up_extensions)


def _finish(deps: Deps, agent_id: AgentId, contact_id: ContactId | None, *, by_agent: bool) -> Agent:
    agent = again_on_conflict(lambda: _end(deps, agent_id, contact_id, by_agent))
    match_agent(deps, agent)
    return agent


def _end(deps: Deps, agent_id: AgentId, contact_id: ContactId | None, by_agent: bool) -> Agent:
    agent = deps.agents.get(agent_id)
    if agent is None:
        raise NotFound("You are not signed in.")
    if agent.state is not AgentState.WRAP_UP or (contact_id is not None and agent.contact_id != contact_id):
        if by_agent:
            raise IllegalTransition("wrap_up_not_yours")
        return agent
    now = deps.clock.now()
    done = agent_transitions.work_finished(agent, now)
    return become_free(deps, agent, done, _contact_writes(deps, agent, by_agent))


def _contact_writes(deps: Deps, agent: Agent, by_agent: bool) -> list[Write]:
    contact = deps.contacts.get(agent.contact_id) if agent.contact_id else None
    work = work_of(contact, agent.offer_id) if contact else None
    if contact is None or work is None or work.done_at is not None:
        return []
    queue = deps.config.find(Queue, work.queue)
    if by_agent and queue is not None and queue.disposition_required and work.disposition is None:
        raise InvalidInput("disposition_missing", field="disposition")
    change = transitions.handling_ended(contact, deps.clock.now(), work.offer_id)
    return deps.contacts.writes(contact, change.entity, change.events)


def _own(deps: Deps, agent_id: AgentId, contact_id: ContactId) -> tuple[Contact, Assignment]:
    contact = deps.contacts.get(contact_id)
    since = deps.clock.now() - round(LATE_NOTES_S * SECOND)
    work = latest_work_of(contact, agent_id, since) if contact else None
    if contact is None or work is None:
        raise NotFound("You have no such contact.")
    return contact, work
