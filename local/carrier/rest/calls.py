"""Calls."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from local.carrier import errors, times
from local.carrier.calls.outbound import api_call
from local.carrier.calls.source import FromText, FromUrl, Source
from local.carrier.model.account import AccountStatus
from local.carrier.model.call import Call, CallStatus, Detection, Direction
from local.carrier.model.callback import Callback
from local.carrier.rest.callbacks import call_callback, checked, recording_callback
from local.carrier.rest.filters import by_day
from local.carrier.rest.http import RestRequest, RestResponse, as_json, no_content
from local.carrier.rest.paging import page

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

MAX_TWIML = 4000
MAX_TIMEOUT_S = 600


def listing(carrier: "Carrier", request: RestRequest, account: str) -> RestResponse:
    mine = [one for one in carrier.calls.all.values() if one.account_sid == account]
    for name, attribute in (("To", "to"), ("From", "from_"), ("ParentCallSid", "parent_sid"), ("Status", "status")):
        if request.text(name):
            mine = [one for one in mine if getattr(one, attribute) == request.text(name)]
    mine = by_day(request, "StartTime", mine, lambda one: one.started_at)
    mine = by_day(request, "EndTime", mine, lambda one: one.ended_at)
    return page(request, "calls", mine[::-1], render)


def create(carrier: "Carrier", request: RestRequest, account: str) -> RestResponse:
    """Call somebody: queued at once, dialled when it is the account's turn."""
    from_, to = parties(carrier, request, account)
    source = _source(carrier, request, account)
    settings = leg_settings(carrier, request, account, detection(request))
    fallback = Callback(request.text("FallbackUrl"), request.method_of("FallbackMethod"))
    timeout_s = min(request.number("Timeout", 60), MAX_TIMEOUT_S)
    call = carrier.calls.create(account, from_, to, Direction.OUTBOUND_API)
    call.fallback = fallback
    settings.give(carrier, call)
    body = api_call(carrier, call, source, timeout_s, request.text("SendDigits"))
    carrier.calls.begin(call, carrier.person_for(call), body)
    return as_json(201, render(call))


@dataclass(frozen=True, slots=True)
class LegSettings:
    """What a call and a participant may be given alike; read whole before anything is changed."""

    status_callback: Callback
    detection: Detection
    time_limit_s: float
    record: bool
    recording_callback: Callback
    dual: bool

    def give(self, carrier: "Carrier", call: Call) -> None:
        call.status_callback = self.status_callback
        call.detection = self.detection
        call.time_limit_s = self.time_limit_s
        if self.record:
            carrier.recorder.when_answered(call, self.recording_callback, self.dual)


def leg_settings(carrier: "Carrier", request: RestRequest, account: str, detection: Detection) -> LegSettings:
    """Raises what is wrong with the parameters."""
    return LegSettings(
        status_callback=call_callback(carrier, request, account),
        detection=detection,
        time_limit_s=request.number("TimeLimit", 14400),
        record=request.flag("Record", False),
        recording_callback=recording_callback(request),
        dual=request.text("RecordingChannels") == "dual",
    )


def parties(carrier: "Carrier", request: RestRequest, account: str) -> tuple[str, str]:
    """Who calls whom; a caller id must be a number of the account."""
    if carrier.accounts.all[account].status is not AccountStatus.ACTIVE:
        raise errors.RestError(20005, "Account is not active", 401)
    from_, to = request.text("From"), request.text("To")
    if not to:
        raise errors.RestError(21201, "No 'To' number is specified")
    if not from_:
        raise errors.RestError(21213, "No 'From' number is specified")
    if not _dialable(to):
        raise errors.RestError(21211, f"Invalid 'To' Phone Number: {to}")
    number = carrier.accounts.number(from_)
    if not from_.startswith(("client:", "sip:")) and (number is None or number.account_sid != account):
        raise errors.RestError(21210, f"The source phone number provided, {from_}, is not yet verified")
    return from_, to


def _dialable(to: str) -> bool:
    return to.startswith(("client:", "sip:")) or (to.startswith("+") and to[1:].isdigit() and len(to) >= 8)


