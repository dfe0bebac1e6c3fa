"""Recordings: of an account, a call or a conference; their sound; start, pause, resume, stop, delete."""

from typing import TYPE_CHECKING, Any

from local.carrier import errors, times
from local.carrier.model.media import Recording, RecordingStatus
from local.carrier.rest import calls
from local.carrier.rest.callbacks import recording_callback
from local.carrier.rest.filters import by_day
from local.carrier.rest.http import RestRequest, RestResponse, as_json, no_content
from local.carrier.rest.paging import page

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

SOUNDS = (".wav", ".mp3")


def listing(
    carrier: "Carrier", request: RestRequest, account: str, call: str = "", conference: str = ""
) -> RestResponse:
    call = call or request.text("CallSid")
    conference = conference or request.text("ConferenceSid")
    mine = [one for one in carrier.recorder.all.values() if one.account_sid == account]
    mine = [one for one in mine if one.status is not RecordingStatus.DELETED]
    mine = [one for one in mine if not call or one.call_sid == call]
    mine = [one for one in mine if not conference or one.conference_sid == conference]
    mine = by_day(request, "DateCreated", mine, lambda one: one.started_at)
    return page(request, "recordings", mine[::-1], lambda one: render(carrier, one))


def start(carrier: "Carrier", request: RestRequest, account: str, call: str) -> RestResponse:
    leg = calls.find(carrier, request, account, call)
    if not leg.in_progress:
        raise errors.RestError(21220, "Requested resource is not eligible for recording")
    recording = carrier.recorder.start(
        "StartCallRecordingAPI",
        call=leg,
        callback=recording_callback(request),
        channels=2 if request.text("RecordingChannels") == "dual" else 1,
        track=request.text("RecordingTrack", "both"),
    )
    return as_json(201, render(carrier, recording))


def fetch(
    carrier: "Carrier", request: RestRequest, account: str, sid: str, call: str = "", conference: str = ""
) -> RestResponse:
    """The resource, or with .wav (or .mp3, for which the simulator has WAV too) its sound."""
    for ending in SOUNDS:
        if sid.endswith(ending):
            return _sound(carrier, request, account, sid.removesuffix(ending))
    return as_json(200, render(carrier, _find(carrier, request, account, sid, call)))


def _sound(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    recording = _find(carrier, request, account, sid)
    if recording.status is not RecordingStatus.COMPLETED:
        raise errors.not_found(request.path)
    asked = request.text("RequestedChannels")
    if asked == "2" and recording.channels < 2:
        raise errors.RestError(16113, "A recording on one channel cannot be fetched as two", 400)
    return RestResponse(200, carrier.recorder.sound(recording, int(asked) if asked in ("1", "2") else 0), "audio/x-wav")


def update(
    carrier: "Carrier", request: RestRequest, account: str, sid: str, call: str = "", conference: str = ""
) -> RestResponse:
    recording = _find(carrier, request, account, sid, call, conference)
    if not recording.live:
        raise errors.RestError(21220, "The recording is over")
    status = request.text("Status")
    if status == "paused":
        carrier.recorder.pause(recording, request.text("PauseBehavior", "silence"))
    elif status == "in-progress":
        carrier.recorder.resume(recording)
    elif status == "stopped":
        carrier.recorder.stop(recording)
    else:
        raise errors.invalid_parameter("Status", status)
    return as_json(200, render(carrier, recording))


def delete(
    carrier: "Carrier", request: RestRequest, account: str, sid: str, call: str = "", conference: str = ""
) -> RestResponse:
    recording = _find(carrier, request, account, sid, call, conference)
    if recording.live:
        raise errors.RestError(20009, "A recording under way cannot be deleted", 409)
    recording.status = RecordingStatus.DELETED
    return no_content()


def _find(
    carrier: "Carrier", request: RestRequest, account: str, sid: str, call: str = "", conference: str = ""
) -> Recording:
    """By sid, or Twilio.CURRENT for what is being recorded of a call or conference now."""
    mine = [one for one in carrier.recorder.all.values() if one.account_sid == account]
    if sid == "Twilio.CURRENT":
        wanted = (call, "") if call else ("", conference)
        mine = [one for one in mine if one.live and (one.call_sid, one.conference_sid) == wanted]
    else:
        mine = [one for one in mine if one.sid == sid and one.status is not RecordingStatus.DELETED]
        mine = [one for one in mine if not call or one.call_sid == call]
    if not mine:
        raise errors.not_found(request.path)
    return mine[-1]


def render(carrier: "Carrier", recording: Recording) -> dict[str, Any]:
    started = times.rfc2822(recording.started_at)
    return {
        "sid": recording.sid, "account_sid": recording.account_sid, "call_sid": recording.call_sid or None,
        "conference_sid": recording.conference_sid or None, "status": recording.status.value,
        "channels": recording.channels, "source": recording.source, "track": recording.track,
        "duration": None if recording.duration_s is None else str(recording.duration_s), "start_time": started,
        "date_created": started, "date_updated": started, "price": recording.price, "price_unit": "USD",
        "error_code": None, "encryption_details": None, "api_version": "2010-04-01",
        "media_url": carrier.recorder.url(recording), "subresource_uris": {},
        "uri": f"/2010-04-01/Accounts/{recording.account_sid}/Recordings/{recording.sid}.json",
    }  # fmt: skip
