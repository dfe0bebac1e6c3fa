"""Ringing somebody: by REST (paced per account) or from a Dial (at once)."""

from typing import TYPE_CHECKING

from local.carrier.calls.detection import detect
from local.carrier.calls.program import run_call
from local.carrier.calls.source import FromUrl, Source
from local.carrier.model.call import Call, CallStatus
from local.carrier.process import Steps, receive, sleep
from local.carrier.signals import PickedUp, Refused

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

SIP_CODES = {CallStatus.BUSY: 486, CallStatus.NO_ANSWER: 480, CallStatus.FAILED: 404, CallStatus.CANCELED: 487}


class Pacing:
    """Starts of REST-created calls: so many a second and account, the rest wait their turn."""

    def __init__(self, calls_per_second: float) -> None:
        self._gap_s = 1.0 / calls_per_second
        self._free_at: dict[str, float] = {}

    def wait_s(self, account_sid: str, now: float) -> float:
        """Take the next place in an account's line; seconds until its turn."""
        turn = max(now, self._free_at.get(account_sid, now))
        self._free_at[account_sid] = turn + self._gap_s
        return turn - now


def queued(carrier: "Carrier", call: Call) -> Steps[None]:
    """Wait for the account's turn; status stays queued meanwhile."""
    wait_s = carrier.pacing.wait_s(call.account_sid, carrier.clock.now())
    call.queue_time_ms = round(wait_s * 1000)
    yield from sleep(max(wait_s, 0.001))


def ring(carrier: "Carrier", call: Call, timeout_s: float) -> Steps[bool]:
    """Ring a person: True when answered, else the status tells why not. Rings 5 s longer than configured."""
    call.status = CallStatus.INITIATED
    call.started_at = carrier.clock.now()
    carrier.calls.report(call, "initiated")
    yield from sleep(carrier.settings.setup_s)
    person = call.person
    if person is None or not person.reachable():
        return _unanswered(call, CallStatus.NO_ANSWER)
    carrier.calls.ringing(call)
    person.rings()
    signal = yield from receive(timeout_s + carrier.settings.ring_grace_s, PickedUp, Refused)
    if isinstance(signal, PickedUp):
        carrier.calls.answer(call)
        return True
    person.leave()
    return _unanswered(call, CallStatus(signal.status) if isinstance(signal, Refused) else CallStatus.NO_ANSWER)


def _unanswered(call: Call, status: CallStatus) -> bool:
    call.status = status
    call.sip_code = SIP_CODES[status]
    return False


def api_call(carrier: "Carrier", call: Call, source: Source, timeout_s: float, send_digits: str) -> Steps[None]:
    """A call created by REST: its turn, ringing, machine detection, then its document."""
    yield from queued(carrier, call)
    if not (yield from ring(carrier, call, timeout_s)):
        return
    yield from sleep(0.5 * len(send_digits))
    params = yield from detect(carrier, call)
    if isinstance(source, FromUrl) and params:
        source = FromUrl(source.url, source.method, params, source.kind, source.fallback)
    yield from run_call(carrier, call, source)