def detection(request: RestRequest, stem: str = "AsyncAmdStatusCallback") -> Detection:
    mode = request.text("MachineDetection")
    callback = Callback(request.text(stem), request.method_of(f"{stem}Method"))
    timeout_s = request.number("MachineDetectionTimeout", 30)
    asynchronous = request.flag("AsyncAmd", False) or stem != "AsyncAmdStatusCallback"
    return Detection("" if request.text("SendDigits") else mode, timeout_s, callback, asynchronous)


def _source(carrier: "Carrier", request: RestRequest, account: str) -> Source:
    """Url wins over Twiml, Twiml over ApplicationSid."""
    if request.text("Url") or request.text("Twiml"):
        return new_source(request)
    application = carrier.accounts.applications.get(request.text("ApplicationSid"))
    if application is None or application.account_sid != account:
        raise errors.RestError(21205, "Url parameter is required.")
    return FromUrl(application.voice.voice_url, application.voice.voice_method)


def new_source(request: RestRequest) -> Source:
    if request.text("Url"):
        fallback = Callback(request.text("FallbackUrl"), request.method_of("FallbackMethod"))
        return FromUrl(checked("Url", request.text("Url")), request.method_of("Method"), {}, "voice", fallback)
    if len(request.text("Twiml")) > MAX_TWIML:
        raise errors.RestError(20001, f"Twiml is longer than {MAX_TWIML} characters")
    return FromText(request.text("Twiml"))


def fetch(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    return as_json(200, render(find(carrier, request, account, sid)))


def update(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    """Redirect (only while in progress: 21220), end or cancel."""
    call = find(carrier, request, account, sid)
    if request.text("Url") or request.text("Twiml"):
        carrier.calls.redirect(call, new_source(request))
    if request.text("StatusCallback"):
        call.status_callback = call_callback(carrier, request, account)
    if request.text("Status"):
        _set_status(carrier, call, request.text("Status"))
    carrier.settle()
    return as_json(200, render(call))


def _set_status(carrier: "Carrier", call: Call, status: str) -> None:
    """canceled ends only what was not answered yet; on an answered call it does nothing."""
    if status not in ("canceled", "completed"):
        raise errors.invalid_parameter("Status", status)
    if status == "completed" or not call.in_progress:
        carrier.calls.hang_up(call)


def delete(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> RestResponse:
    call = find(carrier, request, account, sid)
    if not call.over:
        raise errors.RestError(20009, "A call in progress cannot be deleted", 409)
    del carrier.calls.all[sid]
    return no_content()


def find(carrier: "Carrier", request: RestRequest, account: str, sid: str) -> Call:
    call = carrier.calls.all.get(sid)
    if call is None or call.account_sid != account:
        raise errors.not_found(request.path)
    return call


def render(call: Call) -> dict[str, Any]:
    uri = f"/2010-04-01/Accounts/{call.account_sid}/Calls/{call.sid}"
    status = CallStatus.RINGING if call.status is CallStatus.INITIATED else call.status
    duration = call.duration_s()
    return {
        "sid": call.sid, "account_sid": call.account_sid, "parent_call_sid": call.parent_sid, "from": call.from_,
        "to": call.to, "from_formatted": call.from_, "to_formatted": call.to, "status": status.value,
        "phone_number_sid": call.phone_number_sid or None, "direction": call.direction.value,
        "date_created": times.rfc2822(call.created_at), "date_updated": times.rfc2822(call.ended_at or call.created_at),
        "start_time": times.rfc2822(call.started_at), "end_time": times.rfc2822(call.ended_at),
        "duration": None if duration is None else str(duration), "price": call.price, "price_unit": "USD",
        "answered_by": call.answered_by, "forwarded_from": call.forwarded_from or None, "caller_name": None,
        "group_sid": None, "queue_time": str(call.queue_time_ms), "trunk_sid": None, "annotation": None,
        "api_version": "2010-04-01", "uri": f"{uri}.json",
        "subresource_uris": {"recordings": f"{uri}/Recordings.json", "notifications": f"{uri}/Notifications.json"},
    }  # fmt: skip
