"""Participants: added by ringing somebody, switched, taken out. The room may be named by sid or by name."""

from typing import TYPE_CHECKING, Any

from local.carrier import errors, times
from local.carrier.model.call import Call, Direction
from local.carrier.model.rooms import Conference, Participant
from local.carrier.rest.callbacks import recording_callback, room_callback
from local.carrier.rest.calls import MAX_TIMEOUT_S, detection, leg_settings, parties
from local.carrier.rest.http import RestRequest, RestResponse, as_json, no_content
from local.carrier.rest.paging import page
from local.carrier.rooms.announce import announce
from local.carrier.rooms.invite import invited

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


def listing(carrier: "Carrier", request: RestRequest, account: str, room: str) -> RestResponse:
    conference = _live(carrier, request, account, room)
    shown = [one for one in conference.participants.values() if one.left_at is None and one.status != "failed"]
    for name, attribute in (("Muted", "muted"), ("Hold", "hold"), ("Coaching", "coaching")):
        if request.text(name):
            shown = [one for one in shown if getattr(one, attribute) is request.flag(name, False)]
    return page(request, "participants", shown, lambda one: render(conference, one))


def create(carrier: "Carrier", request: RestRequest, account: str, room: str) -> RestResponse:
    from_, to = parties(carrier, request, account)
    settings = leg_settings(carrier, request, account, detection(request, "AmdStatusCallback"))
    timeout_s = min(request.number("Timeout", 60), MAX_TIMEOUT_S)
    conference = _configured(carrier, request, account, room)
    call = carrier.calls.create(account, from_, to, Direction.OUTBOUND_API)
    settings.give(carrier, call)
    participant = _participant(carrier, request, conference, call)
    body = invited(carrier, call, conference, participant, timeout_s)
    carrier.calls.begin(call, carrier.person_for(call), body)
    return as_json(201, render(conference, participant))


def _configured(carrier: "Carrier", request: RestRequest, account: str, room: str) -> Conference:
    """The room, new if need be; the first participant's request says how it reports."""
    callback = room_callback(request)
    recording = recording_callback(request, "ConferenceRecordingStatusCallback")
    conference = _open(carrier, request, account, room)
    if request.text("Label") and any(one.label == request.text("Label") for one in conference.present()):
        raise errors.RestError(16025, f"Participant label {request.text('Label')!r} is already used")
    if not conference.configured:
        record = request.text("ConferenceRecord") in ("true", "record-from-start")
        carrier.rooms.configure(conference, callback, record, recording)
    return conference


def _participant(carrier: "Carrier", request: RestRequest, conference: Conference, call: Call) -> Participant:
    participant = carrier.rooms.participant(conference, call)
    participant.label = request.text("Label")
    participant.muted = request.flag("Muted", False)
    participant.beep = request.text("Beep", "true")
    participant.start_on_enter = request.flag("StartConferenceOnEnter", True)
    participant.end_on_exit = request.flag("EndConferenceOnExit", False)
    participant.wait_url = request.text("WaitUrl") if request.has("WaitUrl") else None
    participant.wait_method = request.method_of("WaitMethod")
    participant.coaching = request.flag("Coaching", False)
    participant.call_sid_to_coach = request.text("CallSidToCoach")
    return participant


def fetch(carrier: "Carrier", request: RestRequest, account: str, room: str, who: str) -> RestResponse:
    conference, participant = _find(carrier, request, account, room, who)
    return as_json(200, render(conference, participant))


def update(carrier: "Carrier", request: RestRequest, account: str, room: str, who: str) -> RestResponse:
    conference, participant = _find(carrier, request, account, room, who)
    if request.has("HoldUrl"):
        participant.hold_url, participant.hold_method = request.text("HoldUrl"), request.method_of("HoldMethod", "GET")
    events = [*_switch(request, participant, "Muted", "mute"), *_switch(request, participant, "Hold", "hold")]
    events += _modify(carrier, request, conference, participant)
    if request.text("AnnounceUrl"):
        method = request.method_of("AnnounceMethod")
        announce(carrier, conference, [participant], request.text("AnnounceUrl"), method)
    carrier.rooms.changed(conference, participant, events)
    carrier.settle()
    return as_json(200, render(conference, participant))


def _switch(request: RestRequest, participant: Participant, name: str, event: str) -> list[str]:
    attribute = name.lower()
    wanted = request.flag(name, getattr(participant, attribute))
    if wanted == getattr(participant, attribute):
        return []
    setattr(participant, attribute, wanted)
    return [f"participant-{event}" if wanted else f"participant-un{event}"]


def _modify(carrier: "Carrier", request: RestRequest, conference: Conference, participant: Participant) -> list[str]:
    before = (participant.end_on_exit, participant.coaching, participant.call_sid_to_coach, participant.beep)
    participant.end_on_exit = request.flag("EndConferenceOnExit", participant.end_on_exit)
    participant.coaching = request.flag("Coaching", participant.coaching)
    participant.call_sid_to_coach = request.text("CallSidToCoach", participant.call_sid_to_coach)
    if request.has("BeepOnExit"):
        participant.beep = "onExit" if request.flag("BeepOnExit", False) else "false"
    if participant.coaching and all(one.call_sid != participant.call_sid_to_coach for one in conference.present()):
        participant.end_on_exit, participant.coaching, participant.call_sid_to_coach, participant.beep = before
        raise errors.RestError(13240, "The call to coach is not in the conference")
    after = (participant.end_on_exit, participant.coaching, participant.call_sid_to_coach, participant.beep)
    return ["participant-modify"] if after != before else []


def delete(carrier: "Carrier", request: RestRequest, account: str, room: str, who: str) -> RestResponse:
    """Take somebody out: a leg that came by TwiML goes on behind its Dial, an invited one ends."""
    conference, participant = _find(carrier, request, account, room, who)
    carrier.rooms.kick(conference, participant)
    carrier.settle()
    return no_content()


def _open(carrier: "Carrier", request: RestRequest, account: str, room: str) -> Conference:
    if room.startswith("CF") and len(room) == 34:
        return _live(carrier, request, account, room)
    return carrier.rooms.open(account, room)


def _live(carrier: "Carrier", request: RestRequest, account: str, room: str) -> Conference:
    conference = carrier.rooms.all.get(room) or carrier.rooms.live_named(account, room)
    if conference is None or conference.account_sid != account or not conference.live:
        raise errors.not_found(request.path)
    return conference


def _find(
    carrier: "Carrier", request: RestRequest, account: str, room: str, who: str
) -> tuple[Conference, Participant]:
    """By call sid or by label; somebody who left is not found."""
    conference = _live(carrier, request, account, room)
    for one in conference.participants.values():
        if one.left_at is None and one.status != "failed" and (one.call_sid == who or (one.label and one.label == who)):
            return conference, one
    raise errors.not_found(request.path)


def render(conference: Conference, participant: Participant) -> dict[str, Any]:
    base = f"/2010-04-01/Accounts/{conference.account_sid}/Conferences/{conference.sid}/Participants"
    created = times.rfc2822(participant.created_at)
    return {
        "account_sid": conference.account_sid, "call_sid": participant.call_sid, "conference_sid": conference.sid,
        "label": participant.label or None, "muted": participant.muted, "hold": participant.hold,
        "coaching": participant.coaching, "call_sid_to_coach": participant.call_sid_to_coach or None,
        "status": participant.status, "start_conference_on_enter": participant.start_on_enter,
        "end_conference_on_exit": participant.end_on_exit, "date_created": created, "date_updated": created,
        "queue_time": "0", "uri": f"{base}/{participant.call_sid}.json",
    }  # fmt: skip
