"""Recordings: started, paused, stopped, ready a little later, and their sound."""

import functools
import io
import math
import struct
import wave
from typing import TYPE_CHECKING

from local.carrier import ids, times
from local.carrier.model.call import Call
from local.carrier.model.callback import NO_CALLBACK, Callback
from local.carrier.model.media import Recording, RecordingStatus
from local.carrier.model.rooms import Conference

if TYPE_CHECKING:
    from local.carrier.engine import Carrier


class Recorder:
    """All recordings of all accounts."""

    def __init__(self, carrier: "Carrier") -> None:
        self._carrier = carrier
        self.all: dict[str, Recording] = {}
        self._of_call: dict[str, list[Recording]] = {}

    def start(
        self,
        source: str,
        call: Call | None = None,
        conference: Conference | None = None,
        callback: Callback = NO_CALLBACK,
        channels: int = 1,
        track: str = "both",
    ) -> Recording:
        """Record a leg or a room from now on."""
        account_sid = call.account_sid if call else conference.account_sid if conference else ""
        now = self._carrier.clock.now()
        recording = Recording(ids.sid(self._carrier.rng, "RE"), account_sid, source, now, channels=channels)
        recording.call_sid = call.sid if call else ""
        recording.conference_sid = conference.sid if conference else ""
        recording.callback, recording.track, recording.running_since = callback, track, now
        self.add(recording)
        if call is not None:
            self._carrier.note(call, "recording", "recording on")
        self._tell(recording, "in-progress")
        return recording

    def add(self, recording: Recording) -> None:
        self.all[recording.sid] = recording
        if recording.call_sid:
            self._of_call.setdefault(recording.call_sid, []).append(recording)

    def forget(self, before: float) -> None:
        """Drop recordings that began before a time and are over."""
        for one in [one for one in self.all.values() if not one.live and one.started_at < before]:
            del self.all[one.sid]
            self._of_call.pop(one.call_sid, None)

    def when_answered(self, call: Call, callback: Callback, dual: bool) -> None:
        """Record a REST-created call from its answer on."""
        call.record_from_answer = lambda: self.start("OutboundAPI", call, None, callback, 2 if dual else 1)

    def pause(self, recording: Recording, behavior: str = "silence") -> None:
        """With "skip" the pause is left out of the recording, with "silence" it is filled."""
        if recording.status is RecordingStatus.IN_PROGRESS:
            if behavior == "skip":
                self._halt(recording)
            recording.status = RecordingStatus.PAUSED

    def resume(self, recording: Recording) -> None:
        if recording.status is RecordingStatus.PAUSED:
            recording.status = RecordingStatus.IN_PROGRESS
            recording.running_since = recording.running_since or self._carrier.clock.now()

    def stop(self, recording: Recording) -> None:
        """End it; the file and the callback come a little later. Nothing recorded: absent."""
        if not recording.live:
            return
        self._halt(recording)
        recording.duration_s = round(recording.recorded_s)
        recording.status = RecordingStatus.STOPPED
        self.finish(recording)

    def finish(self, recording: Recording) -> None:
        """Make the file of a stopped recording ready after a moment; nothing for any other."""
        if recording.status is RecordingStatus.STOPPED:
            final = RecordingStatus.COMPLETED if recording.duration_s else RecordingStatus.ABSENT
            delay_s = self._carrier.settings.recording_ready_s
            self._carrier.clock.after(delay_s, lambda: self._carrier.enter(lambda: self._ready(recording, final)))

    def stop_all(self, call: Call) -> None:
        for recording in self.live_of(call):
            self.stop(recording)

    def live_of(self, call: Call) -> list[Recording]:
        return [one for one in self._of_call.get(call.sid, ()) if one.live]

    def latest_of_call(self, call: Call) -> dict[str, str]:
        """What a call's last status callback tells of its recording, if REST asked to record it."""
        for one in self._of_call.get(call.sid, ()):
            if one.source == "OutboundAPI" and one.duration_s:
                return {
                    "RecordingUrl": self.url(one), "RecordingSid": one.sid, "RecordingDuration": str(one.duration_s),
                }  # fmt: skip
        return {}

    def url(self, recording: Recording) -> str:
        base = self._carrier.settings.public_url
        return f"{base}/2010-04-01/Accounts/{recording.account_sid}/Recordings/{recording.sid}"

    def sound(self, recording: Recording, channels: int = 0) -> bytes:
        """The file: a WAV of tones, one pitch per channel, as long as the recording and the same each time.

        channels: as asked for, 0 = what the carrier gives unasked: of a conference one, of a call all there are.
        """
        unasked = 1 if recording.source == "Conference" else recording.channels
        return tones(recording.duration_s or 0, channels or unasked, self._carrier.settings.sound_hz)

    def _halt(self, recording: Recording) -> None:
        if recording.running_since is not None:
            recording.recorded_s += self._carrier.clock.now() - recording.running_since
            recording.running_since = None

    def _ready(self, recording: Recording, final: RecordingStatus) -> None:
        if recording.status is not RecordingStatus.STOPPED:
            return
        recording.status = final
        self._tell(recording, final.value)
        self._carrier.pricing.recording_later(recording)

    def _tell(self, recording: Recording, event: str) -> None:
        if not recording.callback.wants(event):
            return
        form = {
            "AccountSid": recording.account_sid, "RecordingSid": recording.sid, "RecordingStatus": event,
            "RecordingUrl": self.url(recording), "RecordingChannels": str(recording.channels),
            "RecordingSource": recording.source, "RecordingTrack": recording.track,
            "RecordingStartTime": str(times.rfc2822(recording.started_at)), "ErrorCode": "0",
        }  # fmt: skip
        form |= {"CallSid": recording.call_sid} if recording.call_sid else {}
        form |= {"ConferenceSid": recording.conference_sid} if recording.conference_sid else {}
        if event == "completed":
            form["RecordingDuration"] = str(recording.duration_s)
        self._carrier.send_form("recording", recording.account_sid, recording.callback, form, recording.call_sid)


def tones(seconds: int, channels: int, hz: int = 8000) -> bytes:
    """A WAV file, 16 bits: 440 Hz on the first channel, 660 Hz on the second."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(hz)
        out.writeframes(_one_second(channels, hz) * seconds)
    return file.getvalue()


@functools.cache
def _one_second(channels: int, hz: int) -> bytes:
    frames = bytearray()
    for index in range(hz):
        for channel in range(channels):
            angle = 2 * math.pi * (440 + 220 * channel) * index / hz
            frames += struct.pack("<h", int(6000 * math.sin(angle)))
    return bytes(frames)
