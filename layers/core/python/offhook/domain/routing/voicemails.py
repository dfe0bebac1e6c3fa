"""A voicemail: the message of a caller as a piece of work of its queue, from new to closed."""

from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from offhook.domain import callback_events as told
from offhook.domain import events as ev
from offhook.domain.errors import Conflict
from offhook.domain.ids import AgentId, ContactId, Instant, QueueId
from offhook.domain.recordings.recording import EXPECTED, Recording
from offhook.domain.routing.agent import CapacityReached
from offhook.domain.routing.contact import Contact
from offhook.domain.routing.transitions import Change

MARK = "voicemail-"  # what a recording is called before the carrier has given it a name


class VoicemailStatus(StrEnum):
    """Where the work stands."""

    NEW = "new"
    CLAIMED = "claimed"
    CLOSED = "closed"


class VoicemailOver(Conflict):
    """The voicemail is closed, or somebody else's."""

    code = "voicemail_over"


@dataclass(frozen=True, slots=True)
class Held:
    """The voicemails that an agent works on. version 0: none yet."""

    ids: tuple[str, ...] = ()
    version: int = 0

    def with_one(self, voicemail_id: str, most: int) -> "Held":
        """One more; raises CapacityReached when the agent has as many as they may."""
        if voicemail_id in self.ids:
            return self
        if len(self.ids) >= most:
            raise CapacityReached()
        return replace(self, ids=(*self.ids, voicemail_id))

    def without(self, voicemail_id: str) -> "Held":
        """One less."""
        return replace(self, ids=tuple(one for one in self.ids if one != voicemail_id))


@dataclass(frozen=True, slots=True)
class Voicemail:
    """One message. Who left it, and the sound, are the contact's, and go with it.

    agent_id: who works on it; callback_id: the callback that was asked for to answer it.
    """

    id: str
    contact_id: ContactId
    queue: QueueId
    recording_sid: str
    duration_s: int
    left_at: Instant
    version: int = 0
    status: VoicemailStatus = VoicemailStatus.NEW
    agent_id: AgentId | None = None
    claimed_at: Instant | None = None
    callback_id: ContactId | None = None
    outcome: str = ""
    closed_at: Instant | None = None


def voicemail_id(recording_sid: str) -> str:
    """The work that a recording makes, once."""
    return f"v_{sha256(recording_sid.encode()).hexdigest()[:20]}"


def expected(contact: Contact, step: int) -> Contact:
    """A message is about to be recorded: until something is heard of it, it is looked for."""
    made = Recording(f"{MARK}{step}", EXPECTED, of=contact.call_sid)
    return replace(contact, recordings=(*contact.recordings, made))


def is_message(recording: Recording) -> bool:
    """A message of which nothing was heard yet."""
    return recording.status == EXPECTED and recording.sid.startswith(MARK)


def recorded(contact: Contact, step: int, recording: Recording, now: Instant) -> Change[Contact]:
    """The carrier has the message of that step: from now on a recording like any other."""
    others = tuple(r for r in contact.recordings if r.sid not in (f"{MARK}{step}", recording.sid))
    fact = ev.RecordingChanged(
        at=now, contact_id=contact.id, recording_sid=recording.sid, recording_status=recording.status,
        duration_s=float(recording.duration_s),
    )  # fmt: skip
    return Change(replace(contact, recordings=(*others, recording)), (fact,))


def none_recorded(contact: Contact, step: int, reason: str, duration_s: int, now: Instant) -> Change[Contact]:
    """No message: too_short, absent or failed."""
    others = tuple(r for r in contact.recordings if r.sid != f"{MARK}{step}")
    fact = told.VoicemailDropped(at=now, contact_id=contact.id, reason=reason, duration_s=float(duration_s))
    return Change(replace(contact, recordings=others), (fact,))


def left(contact: Contact, queue: QueueId, recording: Recording, now: Instant) -> Change[Voicemail]:
    """A message is there: new work of the queue."""
    made = Voicemail(voicemail_id(recording.sid), contact.id, queue, recording.sid, recording.duration_s, now)
    fact = told.VoicemailLeft(
        at=now, contact_id=contact.id, queue_id=queue, voicemail_id=made.id, duration_s=float(recording.duration_s)
    )
    return Change(made, (fact,))


def claimed(voicemail: Voicemail, agent: AgentId, now: Instant) -> Change[Voicemail]:
    """The agent takes it; again by the same: nothing. Raises VoicemailOver."""
    if voicemail.status is VoicemailStatus.CLAIMED and voicemail.agent_id == agent:
        return Change(voicemail)
    if voicemail.status is not VoicemailStatus.NEW:
        raise VoicemailOver()
    after = replace(voicemail, status=VoicemailStatus.CLAIMED, agent_id=agent, claimed_at=now)
    return Change(after, (_changed(after, agent, now),))


def given_back(voicemail: Voicemail, agent: AgentId, now: Instant) -> Change[Voicemail]:
    """The agent lets go of it; raises VoicemailOver when it is not theirs."""
    _require_theirs(voicemail, agent)
    after = replace(voicemail, status=VoicemailStatus.NEW, agent_id=None, claimed_at=None)
    return Change(after, (_changed(after, agent, now),))


def answered_by(voicemail: Voicemail, agent: AgentId, callback: ContactId, now: Instant) -> Change[Voicemail]:
    """The agent has its caller called back; raises VoicemailOver when it is not theirs."""
    _require_theirs(voicemail, agent)
    after = replace(voicemail, callback_id=callback)
    return Change(after, (_changed(after, agent, now),))


def closed(voicemail: Voicemail, agent: AgentId, outcome: str, now: Instant) -> Change[Voicemail]:
    """Done with; raises VoicemailOver when it is closed, or somebody else's."""
    if voicemail.status is not VoicemailStatus.NEW:
        _require_theirs(voicemail, agent)
    after = replace(voicemail, status=VoicemailStatus.CLOSED, agent_id=agent, outcome=outcome, closed_at=now)
    return Change(after, (_changed(after, agent, now),))


def _require_theirs(voicemail: Voicemail, agent: AgentId) -> None:
    if voicemail.status is not VoicemailStatus.CLAIMED or voicemail.agent_id != agent:
        raise VoicemailOver()


def _changed(voicemail: Voicemail, agent: AgentId, now: Instant) -> told.VoicemailChanged:
    return told.VoicemailChanged(
        at=now, contact_id=voicemail.contact_id, agent_id=agent, queue_id=voicemail.queue, voicemail_id=voicemail.id,
        status=voicemail.status, callback_contact_id=voicemail.callback_id or "", outcome=voicemail.outcome,
    )  # fmt: skip
