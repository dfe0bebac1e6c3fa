"""Recordings of calls and conferences on Twilio's REST API: found, started, paused, resumed, stopped."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from offhook.adapters.carrier.twilio.client import carrier_errors
from offhook.domain.errors import CallerGone
from offhook.domain.ids import CallSid
from offhook.domain.telephony import RecordingFacts

LIVE = frozenset({"in-progress", "paused"})
CALL = "CA"  # what sids of calls begin with; names of rooms do not


@dataclass(frozen=True, slots=True)
class Recorder:
    """One account's recordings."""

    client: Any
    carrier_url: str
    account_sid: str

    def recording(self, sid: str) -> RecordingFacts | None:
        """One; None when the carrier does not have it."""
        with suppress(CallerGone), carrier_errors():
            return self._facts(self.client.recordings(sid).fetch())
        return None

    def recordings_of(self, source: str) -> tuple[RecordingFacts, ...]:
        """All that there are of a call or of the rooms of a name, the newest first."""
        with suppress(CallerGone), carrier_errors():
            return tuple(self._facts(one) for owner in self._owners(source) for one in owner.recordings.list(limit=20))
        return ()

    def running(self, source: str) -> RecordingFacts | None:
        """The one that is not over."""
        return next((one for one in self.recordings_of(source) if one.status in LIVE), None)

    def set(self, source: str, status: str) -> RecordingFacts | None:
        """A pause is left out of the file. A carrier that refuses is asked what it has."""
        with carrier_errors():
            owners = self._owners(source)
        for owner in owners:
            with suppress(CallerGone), carrier_errors():
                skip = {"pause_behavior": "skip"} if status == "paused" else {}
                return self._facts(owner.recordings("Twilio.CURRENT").update(status=status, **skip))
        return self.running(source)

    def start(self, sid: CallSid, callback: str) -> RecordingFacts:
        """Two channels: what the caller says, and what the caller hears."""
        with carrier_errors():
            made = self.client.calls(sid).recordings.create(
                recording_channels="dual",
                recording_status_callback=callback,
                recording_status_callback_method="POST",
                recording_status_callback_event=["completed", "absent"],
                trim="do-not-trim",
            )
        return self._facts(made)

    def _owners(self, source: str) -> list[Any]:
        if source.startswith(CALL):
            return [self.client.calls(source)]
        found = self.client.conferences.list(friendly_name=source, limit=20)
        return [self.client.conferences(one.sid) for one in found]

    def _facts(self, recording: Any) -> RecordingFacts:
        url = f"{self.carrier_url}/2010-04-01/Accounts/{self.account_sid}/Recordings/{recording.sid}"
        return RecordingFacts(str(recording.status), int(recording.duration or 0), url, str(recording.sid))
