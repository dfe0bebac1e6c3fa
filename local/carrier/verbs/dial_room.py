"""Dial Conference."""

from local.carrier.calls.context import Context
from local.carrier.calls.source import Next
from local.carrier.model.rooms import Conference, Participant
from local.carrier.process import Interrupt, Steps, sleep
from local.carrier.rooms.attend import attend
from local.carrier.twiml.verbs import Dial, Room
from local.carrier.verbs.after_dial import lead_on, report

ANSWERED = {"DialCallStatus": "answered", "DialBridged": "true"}
FAILED = {"DialCallStatus": "failed", "DialBridged": "false"}


def run(context: Context, verb: Dial, room: Room) -> Steps[Next]:
    context.answer()
    refusal = _refusal(context, room)
    if refusal:
        context.carrier.report(context.call, *refusal, context.url, "error")
        yield from sleep(0)
        return lead_on(context, verb, FAILED)
    conference, participant = _enter(context, room)
    try:
        yield from attend(context, conference, participant)
    except Interrupt:
        report(context, verb, ANSWERED)
        raise
    return lead_on(context, verb, ANSWERED)


def _refusal(context: Context, room: Room) -> tuple[int, str] | None:
    conference = context.carrier.rooms.live_named(context.call.account_sid, room.name)
    present = conference.present() if conference else []
    if not room.name:
        return 13241, "Conference: the name is empty"
    if room.label and any(one.label == room.label for one in present):
        return 16025, f"Participant label {room.label!r} is already used"
    if len(room.label) > 128:
        return 16026, "Participant label is too long"
    if room.coach and all(one.call_sid != room.coach for one in present):
        return 13240, "The call to coach is not in the conference"
    if conference and len(present) >= conference.max_participants:
        return 13243, "The conference is full"
    return None


def _enter(context: Context, room: Room) -> tuple[Conference, Participant]:
    rooms = context.carrier.rooms
    conference = rooms.open(context.call.account_sid, room.name)
    if not conference.configured:
        record = room.record in ("record-from-start", "true")
        rooms.configure(conference, room.callback, record, room.recording_callback, room.max_participants, room.region)
    participant = rooms.participant(conference, context.call)
    participant.label = room.label
    participant.muted = room.muted
    participant.beep = room.beep
    participant.start_on_enter = room.start_on_enter
    participant.end_on_exit = room.end_on_exit
    participant.coaching = bool(room.coach)
    participant.call_sid_to_coach = room.coach
    participant.wait_url = None if room.wait_url is None else (room.wait_url and context.absolute(room.wait_url))
    participant.wait_method = room.wait_method
    return conference, participant
