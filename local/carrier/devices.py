"""Browsers that ring: devices signed in with a voice token, what they are told, and what they do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from local.carrier.model.call import Call, CallStatus
from local.carrier.voice_tokens import Bearer, read

if TYPE_CHECKING:
    from local.carrier.engine import Carrier

CLIENT = "client:"
Message = dict[str, Any]
Tell = Callable[[Message], None]


class NoSuchRing(LookupError):
    """This call does not ring or talk at this device (any more)."""


@dataclass(slots=True, eq=False)
class Device:
    """One signed-in browser. tell: takes messages in order and returns at once."""

    bearer: Bearer
    tell: Tell
    muted: set[str] = field(default_factory=set)


class Devices:
    """All devices of all accounts; they all ring for a call to their identity, and the first to accept has it."""

    def __init__(self, carrier: "Carrier") -> None:
        self._carrier = carrier
        self._all: list[Device] = []
        self._ringing: dict[str, list[Device]] = {}
        self._taken: dict[str, Device] = {}

    # -- a device comes and goes ---------------------------------------------------------------------------------

    def listen(self, token: str, tell: Tell) -> Device:
        """A device signs in; raises BadToken."""
        with self._carrier.step():
            device = Device(read(self._carrier.accounts, token, self._carrier.clock.now()), tell)
            self._all.append(device)
            self._ready(device)
            return device

    def renew(self, device: Device, token: str) -> None:
        """The same device with a newer token; calls go on. Raises BadToken."""
        with self._carrier.step():
            bearer = read(self._carrier.accounts, token, self._carrier.clock.now())
            if (bearer.account_sid, bearer.identity) != (device.bearer.account_sid, device.bearer.identity):
                raise NoSuchRing("a device keeps its identity")
            device.bearer = bearer
            self._ready(device)

    def lose(self, device: Device) -> None:
        """The device is gone: what rings there only is not reached, who talks there hangs up."""
        with self._carrier.step():
            if device in self._all:
                self._all.remove(device)
            for sid, rung in list(self._ringing.items()):
                if device in rung:
                    self._rings_no_more(self._carrier.call(sid), device)
            for sid in [sid for sid, taker in self._taken.items() if taker is device]:
                call = self._carrier.call(sid)
                self._carrier.note(call, "device lost", "the browser is gone")
                self._carrier.calls.hang_up(call)

    def there(self, call: Call) -> list[Device]:
        """The devices that a call to this address would ring now; a token that has ended rings nowhere."""
        now = self._carrier.clock.now()
        return [one for one in self._all if one.bearer.expires_at > now and _is_for(call, one)]

    # -- what the engine tells -----------------------------------------------------------------------------------

    def ring(self, call: Call) -> bool:
        """Let the devices ring; False when there is none."""
        found = self.there(call)
        if found:
            self._ringing[call.sid] = found
            self._tell(found, "ring", call, **{"from": call.from_, "params": dict(call.extra_params)})
        return bool(found)

    def answered(self, call: Call) -> None:
        """The answer took effect: words can be exchanged."""
        if call.sid in self._taken:
            self._tell([self._taken[call.sid]], "answered", call)

    def over(self, call: Call) -> None:
        """The leg is over, or rings no longer."""
        self._tell(self._ringing.pop(call.sid, []), "cancel", call)
        taker = self._taken.pop(call.sid, None)
        if taker is not None:
            taker.muted.discard(call.sid)
            self._tell([taker], "hangup", call)

    # -- what a device does --------------------------------------------------------------------------------------

    def accept(self, device: Device, call_sid: str) -> None:
        """Answer; the other devices stop ringing."""
        with self._carrier.step():
            call = self._rung(device, call_sid)
            others = [one for one in self._ringing.pop(call_sid) if one is not device]
            self._taken[call_sid] = device
            self._tell(others, "cancel", call)
            self._carrier.answer(call_sid)

    def decline(self, device: Device, call_sid: str) -> None:
        """Refuse it for all devices, as the caller of a busy line is told."""
        with self._carrier.step():
            self._rung(device, call_sid)
            self._carrier.decline(call_sid)

    def hang_up(self, device: Device, call_sid: str) -> None:
        """End the conversation."""
        with self._carrier.step():
            self._had(device, call_sid)
            self._carrier.hang_up(call_sid)

    def mute(self, device: Device, call_sid: str, on: bool) -> None:
        """Silence the microphone: only the device knows, as with the real one; the transcript tells."""
        with self._carrier.step():
            call = self._had(device, call_sid)
            if on != (call_sid in device.muted):
                (device.muted.add if on else device.muted.discard)(call_sid)
                self._carrier.note(call, "muted", "muted the microphone" if on else "unmuted the microphone")

    def digits(self, device: Device, call_sid: str, digits: str) -> None:
        """Send tones."""
        with self._carrier.step():
            self._had(device, call_sid)
            if not digits or set(digits) - set("0123456789*#wW"):
                raise ValueError("digits are 0-9, * and #")
            self._carrier.press(call_sid, digits)

    def _rings_no_more(self, call: Call, device: Device) -> None:
        rung = self._ringing[call.sid]
        rung.remove(device)
        if not rung and call.person is not None:
            call.person.refuse(CallStatus.NO_ANSWER)

    def _rung(self, device: Device, call_sid: str) -> Call:
        if device not in self._ringing.get(call_sid, ()):
            raise NoSuchRing(call_sid)
        return self._carrier.call(call_sid)

    def _had(self, device: Device, call_sid: str) -> Call:
        if self._taken.get(call_sid) is not device:
            raise NoSuchRing(call_sid)
        return self._carrier.call(call_sid)

    def _ready(self, device: Device) -> None:
        bearer = device.bearer
        device.tell({"type": "ready", "identity": bearer.identity, "expires_at": bearer.expires_at})

    def _tell(self, devices: list[Device], kind: str, call: Call, **more: Any) -> None:
        for device in devices:
            device.tell({"type": kind, "call_sid": call.sid, **more})


def _is_for(call: Call, device: Device) -> bool:
    return call.to == CLIENT + device.bearer.identity and call.account_sid == device.bearer.account_sid
