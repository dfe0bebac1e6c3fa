"""Every change of a contact's recordings, and what it records. Repeated: nothing."""

from dataclasses import replace

from offhook.domain import events as ev
from offhook.domain.errors import IllegalTransition
from offhook.domain.ids import SECOND, Instant
from offhook.domain.recordings.recording import EXPECTED, LIVE, PAUSED, Asked, Pause, Recording
from offhook.domain.routing.contact import Contact
from offhook.domain.routing.transitions import Change

LONGEST_PAUSE_S = 60
LONGEST_IN_FLOW_S = 900  # a step has its own limits of tries and time, and ends the pause itself


def running(contact: Contact) -> Recording | None:
    """What is being recorded of the contact, the latest first."""
    return next((one for one in reversed(contact.recordings) if one.is_running), None)


def reported(contact: Contact, recording: Recording, now: Instant) -> Change[Contact]:
    """A recording is complete, absent or stored in our bucket; a new one takes the place of the oldest expected."""
    before = _place_of(contact, recording)
    after = recording if before is None else _carried_on(before, recording)
    if after in contact.recordings:
        return Change(contact)
    facts: tuple[ev.Event, ...] = ()
    if not after.is_running and after.pause is not None:
        after, facts = _pause_over(contact, after, "recording_over", now)
    fact = ev.RecordingChanged(
        at=now,
        contact_id=contact.id,
        recording_sid=recording.sid,
        recording_status=recording.status,
        duration_s=float(recording.duration_s),
    )
    return Change(_with(contact, before, after), (*facts, fact))


def unmade(contact: Contact, source: str) -> Change[Contact]:
    """The carrier has no recording of a room or call: nobody came together there."""
    made = tuple(r for r in contact.recordings if (r.sid, r.status) != (source, EXPECTED))
    return Change(replace(contact, recordings=made) if made != contact.recordings else contact)


def asked(contact: Contact, recording: Recording, wanted: Asked) -> Change[Contact]:
    """What is wanted of a recording is written down before the carrier is asked, so that nobody forgets it."""
    if not recording.is_running:
        raise IllegalTransition("recording_over")
    return Change(_with(contact, recording, replace(recording, asked=wanted)))


def forgotten(contact: Contact, recording: Recording) -> Change[Contact]:
    """Nothing is asked of a recording any more."""
    return Change(_with(contact, recording, replace(recording, asked=None)))


def settled(contact: Contact, source: str, acted: Asked | None, status: str, sid: str, now: Instant) -> Change[Contact]:
    """What holds is what the carrier says; nothing while something else was asked meanwhile.

    acted: what was asked when the carrier was; status, sid: as the carrier says.
    """
    before = next((r for r in reversed(contact.recordings) if r.source == source and r.is_running), None)
    if before is None or before.asked != acted or status not in (LIVE, PAUSED):
        return Change(contact)
    wanted = acted or Asked(status, "carrier", now)
    after = replace(before, sid=sid or before.sid, of=source, status=status)
    facts: tuple[ev.Event, ...] = ()
    if status == PAUSED and before.pause is None:
        by = wanted.by if wanted.status == PAUSED else "carrier"
        after, facts = _paused(contact, after, by, wanted.agent_id, now)
    elif status == LIVE and before.pause is not None:
        by = wanted.by if wanted.status == LIVE else "carrier"
        after, facts = _pause_over(contact, after, by, now, wanted.agent_id)
    if acted is not None:
        after = replace(after, asked=replace(acted, done=status == acted.status))
    return Change(_with(contact, before, after), facts)


def _paused(
    contact: Contact, recording: Recording, by: str, agent: str, now: Instant
) -> tuple[Recording, tuple[ev.Event, ...]]:
    longest_s = LONGEST_IN_FLOW_S if by == "flow" else LONGEST_PAUSE_S
    pause = Pause(now, by, now + longest_s * SECOND)
    fact = ev.RecordingPaused(
        at=now, contact_id=contact.id, agent_id=agent, recording_sid=recording.sid, reason=by, resumes_at=pause.until
    )
    return replace(recording, pauses=(*recording.pauses, pause)), (fact,)


def _pause_over(
    contact: Contact, recording: Recording, by: str, now: Instant, agent: str = ""
) -> tuple[Recording, tuple[ev.Event, ...]]:
    pause = recording.pause
    assert pause is not None
    over = replace(pause, ended_at=now, ended_by=by)
    fact = ev.RecordingResumed(
        at=now,
        contact_id=contact.id,
        agent_id=agent,
        recording_sid=recording.sid,
        reason=by,
        paused_at=pause.began_at,
        paused_s=over.lasted_s,
    )
    return replace(recording, pauses=(*recording.pauses[:-1], over)), (fact,)


def _place_of(contact: Contact, recording: Recording) -> Recording | None:
    known = {r.sid: r for r in contact.recordings}
    if recording.sid in known:
        return known[recording.sid]
    waiting = [r for r in contact.recordings if r.status == EXPECTED]
    return next((r for r in waiting if r.source == recording.of), waiting[0] if waiting else None)


def _carried_on(before: Recording, recording: Recording) -> Recording:
    return replace(
        recording,
        of=before.of or recording.of,
        retention=before.retention,
        asked=before.asked,
        pauses=before.pauses,
    )


def _with(contact: Contact, before: Recording | None, after: Recording) -> Contact:
    others = tuple(r for r in contact.recordings if before is None or r.sid != before.sid)
    return replace(contact, recordings=(*others, after))
