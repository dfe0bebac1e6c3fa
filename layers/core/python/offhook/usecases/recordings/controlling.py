"""Pause, resume, start and stop of a recording: what is wanted is written down, then asked for, then what holds.

A worker that dies in between leaves what is wanted behind, and whoever looks next asks again. What holds is always what
the carrier says. A pause ends by itself after a minute: a card number takes less, and a forgotten pause loses evidence.
"""

from dataclasses import dataclass, replace

from offhook.domain import paths
from offhook.domain.errors import CallerGone, CarrierUnavailable, Conflict, NotFound
from offhook.domain.ids import SECOND, AgentId, ContactId, Instant
from offhook.domain.messages import Message, Topic
from offhook.domain.recordings import changes
from offhook.domain.recordings.policy import Mode
from offhook.domain.recordings.recording import EXPECTED, LIVE, PAUSED, STOPPED, Asked, Recording
from offhook.domain.recordings.rules import may_record, policy_for
from offhook.domain.routing.contact import Contact, ContactState
from offhook.domain.routing.queues import Queue
from offhook.domain.routing.transitions import Change
from offhook.domain.telephony import RecordingFacts
from offhook.usecases.deps import Deps
from offhook.usecases.recordings.planning import rules_of
from offhook.usecases.retry import again_on_conflict

PATIENCE_S = 2.0
BEGINS_MS = 60 * SECOND
ATTEMPTS = 5
AUTOMATIC, AGENT, FLOW = "automatic", "agent", "flow"


class NotRecorded(Conflict):
    """Nothing is being recorded of this call."""

    code = "not_recorded"


class MayNotRecord(Conflict):
    """This call may not be recorded: by the rule of its queue, number or country, or before the notice."""

    code = "may_not_record"


@dataclass(frozen=True, slots=True)
class Mark:
    """What the desk shows all the time. state: off, recording or paused, as the carrier said last.

    asked: what is on its way to the carrier, "" = nothing; resumes_at: when the pause ends by itself.
    """

    state: str = "off"
    asked: str = ""
    recording_sid: str = ""
    paused_at: Instant | None = None
    resumes_at: Instant | None = None
    paused_s: float = 0.0


def mark_of(contact: Contact) -> Mark:
    """Of the contact as stored."""
    one = changes.running(contact)
    if one is None:
        return Mark()
    asked = one.asked.status if one.asked is not None and not one.asked.done else ""
    pause, past = one.pause, sum(p.lasted_s for p in one.pauses)
    sid = "" if one.status == EXPECTED else one.sid
    if pause is not None:
        return Mark("paused", asked, sid, pause.began_at, pause.until, past)
    begun = one.status != EXPECTED or one.source != contact.call_sid
    return Mark("recording" if begun else "off", asked, sid, paused_s=past)


def shown(deps: Deps, agent_id: AgentId, contact_id: ContactId) -> Mark:
    """The mark of a conversation of theirs, off once that is over; raises NotFound."""
    contact = _theirs(deps, agent_id, contact_id)
    return mark_of(contact) if _talks(contact, agent_id) else Mark()


def control(deps: Deps, agent_id: AgentId, contact_id: ContactId, wanted: str) -> Mark:
    """The agent's button. wanted: in-progress, paused or stopped; the mark as the carrier has it afterwards.

    Raises NotFound, NotRecorded, MayNotRecord, and CarrierUnavailable when it will be tried on.
    """
    asked = Asked(wanted, AGENT, deps.clock.now(), agent_id)
    again_on_conflict(lambda: _ask(deps, _own(deps, agent_id, contact_id), asked))
    return mark_of(settle(deps, contact_id))


def pause_for_flow(deps: Deps, contact: Contact, secret: bool) -> None:
    """A step of the flow takes secret digits, or is over; raises CarrierUnavailable while it is not known to be paused.

    A recording of a room is over by then; that of the customer's leg goes on through the flow.
    """
    one = changes.running(contact)
    paused = one is not None and one.pause is not None and one.pause.by == FLOW
    wished = one is not None and one.asked is not None and (one.asked.status, one.asked.by) == (PAUSED, FLOW)
    if one is None or (paused if secret else not (paused or wished)):
        return
    asked = Asked(PAUSED if secret else LIVE, FLOW, deps.clock.now())
    again_on_conflict(lambda: _ask(deps, _present(deps, contact.id), asked))
    after = changes.running(settle(deps, contact.id))
    if secret and after is not None and after.status != PAUSED and after.source == contact.call_sid:
        raise CarrierUnavailable("The recording is not paused.")


def look(deps: Deps, contact_id: ContactId) -> None:
    """A timer or a lost worker's message: end a pause that is over, finish what was asked, see what the carrier has."""
    contact = deps.contacts.get(contact_id)
    one = changes.running(contact) if contact is not None else None
    if contact is None or one is None or contact.state is ContactState.ENDED:
        return  # what was recorded is complete soon
    now = deps.clock.now()
    if one.pause is not None and one.pause.until <= now and (one.asked is None or one.asked.done):
        asked = Asked(LIVE, AUTOMATIC, now)
        again_on_conflict(lambda: _ask(deps, _present(deps, contact_id), asked))
    if one.asked is not None or one.pause is not None:
        settle(deps, contact_id)


