"""What survives a restart: accounts, numbers, finished calls, recordings, messages, scripts; as one JSON file."""

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from local.carrier.model.account import Account, ApiKey, Application, Bundle, PhoneNumber, UsageTrigger
from local.carrier.model.call import Call, CallStatus, Detection, Direction
from local.carrier.model.callback import Callback
from local.carrier.model.media import Message, Recording
from local.carrier.people.script import Step
from local.carrier.transcript import Transcript

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

VERSION = 1
_LIVING = ("process", "person", "record_from_answer", "limit_timer")
_CALL_TYPES: Mapping[str, Any] = {
    "direction": Direction, "status": CallStatus, "detection": Detection, "transcript": Transcript,
    "status_callback": Callback, "fallback": Callback,
}  # fmt: skip


def save(carrier: "Carrier", path: Path) -> None:
    """Write the state; a reader never sees half a file."""
    with carrier.step():
        state = snapshot(carrier)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(state))
    fresh.replace(path)


def load(carrier: "Carrier", path: Path) -> bool:
    """Read the state back; False when there is none. Calls that were live end as failed, with their callbacks."""
    if not path.exists():
        return False
    restore(carrier, json.loads(path.read_text()))
    return True


def snapshot(carrier: "Carrier") -> dict[str, Any]:
    accounts = carrier.accounts
    return {
        "version": VERSION,
        "accounts": _all(accounts.all), "keys": _all(accounts.keys), "numbers": _all(accounts.numbers),
        "applications": _all(accounts.applications), "triggers": _all(accounts.triggers),
        "recordings": _all(carrier.recorder.all),
        "bundles": _all(accounts.bundles), "messages": _all(carrier.messaging.all), "clients": sorted(carrier.clients),
        "calls": [_call(call) for call in carrier.calls.all.values()],
        "scripts": {address: msgspec.to_builtins(script) for address, script in carrier.scripts.items()},
    }  # fmt: skip


def _all(records: Mapping[str, Any]) -> list[Any]:
    return [msgspec.to_builtins(record) for record in records.values()]


def _call(call: Call) -> dict[str, Any]:
    names = [one.name for one in fields(Call) if one.name not in _LIVING]
    return {name: msgspec.to_builtins(getattr(call, name)) for name in names}


def restore(carrier: "Carrier", state: Mapping[str, Any]) -> None:
    accounts = carrier.accounts
    accounts.all.update({one.sid: one for one in msgspec.convert(state["accounts"], list[Account])})
    accounts.keys.update({one.sid: one for one in msgspec.convert(state["keys"], list[ApiKey])})
    accounts.numbers.update({one.sid: one for one in msgspec.convert(state["numbers"], list[PhoneNumber])})
    accounts.bundles.update({one.sid: one for one in msgspec.convert(state.get("bundles", []), list[Bundle])})
    accounts.applications.update({one.sid: one for one in msgspec.convert(state["applications"], list[Application])})
    accounts.triggers.update({t.sid: t for t in msgspec.convert(state.get("triggers", []), list[UsageTrigger])})
    for recording in msgspec.convert(state["recordings"], list[Recording]):
        carrier.recorder.add(recording)
    carrier.messaging.all.update({one.sid: one for one in msgspec.convert(state["messages"], list[Message])})
    carrier.clients.update(state["clients"])
    carrier.scripts.update({key: msgspec.convert(value, tuple[Step, ...]) for key, value in state["scripts"].items()})
    with carrier.step():
        for fields_of_call in state["calls"]:
            _revive(carrier, fields_of_call)
        _settle_media(carrier)


def _revive(carrier: "Carrier", stored: Mapping[str, Any]) -> None:
    values = {name: msgspec.convert(value, _CALL_TYPES.get(name, Any)) for name, value in stored.items()}
    call = Call(**values)
    carrier.calls.all[call.sid] = call
    if not call.over:
        call.status = CallStatus.FAILED
        call.ended_at = carrier.clock.now()
        carrier.note(call, "ended", f"call over: {call.status.value}, the carrier was restarted")
        carrier.calls.report(call, "completed")
    if call.price is None:
        carrier.pricing.later(call)


def _settle_media(carrier: "Carrier") -> None:
    for recording in carrier.recorder.all.values():
        if recording.live:
            carrier.recorder.stop(recording)
        else:
            carrier.recorder.finish(recording)
    for message in carrier.messaging.all.values():
        if message.price is None:
            carrier.pricing.message_later(message)
