"""All conferences, and what happens in them."""

from typing import TYPE_CHECKING

from local.carrier import ids
from local.carrier.model.call import Call
from local.carrier.model.callback import Callback
from local.carrier.model.rooms import Conference, ConferenceStatus, Participant
from local.carrier.process import Interrupt
from local.carrier.rooms.events import tell
from local.carrier.signals import LeftRoom, ModeChanged

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

ENDED_BY_REST = "conference-ended-via-api"
LEAVE_REASONS = {ENDED_BY_REST: "conference_ended_via_api"}


class Rooms:
    """Rooms exist by being joined; a name may be used again once its room is completed."""

    def __init__(self, carrier: "Carrier") -> None:
        self._carrier = carrier
        self.all: dict[str, Conference] = {}
        self._live: dict[tuple[str, str], Conference] = {}
        self._rooms_of: dict[str, list[Conference]] = {}
        self.heard: dict[str, set[str]] = {}  # by leg: every leg that was ever audible to it in a room

    def live_named(self, account_sid: str, name: str) -> Conference | None:
        return self._live.get((account_sid, name))

    def of_call(self, call_sid: str) -> Conference | None:
        """The room that a leg was in last, or is invited to."""
        rooms = self._rooms_of.get(call_sid)
        return rooms[-1] if rooms else None

    def open(self, account_sid: str, name: str) -> Conference:
        existing = self.live_named(account_sid, name)
        if existing is not None:
            return existing
        conference = Conference(ids.sid(self._carrier.rng, "CF"), account_sid, name, self._carrier.clock.now())
        self.all[conference.sid] = self._live[account_sid, name] = conference
        return conference

    def configure(
        self,
        conference: Conference,
        callback: Callback,
        record: bool,
        recording_callback: Callback,
        max_participants: int = 250,
        region: str = "us1",
    ) -> None:
        """Settings of the first participant to join; those of later ones are ignored."""
        conference.configured = True
        conference.callback = callback
        conference.record = record
        conference.recording_callback = recording_callback
        conference.max_participants = max_participants
        conference.region = region

    def participant(self, conference: Conference, call: Call) -> Participant:
        participant = Participant(call.sid, conference.sid, self._carrier.clock.now())
        conference.participants[call.sid] = participant
        self._rooms_of.setdefault(call.sid, []).append(conference)
        return participant

    def join(self, conference: Conference, participant: Participant) -> None:
        participant.joined_at = self._carrier.clock.now()
        participant.status = "connected"
        self._note(participant, "joined", f"joined conference {conference.friendly_name}")
        self._beep(conference, participant, "onEnter")
        tell(self._carrier, conference, "participant-join", participant, {})
        self._start_if_due(conference, participant)
        if conference.status is ConferenceStatus.IN_PROGRESS:
            self._introduce(conference)
        self._listen(conference)

    def left(self, conference: Conference, participant: Participant, reason: str) -> None:
        """A participant is out: tell it, and end the room if this one's going ends it."""
        participant.left_at = self._carrier.clock.now()
        process = self._carrier.calls.get(participant.call_sid).process
        if process is not None:
            process.forget(LeftRoom, ModeChanged)
        participant.status = "complete"
        participant.leave_reason = reason
        self._note(participant, "left", f"left conference {conference.friendly_name}")
        self._beep(conference, participant, "onExit")
        tell(self._carrier, conference, "participant-leave", participant, self._leave_params(participant, reason))
        self._listen(conference)
        if conference.live:
            self._end_if_due(conference, participant, reason)
        if not conference.live and not conference.present():
            self._close(conference)

    def add_failed(self, conference: Conference, participant: Participant) -> None:
        """A participant added by REST never came: busy, no answer, failed or canceled."""
        participant.status = "failed"
        participant.leave_reason = "participant_add_failed"
        tell(
            self._carrier, conference, "participant-leave", participant,
            self._leave_params(participant, "participant_add_failed"),
        )  # fmt: skip
        waiting = any(one.status in ("queued", "connecting", "ringing") for one in conference.participants.values())
        if conference.live and not conference.present() and not waiting:
            self._complete(conference, "last-participant-left", participant.call_sid)
            self._close(conference)

    def end(self, conference: Conference, reason: str = ENDED_BY_REST, by: str | None = None) -> None:
        """Take everybody out; the end is told when the last one is."""
        if not conference.live:
            return
        self._complete(conference, reason, by)
        leave_reason = LEAVE_REASONS.get(reason, "moderator_ended_conference")
        for participant in conference.present():
            self._interrupt(participant, LeftRoom(leave_reason))
        self._cancel_ringing(conference)
        if not conference.present():
            self._close(conference)

    def kick(self, conference: Conference, participant: Participant) -> None:
        if participant.present:
            self._interrupt(participant, LeftRoom("participant_updated_via_api"))
        else:
            self._carrier.calls.hang_up(self._carrier.calls.get(participant.call_sid))

    def changed(self, conference: Conference, participant: Participant, events: list[str]) -> None:
        """Switches were set by REST: tell it, and let the participant hear what is right now."""
        self._listen(conference)
        for event in events:
            tell(self._carrier, conference, event, participant, {})
        if participant.present and any(event.endswith("hold") for event in events):
            self._note(participant, "hold", "on hold" if participant.hold else "off hold")
            self._interrupt(participant, ModeChanged())

    def forget(self, before: float) -> None:
        """Drop rooms that were over before a time."""
        for sid in [one.sid for one in self.all.values() if one.closed and (one.ended_at or before) < before]:
            for call_sid in self.all.pop(sid).participants:
                self._rooms_of.pop(call_sid, None)
                self.heard.pop(call_sid, None)

    def _start_if_due(self, conference: Conference, joiner: Participant) -> None:
        present = conference.present()
        if conference.status is not ConferenceStatus.INIT or len(present) < 2:
            return
        if not any(one.start_on_enter for one in present):
            return
        conference.status = ConferenceStatus.IN_PROGRESS
        conference.started_at = self._carrier.clock.now()
        tell(self._carrier, conference, "conference-start", None, {})
        if conference.record:
            recording = self._carrier.recorder.start(
                "Conference", conference=conference, callback=conference.recording_callback, channels=2
            )
            conference.recording_sid = recording.sid
        for one in present:
            if one is not joiner and not one.hold:
                self._interrupt(one, ModeChanged())

    def _introduce(self, conference: Conference) -> None:
        for one in conference.present():
            call = self._carrier.calls.get(one.call_sid)
            others = [self._carrier.calls.get(sid) for sid in sorted(self.hears(conference, one))]
            for other in others:
                self._carrier.connected(call, other)

    def _listen(self, conference: Conference) -> None:
        """Whoever is audible to somebody now has been heard."""
        for one in conference.present():
            self.heard.setdefault(one.call_sid, set()).update(self.hears(conference, one))

    def hears(self, conference: Conference, listener: Participant) -> set[str]:
        """The call sids that a participant hears now (hold, mute and coaching considered)."""
        if conference.status is not ConferenceStatus.IN_PROGRESS or listener.hold or not listener.present:
            return set()
        return {
            one.call_sid
            for one in conference.present()
            if one is not listener and not one.muted and not one.hold
            and (not one.coaching or one.call_sid_to_coach == listener.call_sid)
        }  # fmt: skip

    def _end_if_due(self, conference: Conference, participant: Participant, reason: str) -> None:
        kicked = "kicked" if reason == "participant_updated_via_api" else "left"
        if participant.end_on_exit:
            self.end(conference, f"participant-with-end-conference-on-exit-{kicked}", participant.call_sid)
        elif not conference.present():
            self._complete(conference, f"last-participant-{kicked}", participant.call_sid)

    def _complete(self, conference: Conference, reason: str, by: str | None) -> None:
        conference.status = ConferenceStatus.COMPLETED
        self._live.pop((conference.account_sid, conference.friendly_name), None)
        conference.reason_ended = reason
        conference.call_sid_ending = by
        conference.ended_at = self._carrier.clock.now()

    def _close(self, conference: Conference) -> None:
        """Once, when the last one is out."""
        if conference.closed:
            return
        conference.closed = True
        if conference.recording_sid:
            self._carrier.recorder.stop(self._carrier.recorder.all[conference.recording_sid])
        reason, by = conference.reason_ended or "", conference.call_sid_ending
        extra = {"ReasonConferenceEnded": reason, "Reason": reason.replace("-", " ")}
        if by:
            extra["CallSidEndingConference"] = by
            label = conference.participants[by].label if by in conference.participants else ""
            extra |= {"ParticipantLabelEndingConference": label} if label else {}
        tell(self._carrier, conference, "conference-end", None, extra)

    def _cancel_ringing(self, conference: Conference) -> None:
        for one in conference.participants.values():
            if one.joined_at is None and one.status in ("queued", "connecting", "ringing"):
                self._carrier.calls.hang_up(self._carrier.calls.get(one.call_sid))

    def _leave_params(self, participant: Participant, reason: str) -> dict[str, str]:
        status = self._carrier.calls.get(participant.call_sid).status
        return {"ParticipantCallStatus": status.value, "ReasonParticipantLeft": reason}

    def _beep(self, conference: Conference, participant: Participant, when: str) -> None:
        if participant.beep in ("true", when):
            for one in conference.present():
                self._note(one, "heard", "heard: beep")

    def _interrupt(self, participant: Participant, interrupt: Interrupt) -> None:
        process = self._carrier.calls.get(participant.call_sid).process
        if process is not None:
            process.interrupt(interrupt)

    def _note(self, participant: Participant, kind: str, text: str) -> None:
        self._carrier.note(self._carrier.calls.get(participant.call_sid), kind, text)