def settle(deps: Deps, contact_id: ContactId) -> Contact:
    """Have the carrier do what is wanted, and write down what it says; the contact as it is afterwards.

    Somebody who wants something else meanwhile is heard: the last wish is asked for again until it holds.
    """
    for _ in range(ATTEMPTS):
        contact = _present(deps, contact_id)
        one = changes.running(contact)
        if one is None:
            return contact
        after = _settle_once(deps, contact, one)
        last = next((r for r in after.recordings if r.source == one.source), None)
        if last is None or not last.is_running or last.asked is None or last.asked.done:
            return _timed(deps, after)
        if last.asked == one.asked:
            break  # the carrier has nothing to do it to yet
    _look_later(deps, contact_id, PATIENCE_S)
    return _present(deps, contact_id)


def _settle_once(deps: Deps, contact: Contact, one: Recording) -> Contact:
    try:
        facts = _at_carrier(deps, contact, one)
    except CarrierUnavailable:
        _look_later(deps, contact.id, PATIENCE_S)
        raise
    return again_on_conflict(lambda: _write(deps, contact.id, one, facts))


def _at_carrier(deps: Deps, contact: Contact, one: Recording) -> RecordingFacts | None:
    """What the carrier has after it was asked; None = it records nothing."""
    wanted = one.asked
    if wanted is None or wanted.done:
        found = deps.telephony.running_recording(one.source)
        if wanted is None or found is None or found.status == wanted.status:
            return found
    if one.status == EXPECTED and one.source == contact.call_sid:
        found = deps.telephony.running_recording(one.source)
        try:
            return found or deps.telephony.record(contact.call_sid, paths.recording(contact.id))
        except CallerGone:
            return None
    assert wanted is not None
    return deps.telephony.set_recording(one.source, wanted.status)


def _write(deps: Deps, contact_id: ContactId, one: Recording, facts: RecordingFacts | None) -> Contact:
    contact = _present(deps, contact_id)
    now = deps.clock.now()
    if facts is None:
        change = _nothing_there(contact, one, now)
    elif facts.status == STOPPED:
        change = changes.reported(contact, replace(one, sid=facts.sid, status=STOPPED), now)
    else:
        change = changes.settled(contact, one.source, one.asked, facts.status, facts.sid, now)
    return deps.contacts.save(contact, change.entity, change.events)


def _nothing_there(contact: Contact, one: Recording, now: Instant) -> Change[Contact]:
    """The carrier records nothing: a room's recording may be about to begin; any other is over, as will be reported."""
    if one.status == EXPECTED and one.source == contact.call_sid:
        return changes.unmade(contact, one.source)
    may_come = one.status == EXPECTED and contact.is_talking and one.asked and now - one.asked.at < BEGINS_MS
    present = next((r for r in contact.recordings if r.source == one.source and r.is_running), None)
    if may_come or present is None or present.asked != one.asked:
        return Change(contact)
    return changes.forgotten(contact, present)


def _timed(deps: Deps, contact: Contact) -> Contact:
    one = changes.running(contact)
    if one is not None and one.pause is not None and one.pause.until > deps.clock.now():
        _look_later(deps, contact.id, (one.pause.until - deps.clock.now()) / SECOND)
    return contact


def _look_later(deps: Deps, contact_id: ContactId, delay_s: float) -> None:
    deps.outgoing.send(Message(deps.tenant.id, Topic.RECORDING, contact_id), delay_s=max(0.0, delay_s))


def _ask(deps: Deps, contact: Contact, asked: Asked) -> None:
    one = changes.running(contact)
    if one is None:
        if asked.status != LIVE or asked.by != AGENT:
            raise NotRecorded()
        _check_may_begin(deps, contact)
        of = contact.call_sid
        new = Recording(of, EXPECTED, of=of, retention=_retention(deps, contact), asked=asked)
        after = replace(contact, recordings=(*contact.recordings, new))
        deps.contacts.save(contact, after, ())
        return
    change = changes.asked(contact, one, asked)
    deps.contacts.save(contact, change.entity, change.events)


def _check_may_begin(deps: Deps, contact: Contact) -> None:
    queue, rules = _queue(deps, contact), rules_of(deps)
    number = rules.numbers.get(contact.called_number)
    if queue is None or policy_for(queue.recorded, number).mode is Mode.NEVER:
        raise MayNotRecord()
    if not may_record(contact, deps.tenant.region, rules):
        raise MayNotRecord()


def _retention(deps: Deps, contact: Contact) -> str:
    queue, number = _queue(deps, contact), rules_of(deps).numbers.get(contact.called_number)
    return policy_for(queue.recorded, number).retention if queue is not None else ""


def _queue(deps: Deps, contact: Contact) -> Queue | None:
    return deps.config.find(Queue, contact.visit.queue) if contact.visit is not None else None


def _own(deps: Deps, agent_id: AgentId, contact_id: ContactId) -> Contact:
    contact = _theirs(deps, agent_id, contact_id)
    if not _talks(contact, agent_id):
        raise CallerGone("conversation_over")
    return contact


def _theirs(deps: Deps, agent_id: AgentId, contact_id: ContactId) -> Contact:
    contact = deps.contacts.get(contact_id)
    if contact is None or all(work.agent_id != agent_id for work in contact.assignments):
        raise NotFound("You have no such contact.")
    return contact


def _talks(contact: Contact, agent_id: AgentId) -> bool:
    mine = (work for work in contact.assignments if work.agent_id == agent_id)
    return contact.is_talking and any(work.talk_ended_at is None for work in mine)


def _present(deps: Deps, contact_id: ContactId) -> Contact:
    contact = deps.contacts.get(contact_id)
    if contact is None:
        raise NotFound("There is no such contact under way.")
    return contact
