"""Answering machine detection: before the document (adds silence) or beside it."""

from typing import TYPE_CHECKING

from local.carrier.model.call import Call
from local.carrier.process import Steps, sleep

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

HUMAN_S = 3.2
MACHINE_S = 4.6


def verdict(call: Call) -> tuple[str, float]:
    """What is recognised, and after how many seconds."""
    machine = call.person is not None and call.person.is_machine
    if not machine:
        found, needed_s = "human", HUMAN_S
    elif call.detection.mode == "DetectMessageEnd":
        found, needed_s = "machine_end_beep", call.person.greeting_s if call.person else MACHINE_S
    else:
        found, needed_s = "machine_start", MACHINE_S
    if needed_s > call.detection.timeout_s:
        return "unknown", call.detection.timeout_s
    return found, needed_s


def detect(carrier: "Carrier", call: Call) -> Steps[dict[str, str]]:
    """The parameters for the document's request; empty when nothing was asked or it runs beside the call."""
    if not call.detection.wanted:
        return {}
    found, needed_s = verdict(call)
    params = {"AnsweredBy": found, "MachineDetectionDuration": str(round(needed_s * 1000))}
    if call.detection.asynchronous:
        carrier.clock.after(needed_s, lambda: carrier.enter(lambda: tell(carrier, call, params)))
        return {}
    yield from sleep(needed_s)
    call.answered_by = found
    tell(carrier, call, params)
    return params


def tell(carrier: "Carrier", call: Call, params: dict[str, str]) -> None:
    """Send the detection callback, unless the call ended first."""
    if call.over:
        return
    call.answered_by = params["AnsweredBy"]
    callback = call.detection.callback
    if callback.url:
        carrier.send_plain(call, "amd", callback, {"CallSid": call.sid, "AccountSid": call.account_sid, **params})
