"""Callback parameters of REST requests, one value per event."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from local.carrier import errors
from local.carrier.model.callback import NO_CALLBACK, Callback
from local.carrier.rest.http import RestRequest
from local.carrier.twiml.build import CALL_EVENTS, RECORDING_EVENTS, ROOM_EVENTS

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


def checked(name: str, url: str) -> str:
    """An absolute address; raises 21609 otherwise, also for a host name with an underscore."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or "_" in parts.hostname:
        raise errors.RestError(21609, f"The {name} URL {url} is not a valid URL.")
    return url


def call_callback(carrier: "Carrier", request: RestRequest, account_sid: str) -> Callback:
    """StatusCallback of a call. Several events in one value: accepted, but nothing is ever sent (21626)."""
    if not request.text("StatusCallback"):
        return NO_CALLBACK
    events = request.many("StatusCallbackEvent") or ("completed",)
    wrong = [event for event in events if event not in CALL_EVENTS]
    url = checked("StatusCallback", request.text("StatusCallback"))
    if wrong:
        message = f"Invalid statusCallbackEvents: {wrong[0]!r}"
        carrier.report_for(account_sid, "", 21626, message, url, "warning")
        return Callback(url)
    return Callback(url, request.method_of("StatusCallbackMethod"), frozenset(events))


def room_callback(request: RestRequest) -> Callback:
    """ConferenceStatusCallback of a participant; events may stand in one value, default start and end."""
    return _words(request, "ConferenceStatusCallback", "start end", ROOM_EVENTS)


def recording_callback(request: RestRequest, stem: str = "RecordingStatusCallback") -> Callback:
    return _words(request, stem, "completed", RECORDING_EVENTS)


def _words(request: RestRequest, stem: str, default: str, allowed: tuple[str, ...]) -> Callback:
    if not request.text(stem):
        return NO_CALLBACK
    words = " ".join(request.many(f"{stem}Event") or (default,)).split()
    events = frozenset(word for word in words if word in allowed)
    return Callback(checked(stem, request.text(stem)), request.method_of(f"{stem}Method"), events)
