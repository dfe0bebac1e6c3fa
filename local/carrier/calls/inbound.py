"""A person calls: a bought number, or (from a browser) an application."""

from typing import TYPE_CHECKING

from local.carrier.calls.program import run_call
from local.carrier.calls.source import FromUrl
from local.carrier.model.account import AccountStatus, VoiceSettings
from local.carrier.model.call import Call, CallStatus, Direction
from local.carrier.model.callback import Callback
from local.carrier.people.person import Person
from local.carrier.people.script import Script
from local.carrier.process import Steps, sleep

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


class NotInService(LookupError):
    """Nobody owns the number or application that was called."""


def place(carrier: "Carrier", from_: str, to: str, script: Script, params: dict[str, str]) -> Call:
    """Let a person call; the first webhook goes out at once."""
    call, voice = _route(carrier, from_, to)
    call.extra_params |= params
    call.status = CallStatus.RINGING
    call.started_at = carrier.clock.now()
    call.status_callback = Callback(voice.status_callback, voice.status_callback_method, frozenset({"completed"}))
    call.fallback = Callback(voice.voice_fallback_url, voice.voice_fallback_method)
    carrier.note(call, "dialled", f"dialled {to}")
    carrier.calls.begin(call, Person(carrier, call, script), _body(carrier, call, voice))
    return call


def _route(carrier: "Carrier", from_: str, to: str) -> tuple[Call, VoiceSettings]:
    application = carrier.accounts.applications.get(to)
    if application is not None:
        call = carrier.calls.create(application.account_sid, from_, "", Direction.INBOUND)
        call.application_sid = application.sid
        return call, application.voice
    number = carrier.accounts.number(to)
    if number is None:
        raise NotInService(to)
    call = carrier.calls.create(number.account_sid, from_, to, Direction.INBOUND)
    call.phone_number_sid = number.sid
    chosen = carrier.accounts.applications.get(number.voice_application_sid)
    call.application_sid = chosen.sid if chosen else ""
    return call, chosen.voice if chosen else number.voice


def _body(carrier: "Carrier", call: Call, voice: VoiceSettings) -> Steps[None]:
    account = carrier.accounts.all[call.account_sid]
    yield from sleep(0.001)
    if account.status is not AccountStatus.ACTIVE:
        call.status = CallStatus.FAILED
        carrier.report(call, 20005, f"Account is {account.status.value}", "", "error")
        return
    if not voice.voice_url:
        carrier.report(call, 21401, "The number has no VoiceUrl", "", "error")
        return
    yield from run_call(carrier, call, FromUrl(voice.voice_url, voice.voice_method, {}, "voice", call.fallback))
